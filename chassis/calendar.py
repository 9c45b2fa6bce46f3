"""The Swedish working calendar (Swedish: arbetskalender): its days and opening hours.

Instants are aware; what comes back is in UTC. Wall-clock time is that of Europe/Stockholm.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

Hours = tuple[tuple[time, time], ...]

SERVICE_WINDOW: Hours = ((time(8), time(16, 30)),)  # Source: U-9
CUSTOMER_SERVICE: Hours = ((time(8), time(12)), (time(13), time(16, 30)))  # Source: A-7
WEBSESAM_SUPPORT: Hours = ((time(8), time(12)),)  # Source: A-8

# The eves on which offices often close early. No rule of the region's says that its own do, so a
# calendar has no half days unless it is given this table or another.
HALF_DAYS: Mapping[str, time] = {
    "Trettondagsafton": time(14),
    "Skärtorsdagen": time(14),
    "Valborgsmässoafton": time(14),
    "Allahelgonsafton": time(14),
}


class Unit(StrEnum):
    """What a number of days counts."""

    CALENDAR = "calendar"  # dagar
    WORKING = "working"  # vardagar, arbetsdagar


@dataclass(frozen=True)
class _Year:
    """One year laid out in order of time, so that every question is a search."""

    days: list[int]  # ordinals of the working days
    opens: list[datetime]
    closes: list[datetime]
    worked: list[timedelta]  # before each opening; last, in the whole year

    def worked_until(self, instant: datetime) -> timedelta:
        i = bisect_right(self.opens, instant) - 1
        if i < 0:
            return timedelta()
        return self.worked[i] + min(instant, self.closes[i]) - self.opens[i]

    def when_worked(self, spent: timedelta) -> datetime:
        """The earliest instant of the year at which `spent` has been worked."""
        i = bisect_left(self.worked, spent) - 1
        return self.opens[i] + spent - self.worked[i]


@dataclass(frozen=True)
class Calendar:
    """Which days are worked, and from when to when.

    Midsummer Eve, Christmas Eve and New Year's Eve count as holidays.

    Args:
        opening: the hours of every working day, in order.
        half_days: the hour at which it closes on an eve, by the eve's Swedish name in the bank
            calendar of the library `holidays`; `HALF_DAYS` is a common choice.

    Source: U-9; Lag (1930:173) 2 § lists the same days
    """

    opening: Hours = SERVICE_WINDOW
    half_days: Mapping[str, time] = field(default_factory=dict)
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        edges = [edge for hours in self.opening for edge in hours]
        if not edges or edges != sorted(set(edges)):
            raise ValueError("opening hours must follow each other without overlap")
        if unknown := self.half_days.keys() - set(_eves(2000).values()):
            raise ValueError(f"not an eve of the bank calendar: {', '.join(sorted(unknown))}")

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is neither Saturday, Sunday nor holiday; a half day is a working day."""
        return day.weekday() < 5 and day not in _holidays(day.year)

    def shift(self, day: date, days: int, unit: Unit) -> date:
        """The date `days` after `day`, or before it when negative.

        In working days, the first is the next one, also from a day that is not worked.
        """
        if unit is Unit.CALENDAR or days == 0:
            return day + timedelta(days)
        worked, today = self._year(day.year).days, day.toordinal()
        at = days + (bisect_right(worked, today) - 1 if days > 0 else bisect_left(worked, today))
        if at >= len(worked):  # neither 1 January nor 31 December is worked
            return self.shift(date(day.year + 1, 1, 1), at - len(worked) + 1, unit)
        if at < 0:
            return self.shift(date(day.year - 1, 12, 31), at, unit)
        return date.fromordinal(worked[at])

    def add_days(self, instant: datetime, days: int, unit: Unit = Unit.CALENDAR) -> datetime:
        """The same wall-clock time `days` later: 71 or 73 h for three days when the clocks change.

        A time that does not exist moves an hour forward; of one that repeats, the first is meant.

        Source: X-1, X-5
        """
        instant = _utc(instant)
        if days == 0:
            return instant
        local = instant.astimezone(STOCKHOLM)
        return _instant(self.shift(local.date(), days, unit), local.time())

    def add_working_time(self, instant: datetime, duration: timedelta) -> datetime:
        """The earliest instant by which `duration` of opening hours has passed since `instant`.

        Source: X-4
        """
        if duration < timedelta():
            raise ValueError("working time is added, not taken away")
        instant = _utc(instant)
        if not duration:
            return instant
        at = _year_of(instant)
        target = self._year(at).worked_until(instant) + duration
        while target > (whole := self._year(at).worked[-1]):
            at, target = at + 1, target - whole
        return self._year(at).when_worked(target)

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """The opening hours from `start` to `end`; negative when `end` comes first."""
        start, end = _utc(start), _utc(end)
        if end < start:
            return -self.working_time_between(end, start)
        first, last = _year_of(start), _year_of(end)
        whole = sum((self._year(at).worked[-1] for at in range(first, last)), timedelta())
        return whole + self._year(last).worked_until(end) - self._year(first).worked_until(start)

    def open_now(self, instant: datetime) -> bool:
        """Whether it is open: from the opening hour up to, but not at, the closing hour."""
        return self.next_opening(instant) == _utc(instant)

    def next_opening(self, instant: datetime) -> datetime:
        """The earliest instant from `instant` on at which it is open: itself, when open."""
        instant = _utc(instant)
        at = _year_of(instant)
        i = bisect_right(self._year(at).closes, instant)
        if i == len(self._year(at).closes):
            return self.next_opening(_instant(date(at + 1, 1, 1), time()))
        return max(self._year(at).opens[i], instant)

    def _year(self, year: int) -> _Year:
        if (known := self._years.get(year)) is None:
            known = self._years[year] = self._lay_out(year)
        return known

    def _lay_out(self, year: int) -> _Year:
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        days = [n for n in range(first, last + 1) if self.is_working_day(date.fromordinal(n))]
        spans = [span for n in days for span in self._spans(date.fromordinal(n))]
        worked = accumulate((b - a for a, b in spans), initial=timedelta())
        return _Year(days, [a for a, _ in spans], [b for _, b in spans], list(worked))

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        close = self.half_days.get(_eves(day.year).get(day, ""), time.max)
        for opens, closes in self.opening:
            if opens < close:
                yield _instant(day, opens), _instant(day, min(closes, close))


def _utc(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)


def _year_of(instant: datetime) -> int:
    return instant.astimezone(STOCKHOLM).year


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(_sweden(year, ("public", "de_facto")))


@cache
def _eves(year: int) -> dict[date, str]:
    return {day: name.partition(" (")[0] for day, name in _sweden(year, ("bank",)).items()}


def _sweden(year: int, categories: tuple[str, ...]) -> Mapping[date, str]:
    """The library's holidays; it brings all countries, so only who needs them pays the 43 MB."""
    from holidays.countries.sweden import Sweden

    return Sweden(years=year, categories=categories, language="sv")
