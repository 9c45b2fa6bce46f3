"""Swedish numbers of persons, organisations and staff: how they are read, checked and written.

No error, text or `repr` of this module repeats a person's number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import fields

PERSONAL_IDENTITY_OID = "1.2.752.129.2.1.3.1"  # personnummer
COORDINATION_OID = "1.2.752.129.2.1.3.3"  # samordningsnummer
RESERVE_OID = "1.2.752.113.11.0.2.1.1.1"  # reservnummer of Västra Götalandsregionen

_PERSON = re.compile(r"(18|19|20)?(\d{2})(\d{2})(\d{2})([-+]?)(\d{3})(\d)", re.ASCII)
_RESERVE = re.compile(r"[0-9A-Z]{4,20}")
_ORGANISATION = re.compile(r"\d{2}[2-9]\d{3}-?\d{4}", re.ASCII)
_HSA_ID = re.compile(r"SE(\d{10})-[0-9A-Za-z]{1,18}", re.ASCII)  # 31 characters at most

WRONG: dict[str, Any] = {  # the field's error messages, by reason
    "format": "Skriv numret som ÅÅÅÅMMDD-NNNN.",
    "date": "Numret innehåller inget giltigt datum.",
    "check_digit": "Kontrollsiffran stämmer inte. Kontrollera numret.",
}


class WrongNumber(ValueError):
    """The text is not such a number.

    Args:
        reason: a key of `WRONG`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class PersonNumber:
    """What identifies a person (Swedish: personnummer, samordningsnummer, reservnummer).

    Args:
        oid: the kind of number.
        value: twelve digits; of a reserve number, as its region writes it.
        birth_date: as the number has it; a reserve number may have none.
    """

    oid: str
    value: str = field(repr=False)
    birth_date: date | None = field(repr=False)

    def __str__(self) -> str:
        return f"<{self.oid}>"

    @property
    def formatted(self) -> str:
        """As people write it, century included: ÅÅÅÅMMDD-NNNN."""
        return self.value if self.birth_date is None else f"{self.value[:8]}-{self.value[8:]}"


def person_number(text: str, *, today: date | None = None) -> PersonNumber:
    """Read a personal identity number or coordination number of ten or twelve digits.

    Args:
        today: decides the century of ten digits; a plus sign stands from the calendar year in
            which the person turns 100. By default the present day in Sweden.

    Raises:
        WrongNumber: it is none, or its date lies ahead.

    Source: Folkbokföringslag (1991:481) 18 §; Lag (2022:1697) om samordningsnummer
    """
    found = _PERSON.fullmatch(text.strip())
    if found is None or found[6] == "000":
        raise WrongNumber("format")
    century, year, month, day, sign, serial, check = found.groups()
    today = today or datetime.now(ZoneInfo("Europe/Stockholm")).date()
    full_year = int(century + year) if century else _full_year(int(year), sign, today.year)
    coordination = int(day) > 60
    birth_date = _date(full_year, int(month), int(day) - 60 * coordination)
    if birth_date > today:
        raise WrongNumber("date")
    if check_digit(year + month + day + serial) != check:
        raise WrongNumber("check_digit")
    oid = COORDINATION_OID if coordination else PERSONAL_IDENTITY_OID
    return PersonNumber(oid, f"{full_year}{month}{day}{serial}{check}", birth_date)


def reserve_number(text: str, oid: str = RESERVE_OID) -> PersonNumber:
    """Take a region's reserve number as it is: their forms differ, so nothing else is checked.

    Raises:
        WrongNumber: it holds anything but letters A-Z and digits, or is of an unlikely length.
    """
    value = text.strip().upper().replace("-", "")
    if not _RESERVE.fullmatch(value):
        raise WrongNumber("format")
    return PersonNumber(oid, value, None)


def is_organisation_number(text: str) -> bool:
    """Whether `text` is an organisation number, with or without hyphen.

    Source: Lag (1974:174) om identitetsbeteckning för juridiska personer
    """
    digits = text.replace("-", "")
    return bool(_ORGANISATION.fullmatch(text)) and check_digit(digits[:9]) == digits[9]


def is_hsa_id(text: str) -> bool:
    """Whether `text` is an HSA-ID: SE, an organisation number, a hyphen, letters and digits."""
    found = _HSA_ID.fullmatch(text)
    return found is not None and is_organisation_number(found[1])


def check_digit(digits: str) -> str:
    """The tenth digit that belongs to nine, by the Luhn algorithm."""
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(digits))
    return str(-sum(n // 10 + n % 10 for n in doubled) % 10)


class PersonalIdentityNumber(fields.String):
    """A personal identity number or coordination number; loads as its twelve digits."""

    default_error_messages = WRONG

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return person_number(text).value
        except WrongNumber as wrong:
            reason = wrong.reason
        raise self.make_error(reason)  # outside, so that no traceback holds the number's parts


class HsaId(fields.String):
    """The identity of a person, unit or organisation in Katalogtjänst HSA."""

    default_error_messages: dict[str, Any] = {  # noqa: RUF012 - marshmallow's way
        "hsa_id": "Skriv HSA-id som SE, organisationsnummer, bindestreck och resten av id:t."
    }

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if not is_hsa_id(text):
            raise self.make_error("hsa_id")
        return text


def _full_year(year: int, sign: str, this_year: int) -> int:
    latest = this_year - 100 if sign == "+" else this_year
    return latest - (latest - year) % 100


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise WrongNumber("date") from None
