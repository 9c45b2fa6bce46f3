"""What clients send: queries and bodies, read as the use cases want them.

Zoezi's habit is kept: a query with a day, time or id in the wrong format is answered with an empty
list, not with an error. What is posted is checked strictly.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from flask import request
from werkzeug.datastructures import MultiDict

from services.booking.local_scheduler.model.errors import Refused
from services.booking.local_scheduler.offers import Wanted
from services.booking.local_scheduler.repository import Wish
from services.booking.zoezi_time import parse_day, parse_instant

LARGEST_ID = 2**31 - 1
MOST_PERIODS = 20_000


class Unreadable(ValueError):
    """A query in the wrong format; its answer is an empty list."""


def wish(query: MultiDict[str, str]) -> Wish:
    """The services, site and staff of a query for free times."""
    (site_id,) = ids(query, "site")[:1] or [0]
    return Wish(tuple(ids(query, "services")), site_id, tuple(ids(query, "staffs", optional=True)))


def ids(query: MultiDict[str, str], name: str, *, optional: bool = False) -> list[int]:
    """The ids of a parameter that is repeated or separated by commas."""
    words = [word for text in query.getlist(name) for word in text.split(",") if word]
    if not words and not optional:
        raise Refused("parameter_missing", f"Parametern {name} saknas.")
    if not all(word.isdecimal() and int(word) <= LARGEST_ID for word in words):
        raise Unreadable(name)
    return [int(word) for word in words]


def day(query: MultiDict[str, str], name: str) -> date:
    return parse_day(_text(query, name))


def period(query: MultiDict[str, str]) -> tuple[date, date]:
    """The days from `start` to `end`, both included."""
    return day(query, "start"), day(query, "end")


def instant(query: MultiDict[str, str], name: str) -> datetime:
    return parse_instant(_text(query, name))


def body() -> Mapping[str, Any]:
    """The JSON object of the request."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise Refused("body_invalid", "Anropet måste innehålla ett JSON-objekt.")
    return sent


def wanted(body: Mapping[str, Any]) -> list[Wanted]:
    """The bookings of a body, at least one."""
    found = body.get("bookings")
    if not isinstance(found, list) or not found:
        raise Refused("bookings_missing", "Fältet bookings måste vara en lista med bokningar.")
    return [_wanted(one) for one in found]


def number(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    if type(value) is not int or not 0 <= value <= LARGEST_ID:
        raise Refused("field_invalid", f"Fältet {name} måste vara ett id.")
    return value


def time(body: Mapping[str, Any], name: str) -> datetime:
    """A local time; one that does not exist is refused."""
    try:
        return parse_instant(str(body.get(name)))
    except ValueError as error:
        raise Refused("field_invalid", f"Fältet {name} måste vara en tid som finns.") from error


def key(body: Mapping[str, Any]) -> str:
    """The reservation's key: the client's, or a new one."""
    value = body.get("key") or uuid4().hex
    if not isinstance(value, str) or len(value) > 100:
        raise Refused("field_invalid", "Fältet key måste vara en text med högst 100 tecken.")
    return value


def answers(body: Mapping[str, Any]) -> Mapping[str, Any]:
    value = body.get("extendedInfo") or {}
    if not isinstance(value, dict):
        raise Refused("field_invalid", "Fältet extendedInfo måste vara ett objekt.")
    return value


def filters(query: MultiDict[str, str]) -> Sequence[Mapping[str, str]]:
    """`filter=<question>:<answer>`, repeatable: bookings that answered a question so."""
    pairs = [text.partition(":") for text in query.getlist("filter")]
    return [{question: answer} for question, _, answer in pairs]


def periods(body: Mapping[str, Any]) -> list[tuple[datetime, datetime]]:
    """The `busy` periods of a body: not in Zoezi's API, so their instants have an offset."""
    found = body.get("busy")
    if not isinstance(found, list) or len(found) > MOST_PERIODS:
        raise Refused("field_invalid", f"Fältet busy måste ha högst {MOST_PERIODS} perioder.")
    return [_period(one) for one in found]


def _period(one: object) -> tuple[datetime, datetime]:
    try:
        start, end = (datetime.fromisoformat(text) for text in one)  # type: ignore[attr-defined]
        if not start.astimezone(UTC) < end.astimezone(UTC) or None in (start.tzinfo, end.tzinfo):
            raise ValueError
    except (TypeError, ValueError, OverflowError) as error:
        raise Refused("field_invalid", "En period är en början och ett senare slut.") from error
    return start, end


def _wanted(one: object) -> Wanted:
    if not isinstance(one, dict):
        raise Refused("field_invalid", "En bokning måste vara ett objekt.")
    staff_id = None if one.get("staff") is None else number(one, "staff")
    return Wanted(
        number(one, "service"), number(one, "site"), time(one, "time"), staff_id, answers(one)
    )


def _text(query: MultiDict[str, str], name: str) -> str:
    if not query.get(name):
        raise Refused("parameter_missing", f"Parametern {name} saknas.")
    return query[name]
