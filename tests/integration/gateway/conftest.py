"""The gateway as it runs in earnest: gunicorn with gevent, a real broker, a real login."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from sandbox.identity_provider import client_secret
from tests.fixtures.nodes import ROOT
from tests.fixtures.processes import Process, free_port, wait_until

PEOPLE = ROOT / "sandbox" / "demo_data" / "people.json"
GUNICORN = ("-m", "gunicorn", "-c", str(ROOT / "gateway" / "gunicorn.conf.py"), "gateway.wsgi:app")
TOY = ("-m", "tests.integration.gateway.toy")


def start(process: Process) -> Process:
    """Start it, and wait longer than is usual: nodes may be starting beside it."""
    process.start(ready=False)
    wait_until(process.is_ready, lambda: f"it is ready:\n{process.log.read_text()}", 60)
    return process


class Site:
    """One gateway with its identity provider, on a broker.

    Args:
        make: makes processes that are gone after the tests.
    """

    def __init__(self, make, amqp_uri: str, folder: Path) -> None:
        self._make, self._amqp_uri, self._folder = make, amqp_uri, folder
        self.port, identity_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.issuer = f"http://127.0.0.1:{identity_port}"
        self.identity = make(
            "-m", "sandbox.identity_provider", "--people", str(PEOPLE), "--folder", str(folder),
            "--portal", self.url, "--port", str(identity_port),
        )  # fmt: skip
        self.identity.port = identity_port

    def gateway(self, **environment: str) -> Process:
        return self._make(
            *GUNICORN,
            **{
                "GATEWAY_BIND": f"127.0.0.1:{self.port}",
                "PUBLIC_URL": self.url,
                "AMQP_URI": self._amqp_uri,
                "OIDC_ISSUER": self.issuer,
                "OIDC_CLIENT_ID": "rampen-portal",
                "OIDC_CLIENT_SECRET": client_secret(self._folder, "rampen-portal"),
                "BLOB_URL": str(self._folder / "blobs"),
                "SESSION_SECRET": "a secret that only tests may know",
            }
            | environment,
        )

    @contextmanager
    def another(self) -> Iterator[httpx.Client]:
        """Somebody at one more gateway of the same site, which is gone afterwards."""
        port = free_port()
        process = self.gateway(GATEWAY_BIND=f"127.0.0.1:{port}")
        start(process)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield client
        process.stop()

    def service(self) -> Process:
        return self._make(*TOY, AMQP_URI=self._amqp_uri)

    def program(self) -> httpx.Client:
        """A machine client with an access token."""
        answer = httpx.post(
            f"{self.issuer}/token",
            data={"grant_type": "client_credentials", "scope": "rampen"},
            auth=("demo-journal", client_secret(self._folder, "demo-journal")),
        )
        token = answer.json()["access_token"]
        limits = httpx.Limits(max_connections=200)
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, limits=limits)


@pytest.fixture(scope="module")
def site(module_processes, module_vhost, tmp_path_factory):
    """A gateway that the tests of one module share, with the toy behind it."""
    site = Site(module_processes, module_vhost.uri, tmp_path_factory.mktemp("identity"))
    for process in (site.identity, site.service(), site.gateway(RPC_TIMEOUT="8")):
        start(process)
    return site


@pytest.fixture(scope="module")
def program(site):
    with site.program() as program:
        yield program
