"""What every contract shares: how messages are validated, identified and versioned."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from contracts.errors.common import MESSAGE_INVALID

ABSENT = object()
MISSING = "Missing data for required field."
ABOUT_LENGTH = ("Shorter than", "Longer than", "Length must be")
ABOUT_FORM = (
    *ABOUT_LENGTH, "Field may not be null", "Not a valid", "Must be", "String does not match",
)  # fmt: skip


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
            raise MESSAGE_INVALID(fields=dict(_complaints(error.messages, data))) from None
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


def _complaints(messages: Any, data: Any, path: str = "") -> Any:
    """Yield (`lines/0/quantity`, complaint) for marshmallow's nested messages about `data`."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            below = f"{path}/{name}" if path else str(name)
            yield from _complaints(inner, _at(data, name), below)
    else:
        yield path, " ".join(_told(str(message), data) for message in messages)


def _at(data: Any, name: Any) -> Any:
    """What was sent under that name, or at that place of a list; `ABSENT` if nothing."""
    try:
        return data[name]
    except (IndexError, KeyError, TypeError):
        return ABSENT


def _told(complaint: str, value: Any) -> str:
    """The complaint in words that fit what was sent: nothing at all, a list, or something else.

    marshmallow speaks of the length of texts and lists alike, and of an empty text's form.
    """
    if value in (None, "") and complaint.startswith(ABOUT_FORM):
        return MISSING
    if isinstance(value, list) and complaint.startswith(ABOUT_LENGTH):
        return _of_list(complaint, len(value))
    return complaint


def _of_list(complaint: str, count: int) -> str:
    """A complaint of length, as of a list with so many things in it."""
    bounds = re.findall(r"[0-9]+", complaint)
    if count == 0:
        return "State at least one."
    if "Longer" not in complaint and count < int(bounds[0]):
        return f"State at least {bounds[0]} of them."
    return f"State at most {bounds[-1]} of them."
