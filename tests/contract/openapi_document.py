"""The OpenAPI document as the gateway serves it, for tests to look into."""

from collections.abc import Iterator
from typing import Any

from gateway.app import create_app
from gateway.settings import Identity, Settings

APP = create_app(
    Settings(
        public_url="https://rampen.example.se",
        session_secret="a secret that only tests may know",
        identity=Identity("https://login.example.se", "rampen-portal", "secret"),
    ),
    rpc=None,  # type: ignore[arg-type]  # nobody is asked
)
DOCUMENT: dict[str, Any] = APP.test_client().get("/api/openapi.json").json


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation: HTTP method, path, what is said of it."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield method, path, operation


def contents() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every message: where it belongs, its media type, what is said of it."""
    for method, path, operation in operations():
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        for answer in (*bodies, *operation["responses"].values()):
            for media_type, content in answer.get("content", {}).items():
                yield f"{method} {path}", media_type, content


def parameters() -> Iterator[dict[str, Any]]:
    """Every parameter of an address or header."""
    for item in DOCUMENT["paths"].values():
        yield from item.get("parameters", ())
    for _, _, operation in operations():
        yield from operation.get("parameters", ())


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of every message: its name, what is said of it."""
    for schema in DOCUMENT["components"]["schemas"].values():
        yield from schema["properties"].items()
