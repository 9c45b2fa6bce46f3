"""The messages of the AsyncAPI document, with their schemas."""

import json
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from contracts import errors
from contracts.actor import Actor
from contracts.base import Event, Message
from docs.tools.messages import SAMPLES, Call

Document = dict[str, Any]


def _is_kind(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, errors.ContractError)


REFUSED = {
    "type": "object",
    "description": "Why the request was refused. Codes: see contracts/errors.",
    "required": ["exc_type", "exc_args", "value"],
    "properties": {
        "exc_type": {
            "type": "string",
            "enum": [
                *(name for name in errors.__all__ if _is_kind(getattr(errors, name))),
                "RemoteError",
            ],
            "description": "The kind of refusal; RemoteError when the service failed.",
        },
        "exc_args": {
            "type": "array",
            "description": "Code, values that the texts mention, complaint by field.",
        },
        "value": {"type": "string", "description": "The code again."},
    },
}


class Schemas:
    """JSON Schemas of contracts, each once."""

    def __init__(self) -> None:
        self._plugin = MarshmallowPlugin(schema_name_resolver=_name)
        self._spec = APISpec("Rampen", "0", openapi_version="3.1.0", plugins=[self._plugin])

    def ref(self, contract: type[Message]) -> Document:
        """Where the schema of `contract` stands."""
        name = contract.__name__
        if name not in self._spec.components.schemas:
            self._spec.components.schema(name, schema=contract)
        return ref("schemas", name)

    def all(self) -> Document:
        return self._spec.components.schemas


def _name(schema: Any) -> str:
    return (schema if isinstance(schema, type) else type(schema)).__name__


def call_messages(calls: list[Call], schemas: Schemas) -> Document:
    found = {}
    for call in calls:
        key = f"{call.service}.{call.method}"
        found[key] = _message(call.takes, _request(schemas.ref(call.takes)))
        result = schemas.ref(call.gives) if call.gives else {"type": "object"}
        found[f"{key}.answer"] = {"title": f"Answer of {key}", "payload": _reply(result)}
    return found


def event_messages(events: list[type[Event]], schemas: Schemas) -> Document:
    return {
        event.event_type: _message(event, schemas.ref(event)) | _examples(event) for event in events
    }


def _message(contract: type[Message], payload: Document) -> Document:
    return {
        "name": getattr(contract, "event_type", contract.__name__),
        "title": contract.__name__,
        "summary": summary(contract),
        "headers": ref("schemas", "Headers"),
        "payload": payload,
        "bindings": {"amqp": {"contentEncoding": "utf-8"}},
    }


def _examples(event: type[Event]) -> Document:
    sample = SAMPLES / f"{event.event_type}.json"
    return {"examples": [{"payload": json.loads(sample.read_text())}]} if sample.exists() else {}


def _request(message: Document) -> Document:
    """nameko's envelope: one argument, which is the message."""
    arguments = {"type": "array", "items": message, "minItems": 1, "maxItems": 1}
    return {
        "type": "object",
        "required": ["args", "kwargs"],
        "properties": {"args": arguments, "kwargs": {"type": "object", "maxProperties": 0}},
    }


def _reply(result: Document) -> Document:
    """nameko's envelope: a result or an error, the other null."""
    return {
        "type": "object",
        "required": ["result", "error"],
        "properties": {
            "result": {"oneOf": [result, {"type": "null"}]},
            "error": {"oneOf": [ref("schemas", "Refused"), {"type": "null"}]},
        },
    }


def headers() -> Document:
    actor = {name: {"type": "string"} for name in Actor.__dataclass_fields__}
    return {
        "type": "object",
        "description": "Who asks, and for which request.",
        "properties": {
            "nameko.actor": {"type": "object", "properties": actor},
            "nameko.request_id": {"type": "string"},
            "nameko.deadline": {
                "type": "string",
                "description": "Requests only: seconds since 1970, after which nobody waits.",
            },
        },
    }


def summary(contract: type[Message]) -> str:
    """The first sentence of the docstring of a contract, if it has one of its own."""
    own = contract.__doc__ if "__doc__" in vars(contract) else None
    return (own or _spaced(contract.__name__)).strip().split("\n\n")[0].replace("\n    ", " ")


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip().capitalize() + "."


def ref(kind: str, name: str) -> Document:
    inside = f"components/{kind}" if kind in ("messages", "schemas") else kind
    return {"$ref": f"#/{inside}/{name}"}
