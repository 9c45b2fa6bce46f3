"""Where everything is: addresses, ports, secrets and folders of one sandbox."""

import os
from collections.abc import Mapping
from functools import cached_property
from itertools import count
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sandbox.authorities import Authorities
from sandbox.demo_data.organisations import supply_centre
from sandbox.errors import SandboxError
from sandbox.files import client_secret, is_free, remembered_ports, stored_secret
from sandbox.postgres import Postgres
from sandbox.rabbitmq import RabbitMQ

ROOT = Path(__file__).resolve().parents[1]
FIRST_PORT = 8000
SERVICES = tuple(sorted(path.parent.name for path in ROOT.glob("services/*/service.py")))
PORTS = ("identity", "mailbox", "smtp", "scheduler", "timestamps", "relay", "gateway", *SERVICES)


class Site:
    """One sandbox in `folder`.

    Args:
        environment: what the user has set: it wins over what the sandbox would choose, and
            DATABASE_URL or AMQP_URI in it keep the sandbox from starting a server of its own.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str] = os.environ) -> None:
        self.folder = folder.resolve()
        self._given = dict(environment)
        self.ports = remembered_ports(self.folder / "ports.json", *PORTS)
        self.port = self._portal_port()
        self.postgres = None if "DATABASE_URL" in environment else self._node(Postgres)
        self.rabbitmq = None if "AMQP_URI" in environment else self._node(RabbitMQ)

    @property
    def url(self) -> str:
        """The address of Rampen itself."""
        return f"http://127.0.0.1:{self.port}"

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    @property
    def authorities(self) -> Authorities:
        return Authorities(self.folder / "authorities")

    def log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"

    @property
    def database_url(self) -> str:
        return self.postgres.uri if self.postgres else self._given["DATABASE_URL"].rstrip("/")

    @property
    def amqp_uri(self) -> str:
        return self.rabbitmq.uri if self.rabbitmq else self._given["AMQP_URI"]

    @property
    def vhost(self) -> str:
        """The broker's virtual host that Rampen uses."""
        return unquote(urlsplit(self.amqp_uri).path[1:]) or "/"

    @property
    def rabbitmq_api_uri(self) -> str:
        if self.rabbitmq:
            return self.rabbitmq.api_uri
        broker = urlsplit(self.amqp_uri)
        usual = f"http://{broker.netloc.rpartition('@')[0]}@{broker.hostname}:15672"
        return self._given.get("RABBITMQ_API_URI", usual)

    def environment(self) -> dict[str, str]:
        """What every process of the suite is told."""
        return {**self._addresses(), **self._secrets, **self._given}

    def _addresses(self) -> dict[str, str]:
        return {
            "SANDBOX": "1",
            "DATABASE_URL": self.database_url,
            "AMQP_URI": self.amqp_uri,
            "RABBITMQ_API_URI": self.rabbitmq_api_uri,
            "SMTP_URL": f"smtp://127.0.0.1:{self.ports['smtp']}",
            "BLOB_URL": str(self.folder / "blobs"),
            "PUBLIC_URL": self.url,
            "PORT": str(self.port),
            "OIDC_ISSUER": self.address("identity"),
            "OIDC_CLIENT_ID": "rampen-portal",
            "ZOEZI_URL": self.address("scheduler"),
            "SCHEDULER_PORT": str(self.ports["scheduler"]),
            "MAILBOX_URL": self.address("mailbox"),
            "SUPPLY_CENTRE_UNITS": ",".join(supply_centre()),
            "LOGIN_RATE": "60/minute",  # a demo logs all its people in from one address
            "WORK_ORDER_SWEEP": "2",  # seconds
            "SIGNING_TSA_URL": self.address("timestamps"),
            **self.authorities.settings(),
        }

    @cached_property
    def _secrets(self) -> dict[str, str]:
        return {
            "OIDC_CLIENT_SECRET": client_secret(self.folder / "identity", "rampen-portal"),
            "SESSION_SECRET": stored_secret(self.folder / "secrets" / "session"),
            "ZOEZI_KEY": stored_secret(self.folder / "secrets" / "zoezi"),
        }

    def _node(self, kind):
        return kind(self.folder / kind.name, log=self.log(kind.name))

    def _portal_port(self) -> int:
        """The port that PORT asks for, or the first that is free from 8000 on."""
        if wanted := self._given.get("PORT"):
            if not is_free(int(wanted)):
                raise SandboxError(f"Port {wanted} is taken: choose another, as in PORT=8080.")
            return int(wanted)
        return next(port for port in count(FIRST_PORT) if is_free(port))
