"""When consultants are on duty: weekly windows, less the days that are closed.

Source: B-13 (bookable times are limited to parts of the day).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from services.booking.local_scheduler.model.free_times import Interval

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True)
class Window:
    """A part of a weekday, in local time, in which one consultant takes visits."""

    staff: int
    weekday: int  # 1 is Monday, as in ISO 8601
    starts: time
    ends: time
    first_day: date = date.min
    last_day: date = date.max

    def on(self, day: date) -> Interval:
        """The window on that day, in seconds since 1970."""
        return _seconds(day, self.starts), _seconds(day, self.ends)


def shifts(
    windows: Iterable[Window], first_day: date, last_day: date, closed: Collection[date]
) -> dict[int, list[Interval]]:
    """Each consultant's working time from `first_day` to `last_day`, both included."""
    open_days: dict[int, list[date]] = {}
    for day in days(first_day, last_day):
        if day not in closed:
            open_days.setdefault(day.isoweekday(), []).append(day)
    result: dict[int, list[Interval]] = {}
    for window in windows:
        for day in open_days.get(window.weekday, ()):
            if window.first_day <= day <= window.last_day:
                result.setdefault(window.staff, []).append(window.on(day))
    return result


def days(first_day: date, last_day: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]


@lru_cache(maxsize=10_000)  # many consultants begin and end at the same time
def _seconds(day: date, at: time) -> int:
    return int(datetime.combine(day, at, STOCKHOLM).timestamp())
