"""The whole suite on nodes of its own, with the peers beside it, in a folder thrown away after."""

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, insert, text

from bench.process import Process, answers
from bench.world import Orderer, World
from chassis import migrations, settings
from sandbox.demo_data_load import ordering_rows
from sandbox.files import free_port
from sandbox.process import wait_until
from sandbox.site import Site
from sandbox.suite import parts
from sandbox.supervisor import Part, Supervisor

OURS = ("DATABASE_URL", "AMQP_URI", "RABBITMQ_API_URI", "PORT")
#: PostgreSQL notes when each transaction was committed: the clock of the events row.
NODE = {"track_commit_timestamp": "on", "shared_buffers": "256MB", "max_wal_size": "4GB"}
MONOLITH = "rampen_monolith"
Report = Callable[[str], None]


class Suite:
    """What runs while the bench does.

    Args:
        folder: for data and logs.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        self.report = report
        self.world = World()
        self.ports = {name: free_port() for name in ("monolith", "echo")}
        given = {name: value for name, value in os.environ.items() if name not in OURS}
        self.site = Site(folder, given)
        assert self.site.postgres
        self.site.postgres.settings = self.site.postgres.settings | NODE
        self.supervisor = Supervisor([*parts(self.site), *self._peers()], report)

    def url(self, database: str) -> URL:
        """The address of a database on the suite's server."""
        return settings.postgres(f"{self.site.database_url}/{database}")

    @contextmanager
    def connected(self, database: str) -> Iterator[Connection]:
        """A connection to a database of the suite; each statement is for itself."""
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    def relayed(self) -> None:
        """Wait until the relay has published all that ordering has told."""
        waiting = text("SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)")
        with self.connected("rampen_ordering") as connection:
            wait_until(lambda: not connection.execute(waiting).scalar_one(), what="the relay")

    def pids(self) -> dict[str, int]:
        """The process id of every part."""
        facts = self.supervisor.facts()
        return {name: part["pids"][0]["pid"] for name, part in facts.items()}

    @cached_property
    def orderers(self) -> list[Orderer]:
        """Who orders in the bench."""
        return list(self.world.log_in(self.site))

    def clients(self, count: int) -> list[Orderer]:
        """Who each of so many clients is."""
        return list(islice(cycle(self.orderers), count))

    def _peers(self) -> list[Part]:
        monolith, echo = self.ports["monolith"], self.ports["echo"]
        peers = [
            ("monolith", _uvicorn(monolith), _probe(monolith), ("monolith's tables",)),
            ("echo_gateway", _gunicorn(echo), _probe(echo), ("identity", "policies")),
            ("echo", ("-m", "bench.peers.echo"), self._echo_serves, ("policies",)),
        ]
        return [
            Part("monolith's tables", self._make_monolith, ("tables",)),
            *(
                Part(name, Process(self.site.log(name), run, self._settings, ready), needs)
                for name, run, ready, needs in peers
            ),
        ]

    def _echo_serves(self) -> bool:
        return "serves" in self.site.log("echo").read_text()

    def _settings(self) -> dict[str, str]:
        url = self.url(MONOLITH).render_as_string(hide_password=False)
        return self.site.environment() | {"MONOLITH_DATABASE_URL": url}

    def _make_monolith(self, _stopping: threading.Event) -> None:
        """Give the monolith the same tables and demo data as ordering."""
        migrations.upgrade("ordering", self.url(MONOLITH))
        engine = create_engine(self.url(MONOLITH))
        with engine.begin() as connection:
            for table, rows in ordering_rows(self.world.data):
                connection.execute(insert(table), list(rows))
        engine.dispose()


@contextmanager
def running(report: Report) -> Iterator[Suite]:
    """The suite, until the end of the block; then nothing of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="rampen-bench-"))
    suite = Suite(folder, report)
    try:
        suite.supervisor.start()
        yield suite
    finally:
        suite.supervisor.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _probe(port: int) -> Callable[[], bool]:
    return lambda: answers(port)


def _uvicorn(port: int) -> tuple[str, ...]:
    quick = ("--loop", "uvloop", "--http", "httptools", "--no-access-log")
    program = ("-m", "uvicorn", "bench.peers.monolith:app")
    return (*program, "--port", str(port), "--log-level", "warning", *quick)


def _gunicorn(port: int) -> tuple[str, ...]:
    settings = (
        "-m",
        "gunicorn",
        "-k",
        "gevent",
        "-c",
        "gateway/gunicorn.conf.py",
        f"--bind=127.0.0.1:{port}",
    )
    return (*settings, "bench.peers.echo_gateway:app")
