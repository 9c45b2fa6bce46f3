"""A private RabbitMQ node, from the distribution's binaries."""

import os
import shutil
import subprocess
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import httpx

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.files import remembered_ports, stored_secret, write_private

USER = "rampen"
VHOST = "rampen"
NODE = "rampen@localhost"
SERVERS = (Path("/usr/lib/rabbitmq/bin/rabbitmq-server"),)  # Debian's own wrapper changes user
CONFIGURATION = """\
listeners.tcp.local = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {api}
default_user = {user}
default_pass = {password}
default_vhost = {vhost}
raft.wal_max_size_bytes = 67108864
log.console = true
log.console.level = warning
log.file = false
"""


class RabbitMQ(process.Server):
    """A RabbitMQ node of its own with its data in `folder`, on ports of its own.

    Data, password and ports survive a restart. It shares nothing with a RabbitMQ that already
    runs on the machine: neither node name, cookie nor port mapper (epmd).

    What the broker confirmed survives a kill. One thing may not, in RabbitMQ 3.10: a quorum
    queue declared less than a second before it.
    """

    name = "rabbitmq"

    def __init__(self, folder: Path, *, log: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.log = log or self.folder / "rabbitmq.log"
        self._port_mapper: subprocess.Popen | None = None

    @property
    def uri(self) -> str:
        """Where AMQP clients connect, virtual host included."""
        return f"amqp://{USER}:{self._password}@127.0.0.1:{self.ports['amqp']}/{VHOST}"

    @property
    def api_uri(self) -> str:
        """Where the management plugin answers HTTP."""
        return f"http://{USER}:{self._password}@127.0.0.1:{self.ports['api']}"

    def start(self) -> None:
        """Start the node and wait until it answers both AMQP and HTTP."""
        self._configure()
        self._port_mapper = self._launch(
            _find("epmd"), "-address", "127.0.0.1", "-port", str(self.ports["epmd"])
        )
        self.process = self._launch(server())
        process.wait_until(
            self.answers, what="RabbitMQ", process=self.process, log=self.log, timeout=90
        )

    def stop(self) -> None:
        self._end(process.stop)

    def kill(self) -> None:
        self._end(process.kill)

    def pids(self) -> list[int]:
        return [running.pid for running in (self.process, self._port_mapper) if running]

    def answers(self) -> bool:
        """Whether clients are served."""
        listens = f"{self.api_uri}/api/health/checks/port-listener/{self.ports['amqp']}"
        with suppress(httpx.TransportError):
            return httpx.get(listens, timeout=5).is_success
        return False

    def _end(self, how) -> None:
        for running in (self.process, self._port_mapper):
            if running:
                how(running)

    @cached_property
    def ports(self) -> dict[str, int]:
        names = ("amqp", "api", "distribution", "epmd")
        return remembered_ports(self.folder / "ports.json", *names)

    @cached_property
    def _password(self) -> str:
        return stored_secret(self.folder / "password")

    def _configure(self) -> None:
        settings = {"user": USER, "password": self._password, "vhost": VHOST, **self.ports}
        write_private(self.folder / "rabbitmq.conf", CONFIGURATION.format(**settings))
        write_private(self.folder / "enabled_plugins", "[rabbitmq_management].\n")

    def _launch(self, *command: str | Path) -> subprocess.Popen:
        return process.launch(command, log=self.log, environment=self._environment())

    def _environment(self) -> dict[str, str]:
        on_this_machine = "-kernel inet_dist_use_interface {127,0,0,1}"
        return {
            "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin",
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),  # where Erlang keeps its cookie
            "ERL_EPMD_PORT": str(self.ports["epmd"]),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_CONF_ENV_FILE": os.devnull,
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_DIST_PORT": str(self.ports["distribution"]),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_SCHEDULER_BUSY_WAIT_THRESHOLD": "none",  # waiting costs no processor time
            # The script becomes the node itself, so that signals reach it:
            "RABBITMQ_ALLOW_INPUT": "true",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": f"-noinput -start_epmd false {on_this_machine}",
        }


def server() -> Path:
    """The program that runs a node.

    Raises:
        SandboxError: RabbitMQ is not installed.
    """
    return next((path for path in SERVERS if path.exists()), None) or _find("rabbitmq-server")


def _find(program: str) -> Path:
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise SandboxError(
            "RabbitMQ is missing: install it (as root: apt-get install rabbitmq-server), "
            "or set AMQP_URI to a broker that runs elsewhere."
        )
    return Path(found)
