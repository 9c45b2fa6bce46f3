"""`make up`: everything runs until Ctrl-C, and says where."""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

from sandbox import process, run_file
from sandbox.errors import SandboxError
from sandbox.people import ROLES, People
from sandbox.site import Site
from sandbox.suite import API_PAGE, PEOPLE, parts
from sandbox.supervisor import Part, Supervisor

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def up(folder: Path) -> None:
    """Run Rampen with its data in `folder`, until told to stop.

    Raises:
        SandboxError: it runs already, or cannot be started.
    """
    with alone(folder), reporting() as report:
        for name in run_file.end_leftovers(folder):
            report(f"stopped {name}, which was left from last time")
        site = Site(folder)
        run(
            parts(site),
            site.folder,
            report,
            lambda: facts(site),
            lambda: print(welcome(site), flush=True),
        )


def run(
    parts: Iterable[Part],
    folder: Path,
    report: Callable[[str], None],
    facts: Callable[[], dict[str, Any]],
    greet: Callable[[], object],
) -> None:
    """Run `parts` until told to stop, writing down in run.json what runs."""
    writing = Lock()

    def write() -> None:
        with writing:
            supervisor_mark = {"supervisor": process.mark_of(os.getpid())}
            run_file.write(folder, {**supervisor_mark, "parts": supervisor.facts(), **facts()})

    supervisor = Supervisor(parts, report, write)
    try:
        with suppress(Stop), stop_on_signals():
            supervisor.start()
            greet()
            supervisor.wait()
    finally:
        report("stopping")
        supervisor.stop()
        (folder / "run.json").unlink(missing_ok=True)
        report("stopped")


class Stop(BaseException):
    """Somebody wants everything to stop."""


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Raise Stop at the first signal that asks for it, and ignore more of them."""

    def stop(*_: object) -> NoReturn:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        raise Stop

    for number in STOPS:
        signal.signal(number, stop)
    yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no second sandbox run in `folder` meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SandboxError("Rampen runs already: stop it with `make down`.") from None
        yield


@contextmanager
def reporting() -> Iterator[Callable[[str], None]]:
    """A function that prints a line, with the seconds since the start before it."""
    began, printing = time.monotonic(), Lock()

    def report(line: str) -> None:
        with printing:
            print(f"{time.monotonic() - began:6.1f} s  {line}", flush=True)

    yield report


def facts(site: Site) -> dict[str, Any]:
    """What run.json tells of the suite as a whole."""
    return {
        "url": site.url,
        "addresses": {name: site.address(name) for name in ("identity", "mailbox", "scheduler")},
        "probes": {
            **{name: site.address(name) for name in site.ports if name != "smtp"},
            "gateway": site.url,
        },
        "environment": site.environment(),
    }


def welcome(site: Site) -> str:
    """What a newcomer reads when everything is ready."""
    addresses = {
        "Rampen": site.url,
        "Its API": site.url + API_PAGE,
        "Mailbox": site.address("mailbox"),
    }
    lines = [f"  {name:<9} {address}" for name, address in addresses.items()]
    people = "\n".join(f"  {name:<24} {role}" for name, role in people_to_try())
    return f"""
Rampen is ready.

{chr(10).join(lines)}

Log in as anyone of these, and more; no card or password is needed:

{people}

Logs are in {site.folder / "log"}. Stop with Ctrl-C.
"""


def people_to_try() -> Iterator[tuple[str, str]]:
    """The first person in each role, with role and unit."""
    logins = list(People.read(PEOPLE))
    for role in ROLES:
        for login in [login for login in logins if login.commission["role"] == role][:1]:
            yield login.name, f"{login.role}, {login.commission['healthCareUnitName']}"
