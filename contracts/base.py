"""What every contract shares: how messages are validated, identified and versioned."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from contracts.errors.common import MESSAGE_INVALID


class Flag(fields.Boolean):
    """True or false, and nothing that only looks so, such as 0."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Message(Schema):
    """A message of any kind."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return `data` as Python values.

        Raises:
            Invalid: a field is missing, unknown or wrong; `fields` says which and why.
        """
        try:
            loaded: dict[str, Any] = _instance(cls).load(data)
        except ValidationError as error:
            raise MESSAGE_INVALID(fields=dict(_complaints(error.messages))) from None
        return loaded

    @classmethod
    def write(cls, values: Any) -> dict[str, Any]:
        """Return `values` as what JSON can carry."""
        dumped: dict[str, Any] = _instance(cls).dump(values)
        return dumped


class Part(Message):
    """A message inside a command or query; strict, as they are."""

    class Meta:
        unknown = RAISE


class Command(Part):
    """A request for a change; unknown fields are refused, so that a typo fails at the sender.

    `command_id` is chosen by the caller: sent again, the command has the same answer and no
    second effect.
    """

    command_id = fields.UUID(required=True)


class Query(Part):
    """A question; it changes nothing."""


def sorted_by(*columns: str) -> fields.String:
    """What a list is sorted by: the first unless told; with `-` before it, the other way round."""
    names = [column.lstrip("-") for column in columns]
    ways = [*names, *(f"-{name}" for name in names)]
    return fields.String(load_default=columns[0], validate=validate.OneOf(ways))


class PagedQuery(Query):
    """A question answered a page at a time."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 10_000))


class Reply(Message):
    """An answer; unknown fields are ignored, so that it may grow."""

    class Meta:
        unknown = EXCLUDE


class Event(Message):
    """A fact; unknown fields are ignored, so that a version may grow.

    A version only gains optional fields; anything else is a new version. No personal data.
    """

    event_type: ClassVar[str]

    class Meta:
        unknown = EXCLUDE


def page_of(item: type[Reply]) -> type[Reply]:
    """The contract of one page of `item`s; `more` says whether another page follows."""
    return type(
        f"{item.__name__}Page",
        (Reply,),
        {"items": fields.List(fields.Nested(item), required=True), "more": fields.Boolean()},
    )


@cache
def _instance(contract: type[Message]) -> Message:
    return contract()  # building a schema copies its fields: once is enough


def _complaints(messages: Any, path: str = "") -> Any:
    """Yield (`lines/0/quantity`, complaint) for marshmallow's nested messages."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            yield from _complaints(inner, f"{path}/{name}" if path else str(name))
    else:
        yield path, " ".join(str(message) for message in messages)
