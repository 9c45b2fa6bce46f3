"""What is read from a request: its JSON, its parameters, and the id that a repetition keeps."""

import json
import re
from math import isinf
from typing import Any, NoReturn
from uuid import NAMESPACE_URL, uuid5

from flask import request

from contracts.actor import Actor
from gateway import refusals

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 255  # characters
_KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
_COMMANDS = uuid5(NAMESPACE_URL, "urn:rampen:command")


def body() -> dict[str, Any]:
    """The JSON object that was sent.

    Raises:
        BadRequest: it is no JSON object, or holds text that no database takes.
        WrongMediaType: it does not say that it is JSON.
    """
    if request.mimetype != "application/json":
        raise refusals.NOT_JSON()
    raw = request.get_data(cache=False)
    try:
        found = json.loads(raw, parse_float=_number, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise refusals.BODY_UNREADABLE() from None
    if not isinstance(found, dict) or (b"\\u" in raw and not _is_plain(found)):
        raise refusals.BODY_UNREADABLE()
    return found


def arguments() -> dict[str, str]:
    """The parameters of the address, the first of each name.

    Raises:
        BadRequest: they hold a NUL, which no database takes.
    """
    if b"%00" in request.query_string:
        raise refusals.BODY_UNREADABLE()
    return request.args.to_dict()


def command_id(actor: Actor) -> str:
    """The id of the command that this request is, or repeats.

    Raises:
        BadRequest: it brings no key, or one that is none.
    """
    key = request.headers.get(KEY_HEADER)
    if key is None:
        raise refusals.KEY_MISSING()
    if not _KEY.fullmatch(key):
        raise refusals.KEY_WRONG()
    return id_of(actor, key)


def id_of(actor: Actor, key: str) -> str:
    """The id that belongs to the actor's key: another's same key is another command."""
    return str(uuid5(_COMMANDS, f"{actor.hsa_id}\n{key}"))


def _is_plain(found: Any) -> bool:
    """Whether no text in it holds a NUL or half a surrogate pair, which JSON can smuggle in."""
    text = json.dumps(found, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text.replace("\\\\", "")


def _number(text: str) -> float:
    """A number with decimals; whole ones are integers, as JSON Schema has it."""
    value = float(text)
    if isinf(value):
        raise ValueError(text)
    return int(value) if value.is_integer() else value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are no JSON
