"""Maintenance's own settings, read from the environment at start.

SUPPLY_CENTRE_UNITS   HSA-IDs of the units of the supply centre (Hjälpmedelscentralen), with commas
                      between; their technicians and customer service see and carry out all work
                      orders. Nobody does unless told.
WORK_ORDER_HOURS      the opening hours that the clocks run in: "08:00-16:30" unless told, or
                      "08:00-12:00,13:00-16:30"
WORK_ORDER_HALF_DAYS  whether the eves that offices often close early on do so (at 14:00); false
                      unless told. Midsummer Eve, Christmas Eve and New Year's Eve are holidays.
WORK_ORDER_LIMITS     limits other than the usual, as JSON: {"preventive": {"finish": "20 working
                      days"}, "some_agreement": {"corrective": {"start": "2 working days"}}}
WORK_ORDER_SOON       when a clock runs out soon: "80 %" of its limit unless told, or a time before
                      it, such as "1 working day"
WORK_ORDER_BACK_DAYS  how many days back the supply centre may tell that something happened; 400
WORK_ORDER_SWEEP      seconds between two sweeps that tell whose time runs out soon; 30 unless told

Source: X-4, U-1, U-2, U-9
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from chassis import settings
from chassis.calendar import HALF_DAYS, Calendar, Hours
from contracts.maintenance import KINDS
from services.maintenance.model.limits import USUAL, AllTerms, ByKind, Soon, Terms, terms_of
from services.maintenance.opening_hours import CalendarLine
from services.maintenance.ports import Rules


@dataclass(frozen=True)
class Settings:
    """What the process was told at start."""

    rules: Rules
    sweep_every: int  # seconds

    @classmethod
    def read(cls) -> "Settings":
        half_days = settings.read("WORK_ORDER_HALF_DAYS", "bool", default=False)
        hours = CalendarLine(Calendar(_hours(), HALF_DAYS if half_days else {}))
        rules = Rules(
            hours=hours,
            terms=_terms(),
            soon=_soon(hours),
            supply_centre=settings.words("SUPPLY_CENTRE_UNITS"),
            back_days=settings.positive("WORK_ORDER_BACK_DAYS", 400),
        )
        return cls(rules, settings.positive("WORK_ORDER_SWEEP", 30))


def _hours() -> Hours:
    name, text = "WORK_ORDER_HOURS", settings.read("WORK_ORDER_HOURS", default="08:00-16:30")
    try:
        spans = [span.split("-") for span in text.split(",")]
        hours = tuple(
            (time.fromisoformat(a.strip()), time.fromisoformat(b.strip())) for a, b in spans
        )
        Calendar(hours)
    except ValueError as error:
        raise settings.SettingError(name, f"is not opening hours: {error}") from None
    return hours


def _soon(hours: CalendarLine) -> Soon:
    try:
        return Soon.parse(settings.read("WORK_ORDER_SOON", default="80 %"), hours.usual_day)
    except ValueError as error:
        raise settings.SettingError("WORK_ORDER_SOON", f"is {error}") from None


def _terms() -> AllTerms:
    try:
        told = json.loads(settings.read("WORK_ORDER_LIMITS", default="{}"))
        agreements = told.keys() - set(KINDS)
        usual = _by_kind({kind: told[kind] for kind in told.keys() & set(KINDS)}, USUAL)
        return AllTerms(usual, {name: _by_kind(told[name], usual) for name in agreements})
    except (ValueError, AttributeError, TypeError) as error:
        raise settings.SettingError(
            "WORK_ORDER_LIMITS", f"is no table of limits: {error}"
        ) from None


def _by_kind(told: Mapping[str, Mapping[str, Any]], usual: ByKind) -> ByKind:
    if unknown := told.keys() - set(KINDS):
        raise ValueError(f"no kind of work order: {', '.join(sorted(unknown))}")
    return {**usual, **{kind: _terms_of(told[kind], usual.get(kind)) for kind in told}}


def _terms_of(told: Mapping[str, Any], usual: Terms | None) -> Terms:
    if unknown := told.keys() - {"start", "finish"}:
        raise ValueError(f"no limit: {', '.join(sorted(unknown))}")
    known = usual._asdict() if usual else {}
    limits = {name: str(limit) for name, limit in known.items() if limit} | dict(told)
    return terms_of(limits.get("start", ""), limits.get("finish", ""))
