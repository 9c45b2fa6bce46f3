"""How long an activity stays open without a booked time, as the setting says it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from chassis.calendar import STOCKHOLM, Calendar, Unit
from services.booking.model.activity import Activity

FORM = re.compile(r"([1-9]\d{0,4}) (working day|day|hour|minute|second)s?")
SWEDISH = {
    "working day": ("arbetsdag", "arbetsdagar"),
    "day": ("dag", "dagar"),
    "hour": ("timme", "timmar"),
    "minute": ("minut", "minuter"),
    "second": ("sekund", "sekunder"),
}
DAYS = {"working day": Unit.WORKING, "day": Unit.CALENDAR}
_calendar = Calendar()


@dataclass(frozen=True)
class Window:
    """A number of days keeps the wall-clock time; shorter ones are time elapsed.

    Args:
        rule: in Swedish; stored beside every instant computed by it.

    Source: B-6, X-5
    """

    rule: str
    end_after: Callable[[datetime], datetime]

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read "3 days", "3 working days", "20 seconds" and the like.

        Raises:
            ValueError: it is none of these.
        """
        found = FORM.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"not a time such as 3 days, 3 working days or 20 seconds: {text!r}")
        count, unit = int(found[1]), found[2]
        rule = f"{count} {SWEDISH[unit][count != 1]}"
        if unit in DAYS:
            return cls(rule, lambda start: _calendar.add_days(start, count, DAYS[unit]))
        span = timedelta(**{f"{unit}s": count})
        return cls(rule, lambda start: start + span)


@dataclass(frozen=True)
class Windows:
    """The window of each agreement that has one of its own, and the usual one.

    Args:
        restart: whether a cancelled booking starts a new window, or the old one goes on.

    Source: B-6, X-5
    """

    usual: Window
    by_agreement: Mapping[str, Window] = field(default_factory=dict)
    restart: bool = True

    def of(self, agreement: str | None) -> Window:
        return self.by_agreement.get(agreement or "", self.usual)

    def start(self, activity: Activity, now: datetime) -> None:
        window = self.of(activity.agreement)
        activity.restart(now, window.end_after(now), window.rule)


def span(text: str) -> timedelta:
    """Read "24 hours", "30 minutes" and the like; days are of 24 hours.

    Raises:
        ValueError: it is none of these.
    """
    found = FORM.fullmatch(text.strip())
    if found is None or found[2] == "working day":
        raise ValueError(f"not a time such as 24 hours: {text!r}")
    return timedelta(**{f"{found[2]}s": int(found[1])})


def midnight(day: date) -> datetime:
    """The instant at which a day begins in Sweden."""
    return datetime.combine(day, time(), STOCKHOLM)
