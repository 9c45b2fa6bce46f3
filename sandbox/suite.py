"""What a running Rampen consists of, in one table."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import httpx

from sandbox import process
from sandbox.run_file import changed_settings
from sandbox.site import ROOT, SERVICES, Site
from sandbox.steps import RAMPEN, steps
from sandbox.supervisor import Part

PEOPLE = Path(__file__).with_name("demo_data") / "people.json"
SERVICE = ("tables", "policies")  # what a service needs; its own queues it makes itself
MORE = {"signing": ("authorities",)}  # what some need besides
API_PAGE = "/api/docs"
START_LIMIT = 60  # seconds


class Program(process.Server):
    """A process of the suite, ready when its probe says so.

    Args:
        arguments: what follows `python`.
        port: the one on which `/readyz` answers.
    """

    def __init__(self, site: Site, name: str, port: int, arguments: Sequence[str | Path]) -> None:
        self.name = name
        self.log = site.log(name)
        self.url = f"http://127.0.0.1:{port}/readyz"
        self._site, self._arguments = site, arguments

    def start(self) -> None:
        self.process = process.launch(
            [sys.executable, *self._arguments],
            log=self.log,
            environment=self._environment(),
            folder=ROOT,
        )
        process.wait_until(
            self.answers, what=self.name, process=self.process, log=self.log, timeout=START_LIMIT
        )

    def _environment(self) -> dict[str, str]:
        changed = changed_settings(self._site.folder, self.name)
        return self._site.environment() | {"PROBE_PORT": str(self._site.ports[self.name])} | changed

    def answers(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(self.url, timeout=5).is_success
        return False


def parts(site: Site) -> list[Part]:
    """Everything that is to run at `site`, and what each needs first."""
    nodes = [Part(node.name, node) for node in (site.postgres, site.rabbitmq) if node]
    return [*nodes, *steps(site), *_programs(site)]


def _programs(site: Site) -> list[Part]:
    ports, relay = site.ports, (*RAMPEN, "relay")
    scheduler = ("-m", "services.booking.local_scheduler")
    services = {name: (*RAMPEN, "serve", name) for name in SERVICES}
    return [
        _part(site, "identity", ports["identity"], _identity(site)),
        _part(site, "mailbox", ports["mailbox"], _mailbox(site)),
        _part(site, "scheduler", ports["scheduler"], scheduler, ("calendars",)),
        _part(site, "timestamps", ports["timestamps"], _timestamps(site), ("authorities",)),
        *(
            _part(site, name, ports[name], run, (*SERVICE, *MORE.get(name, ())))
            for name, run in services.items()
        ),
        _part(site, "relay", ports["relay"], relay, ("tables", "queues")),
        _part(site, "gateway", site.port, _gateway(site), ("identity", "policies")),
    ]


def _part(
    site: Site, name: str, port: int, arguments: Sequence[str | Path], needs: tuple[str, ...] = ()
) -> Part:
    return Part(name, Program(site, name, port, arguments), needs)


def _identity(site: Site) -> Sequence[str | Path]:
    portals = [f"--portal=http://{host}:{site.port}" for host in ("127.0.0.1", "localhost")]
    folder = ("--folder", site.folder / "identity")
    port = ("--port", str(site.ports["identity"]))
    return "-m", "sandbox.identity_provider", *port, "--people", PEOPLE, *folder, *portals


def _mailbox(site: Site) -> Sequence[str | Path]:
    ports = ("--port", str(site.ports["mailbox"]), "--smtp-port", str(site.ports["smtp"]))
    return "-m", "sandbox.mailbox", *ports, "--folder", site.folder / "mailbox"


def _timestamps(site: Site) -> Sequence[str | Path]:
    port = ("--port", str(site.ports["timestamps"]))
    return "-m", "sandbox.timestamp_authority", *port, "--folder", site.authorities.folder


def _gateway(site: Site) -> Sequence[str]:
    bind = f"--bind=127.0.0.1:{site.port}"
    settings = ("-k", "gevent", "-c", "gateway/gunicorn.conf.py", bind)
    return "-m", "gunicorn", *settings, "gateway.wsgi:app"
