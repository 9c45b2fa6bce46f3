"""Small files that the sandbox keeps in its folder: secrets and remembered ports."""

import json
import os
import random
import secrets
import socket
from pathlib import Path

# Below the range that outgoing connections take their ports from (32768-60999 on Linux): a
# client that retries while a server restarts can then neither take the server's port nor
# connect to itself.
PORTS = range(10_000, 32_000)
_given: set[int] = set()


def write_private(path: Path, text: str) -> None:
    """Write `text` so that no one else can read it, and no one ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    half.replace(path)


def stored_secret(path: Path) -> str:
    """Return the secret in `path`, generating it the first time."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24))
    return path.read_text()


def client_secret(folder: Path, client_id: str) -> str:
    """The secret of a client of the identity provider that keeps its data in `folder`."""
    return stored_secret(folder / "clients" / client_id)


def free_port() -> int:
    """Return a port on 127.0.0.1 where nothing listens now, another one at each call."""
    candidates = random.SystemRandom().sample(PORTS, 1_000)
    port = next(port for port in candidates if port not in _given and is_free(port))
    _given.add(port)  # whoever asked for it may not listen there for a while
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def remembered_ports(path: Path, *names: str) -> dict[str, int]:
    """Return a free port for each name: last time's, where it is still free."""
    last = json.loads(path.read_text()) if path.exists() else {}
    ports = {name: _still_free(last.get(name)) or free_port() for name in names}
    write_private(path, json.dumps(ports))
    return ports


def _still_free(port: int | None) -> int | None:
    return port if port and is_free(port) else None
