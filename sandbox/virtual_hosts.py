"""Virtual hosts of a RabbitMQ broker, through its management API."""

import json
from pathlib import Path
from urllib.parse import quote

import httpx

from sandbox.errors import SandboxError

# What belongs to one virtual host; users, permissions and virtual hosts do not.
PARTS = ("parameters", "policies", "queues", "exchanges", "bindings")


def create_virtual_host(api_uri: str, name: str) -> None:
    """Create the virtual host, open to the user that `api_uri` names; harmless if it exists."""
    _request("PUT", api_uri, f"/api/vhosts/{quote(name, safe='')}")


def delete_virtual_host(api_uri: str, name: str) -> None:
    _request("DELETE", api_uri, f"/api/vhosts/{quote(name, safe='')}")


def load_definitions(api_uri: str, vhost: str, path: Path) -> None:
    """Load the policies, queues, exchanges and bindings in `path` into one virtual host.

    Args:
        path: a file in RabbitMQ's definitions format; which virtual host it names for each
            part does not matter.
    """
    definitions = json.loads(path.read_text())
    parts = {part: definitions[part] for part in PARTS if part in definitions}
    _request("POST", api_uri, f"/api/definitions/{quote(vhost, safe='')}", json=parts)


def _request(method: str, api_uri: str, path: str, **content) -> None:
    try:
        response = httpx.request(method, api_uri + path, timeout=30, **content)
    except httpx.TransportError:
        raise SandboxError(
            f"RabbitMQ's management plugin does not answer at {api_uri.rpartition('@')[2]}: "
            "set RABBITMQ_API_URI to where it does."
        ) from None
    if response.is_error:
        raise SandboxError(f"RabbitMQ refused {method} {path}: {response.text}")
