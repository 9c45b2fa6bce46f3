"""Contracts and messages taken apart: fields within fields."""

from collections.abc import Iterator
from typing import Any

from marshmallow import fields

from contracts.base import Message


def all_fields(contract: type[Message], path: str = "") -> Iterator[tuple[str, fields.Field]]:
    """Every field of a contract with its path, such as `lines/quantity`."""
    for name, field in contract().fields.items():
        yield f"{path}{name}", field
        if inner := nested(field):
            yield from all_fields(inner, f"{path}{name}/")


def nested(field: fields.Field) -> type[Message] | None:
    """The contract of what lies in a field, or in each item of a list."""
    if isinstance(field, fields.List):
        field = field.inner
    return type(field.schema) if isinstance(field, fields.Nested) else None


def reduced(contract: type[Message], message: dict[str, Any]) -> dict[str, Any]:
    """The message as one who knows the required fields alone would have sent it."""
    known = contract().fields
    return {
        name: _within(known[name], value, reduced)
        for name, value in message.items()
        if known[name].required
    }


def grown(contract: type[Message], message: dict[str, Any]) -> dict[str, Any]:
    """The message as a later sender might send it: with one more field wherever there is room."""
    known = contract().fields
    inside = {name: _within(known[name], value, grown) for name, value in message.items()}
    return inside | {"added_later": {"by": "a newer sender"}}


def paths(message: Any, path: str = "") -> set[str]:
    """The paths of all fields that a message holds."""
    if isinstance(message, dict):
        own = {f"{path}{name}" for name in message}
        return own.union(*(paths(value, f"{path}{name}/") for name, value in message.items()))
    if isinstance(message, list):
        return set().union(*(paths(item, path) for item in message))
    return set()


def _within(field: fields.Field, value: Any, change) -> Any:
    inner = nested(field)
    if inner is None:
        return value
    return (
        [change(inner, one) for one in value] if isinstance(value, list) else change(inner, value)
    )
