"""Who needs which competences before prescribing in a product area.

Who prescribes (role prescriber), on a permission within health care, to a patient, an article of a
product area that a requirement set in force that day covers, needs what the set asks for. Other
roles, other recipients and other legal areas are unaffected unless a requirement set names them.

Source: T-1, T-2, X-12, X-31
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from contracts.errors import ordering as errors

GATE_FROM = date(2023, 1, 1)  # Source: T-2
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True)
class ClosedGate:
    """A product area in which a person may not prescribe yet.

    Args:
        prefixes: of ISO 9999, such as "12 22"; what the product area consists of.
        missing: competences, each with `code`, `title` and the `courses` that give it.
        as_of: when training was last heard of.

    Source: T-1
    """

    product_area: str
    title: str
    prefixes: tuple[str, ...]
    missing: tuple[Mapping[str, Any], ...]
    as_of: datetime | None

    def covers(self, iso_code: str) -> bool:
        return any(f"{iso_code} ".startswith(f"{prefix} ") for prefix in self.prefixes)

    def stops(self, iso_codes: Iterable[str]) -> bool:
        return bool(self.missing) and any(map(self.covers, iso_codes))


def gate_role(role: str, recipient_kind: str, day: date, gate_from: date) -> str | None:
    """The role whose gates an order is held against; None when there is no need of any.

    Source: T-1, T-2, X-31
    """
    return role if recipient_kind == "patient" and day >= gate_from else None


def require_open(closed: Sequence[ClosedGate], iso_codes: Iterable[str]) -> None:
    """
    Args:
        iso_codes: of what is ordered.

    Raises:
        Forbidden: one of them lies behind a closed gate; all that is missing is named.

    Source: T-1
    """
    codes = set(iso_codes) if closed else set()
    shut = [gate for gate in closed if gate.stops(codes)]
    if not shut:
        return
    missing = {one["code"]: one for gate in shut for one in gate.missing}
    raise errors.GATE_CLOSED(
        areas=", ".join(dict.fromkeys(gate.title for gate in shut)),
        lacking="; ".join(_written(one) for one in missing.values()),
        as_of=_when(shut[0].as_of),
        missing=list(missing.values()),
    )


def _written(competence: Mapping[str, Any]) -> str:
    """A competence with the courses that give it."""
    courses = ", ".join(course["title"] for course in competence["courses"])
    return f"{competence['title']} ({courses})" if courses else competence["title"]


def _when(instant: datetime | None) -> str:
    return f"{instant.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}" if instant else "–"
