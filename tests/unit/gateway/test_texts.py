"""Every complaint that a contract can make has a text in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields, validate

from contracts import booking, identity, notices, operating, ordering, training  # noqa: F401 - so that their contracts are known
from contracts.base import Command, Query
from gateway.texts import LANGUAGES, complaint

WRONG: list[Any] = [
    None,
    "",
    "x" * 10_000,
    "2026",
    "2026-11-24T12:00:00",
    "19121212-1213",
    "19121312-1212",
    -1,
    10**12,
    1.5,
    True,
    [],
    ["x"] * 5000,
    {},
    {"nobody": "knows"},
    b"\xff",
]


def contracts(base: type = Schema) -> Iterator[type[Schema]]:
    for contract in base.__subclasses__():
        yield contract
        yield from contracts(contract)


def asked() -> list[type[Schema]]:
    return [*contracts(Command), *contracts(Query)]


def complaints(field: fields.Field) -> Iterator[str]:
    """What `field` says of everything wrong, and what its validators may say."""
    for value in WRONG:
        try:
            field.deserialize(value)
        except ValidationError as error:
            yield from texts(error.messages)
    for one in field.validators:
        if isinstance(one, validate.OneOf | validate.Range | validate.Length | validate.Regexp):
            yield from refused_by(one)
    for inner in (getattr(field, "inner", None), *nested(field)):
        if inner is not None:
            yield from complaints(inner)


def nested(field: fields.Field) -> Iterator[fields.Field]:
    if isinstance(field, fields.Nested):
        yield from field.schema.fields.values()


def refused_by(validator: validate.Validator) -> Iterator[str]:
    for value in (*WRONG, -(10**12)):
        try:
            validator(value)
        except ValidationError as error:
            yield from texts(error.messages)
        except TypeError:
            continue  # it is never asked about this kind of value


def texts(messages: Any) -> Iterator[str]:
    if isinstance(messages, dict):
        for inner in messages.values():
            yield from texts(inner)
    elif isinstance(messages, list):
        for inner in messages:
            yield from texts(inner)
    else:
        yield str(messages)


def all_complaints() -> list[str]:
    found = {
        text
        for contract in asked()
        for field in contract().fields.values()
        for text in complaints(field)
    }
    own = {text for kind in (identity.PersonalIdentityNumber, identity.HsaId)
           for text in kind.default_error_messages.values()}  # fmt: skip
    always = {"Missing data for required field.", "Unknown field.", "Invalid input type."}
    always |= {"State at least one.", "State at least 2 of them.", "State at most 30 of them."}
    return sorted(found | own | always)


@pytest.mark.parametrize("text", all_complaints())
def test_a_complaint_has_a_text_in_both_languages(text):
    swedish, english = (complaint(text, language) for language in LANGUAGES)

    assert swedish != english
    assert text in (swedish, english)
    assert complaint(swedish, "en") == english


def test_several_complaints_of_one_field_are_each_put_in_the_language():
    both = "Longer than maximum length 40. String does not match expected pattern."

    assert complaint(both, "sv") == ("Får vara högst 40 tecken. Har inte rätt form.")


def test_a_text_that_nobody_knows_stays_as_it_is():
    assert complaint("Något annat.", "en") == "Något annat."
