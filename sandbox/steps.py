"""What is done before the processes start: tables, queues, demo data. Each may be repeated."""

import hashlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.site import ROOT, Site
from sandbox.supervisor import Part
from sandbox.virtual_hosts import load_definitions

RAMPEN = ("-m", "chassis.cli")
DEFINITIONS = ROOT / "chassis" / "definitions.json"
MIGRATIONS = "services/**/migrations/**/*.py"
CODE = "services/**/*.py"


def steps(site: Site) -> list[Part]:
    """The steps, each with what must be ready before it."""
    database = ("postgres",) if site.postgres else ()
    broker = ("rabbitmq",) if site.rabbitmq else ()
    scheduler = ("-m", "services.booking.local_scheduler", "migrate")
    step = Steps(site)
    return [
        Part("tables", step.program("tables", MIGRATIONS, *RAMPEN, "migrate", "--all"), database),
        Part("calendars", step.program("calendars", MIGRATIONS, *scheduler), database),
        Part("authorities", lambda _stopping: site.authorities.make()),
        Part("policies", step.load_policies, broker),
        Part("queues", step.program("queues", CODE, *RAMPEN, "declare"), ("policies",)),
        Part(
            "demo data",
            step.program("demo_data", MIGRATIONS, "-m", "sandbox", "load-demo-data"),
            ("tables", "calendars"),
        ),
    ]


class Steps:
    """Steps for one site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def program(self, name: str, depends_on: str, *arguments: str) -> Callable[[Event], None]:
        """A step that is a program of its own.

        Args:
            depends_on: which files say what is done; while they and the servers are the same
                as last time, it is done already.
        """

        def run(stopping: Event) -> None:
            done = self.site.folder / "done" / name
            mark = self._mark(ROOT.glob(depends_on))
            if done.exists() and done.read_text() == mark:
                return
            if self._run(name, arguments, stopping):
                done.parent.mkdir(exist_ok=True)
                done.write_text(mark)

        return run

    def load_policies(self, _stopping: Event) -> None:
        load_definitions(self.site.rabbitmq_api_uri, self.site.vhost, DEFINITIONS)

    def _mark(self, files: Iterable[Path]) -> str:
        """What changes when a file does, or a server is another one."""
        told = self.site.environment()
        servers = [told[name] for name in sorted(told) if name.endswith(("_URI", "DATABASE_URL"))]
        contents = [path.read_bytes() for path in sorted(files)]
        return hashlib.sha256(b"\0".join([*map(str.encode, servers), *contents])).hexdigest()

    def _run(self, name: str, arguments: tuple[str, ...], stopping: Event) -> bool:
        """Run a program to its end; False if it was ended because everything stops."""
        log = self.site.log(name)
        command = [sys.executable, *arguments]
        running = process.launch(command, log=log, environment=self.site.environment(), folder=ROOT)
        while running.poll() is None:
            if stopping.wait(0.05):
                process.kill(running)
                return False
        if running.returncode:
            raise SandboxError(f"{name} failed (status {running.returncode}).{process.tail(log)}")
        return True
