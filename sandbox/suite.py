"""What a running Rampen consists of, in one table."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import httpx

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.site import ROOT, SERVICES, Site
from sandbox.supervisor import Part
from sandbox.virtual_hosts import load_definitions

PEOPLE = Path(__file__).with_name("demo_data") / "people.json"
DEFINITIONS = ROOT / "chassis" / "definitions.json"
RAMPEN = ("-m", "chassis.cli")
API_PAGE = "/api/docs"
START_LIMIT = 60  # seconds


class Program(process.Server):
    """A process of the suite, ready when its probe says so.

    Args:
        arguments: what follows `python`.
        probe: the port on which `/readyz` answers.
    """

    def __init__(self, site: Site, name: str, probe: int, arguments: Sequence[str | Path]) -> None:
        self.name = name
        self.log = site.log(name)
        self.url = f"http://127.0.0.1:{probe}/readyz"
        self._site, self._probe, self._arguments = site, probe, arguments

    def start(self) -> None:
        self.process = process.launch(
            [sys.executable, *self._arguments],
            log=self.log,
            environment=self._site.environment() | {"PROBE_PORT": str(self._probe)},
            folder=ROOT,
        )
        process.wait_until(
            self.answers, what=self.name, process=self.process, log=self.log, timeout=START_LIMIT
        )

    def answers(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(self.url, timeout=5).is_success
        return False


def parts(site: Site) -> list[Part]:
    """Everything that is to run at `site`, and what each needs first."""
    return [*_servers(site), *_steps(site), *_programs(site)]


def _servers(site: Site) -> list[Part]:
    return [Part(node.name, node) for node in (site.postgres, site.rabbitmq) if node]


def _steps(site: Site) -> list[Part]:
    """What is done once, at every start; each step may be repeated."""
    database = ("postgres",) if site.postgres else ()
    broker = ("rabbitmq",) if site.rabbitmq else ()
    scheduler = ("-m", "services.booking.local_scheduler", "migrate")
    return [
        Part("tables", _run(site, "migrate", *RAMPEN, "migrate", "--all"), database),
        Part("calendars", _run(site, "migrate", *scheduler), database),
        Part("policies", lambda: _load_policies(site), broker),
        Part("queues", _run(site, "declare", *RAMPEN, "declare"), ("policies",)),
        Part("demo data", lambda: _load_demo_data(site), ("tables", "calendars")),
    ]


def _programs(site: Site) -> list[Part]:
    ports, data, messages = site.ports, ("tables", "calendars"), ("tables", "queues")
    services = [
        _part(site, name, ports[name], (*RAMPEN, "serve", name), messages) for name in SERVICES
    ]
    return [
        _part(site, "identity", ports["identity"], _identity(site)),
        _part(site, "mailbox", ports["mailbox"], _mailbox(site)),
        _part(
            site, "scheduler", ports["scheduler"], ("-m", "services.booking.local_scheduler"), data
        ),
        *services,
        _part(site, "relay", ports["relay"], (*RAMPEN, "relay"), messages),
        _part(site, "gateway", site.port, _gateway(site), ("identity", "queues")),
    ]


def _part(
    site: Site, name: str, probe: int, arguments: Sequence[str | Path], needs: tuple[str, ...] = ()
) -> Part:
    return Part(name, Program(site, name, probe, arguments), needs)


def _identity(site: Site) -> Sequence[str | Path]:
    portals = [f"--portal=http://{host}:{site.port}" for host in ("127.0.0.1", "localhost")]
    folder = ("--folder", site.folder / "identity")
    port = ("--port", str(site.ports["identity"]))
    return "-m", "sandbox.identity_provider", *port, "--people", PEOPLE, *folder, *portals


def _mailbox(site: Site) -> Sequence[str | Path]:
    ports = ("--port", str(site.ports["mailbox"]), "--smtp-port", str(site.ports["smtp"]))
    return "-m", "sandbox.mailbox", *ports, "--folder", site.folder / "mailbox"


def _gateway(site: Site) -> Sequence[str]:
    bind = f"--bind=127.0.0.1:{site.port}"
    settings = ("-k", "gevent", "-c", "gateway/gunicorn.conf.py", bind)
    return "-m", "gunicorn", *settings, "gateway.wsgi:app"


def _run(site: Site, name: str, *arguments: str) -> Callable[[], None]:
    """A step that is a program of its own."""

    def run() -> None:
        command = [sys.executable, *arguments]
        with site.log(name).open("ab") as log:
            done = subprocess.run(
                command, env=site.environment(), cwd=ROOT, stdout=log, stderr=log, check=False
            )
        if done.returncode:
            raise SandboxError(f"`{' '.join(arguments)}` failed.{process.tail(site.log(name))}")

    return run


def _load_policies(site: Site) -> None:
    if site.rabbitmq_api_uri is None:
        return  # somebody else's broker: its owner loads the policies
    load_definitions(site.rabbitmq_api_uri, site.amqp_uri.rpartition("/")[2], DEFINITIONS)


def _load_demo_data(site: Site) -> None:
    """Load the demo data, once in the life of the sandbox's data."""
    done = site.folder / "demo_data_loaded"
    if not done.exists():
        _run(site, "demo_data", "-m", "sandbox", "load-demo-data")()
        done.touch()
