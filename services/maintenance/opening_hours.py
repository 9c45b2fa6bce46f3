"""The opening hours laid out in one line, so that each question of a clock is one search."""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta

from chassis.calendar import STOCKHOLM, Calendar, Unit
from services.maintenance.model.limits import Limit, LimitUnit

FIRST_YEAR = 2020  # nothing before it is asked for
ZERO = timedelta()


class CalendarLine:
    """The port `OpeningHours` over the working calendar; later years are laid out when met.

    Source: X-4, U-9
    """

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._opens: list[datetime] = []
        self._closes: list[datetime] = []
        self._worked: list[timedelta] = [ZERO]  # before each opening; last, in all
        self._days: list[datetime] = []  # the midnights that working days begin at
        self._day_of: list[int] = []  # of each opening
        self._next_year = FIRST_YEAR
        self._until = self._lay_out_a_year()

    def position(self, instant: datetime) -> timedelta:
        if instant.tzinfo is not UTC:
            instant = instant.astimezone(UTC)
        while instant >= self._until:
            self._until = self._lay_out_a_year()
        at = bisect_right(self._opens, instant) - 1
        if at < 0:
            return ZERO
        return self._worked[at] + min(instant, self._closes[at]) - self._opens[at]

    def reached(self, position: timedelta) -> datetime:
        while position > self._worked[-1]:
            self._until = self._lay_out_a_year()
        at = max(bisect_left(self._worked, position) - 1, 0)
        return self._opens[at] + (position - self._worked[at])

    def length(self, limit: Limit, begins: datetime) -> timedelta:
        """Days begin to count when it is open: those of a report by night, next morning."""
        if limit.unit is LimitUnit.WORKING_HOUR:
            return timedelta(hours=limit.count)
        if limit.unit is LimitUnit.DAY:
            ends = self._calendar.add_days(begins, limit.count, Unit.CALENDAR)
            return self.position(ends) - self.position(begins)
        return self._working_days(limit.count, begins)

    @property
    def usual_day(self) -> timedelta:
        """The opening hours of a day that is not a half day."""
        spans = ((_since_midnight(a), _since_midnight(b)) for a, b in self._calendar.opening)
        return sum((closes - opens for opens, closes in spans), ZERO)

    def _working_days(self, count: int, begins: datetime) -> timedelta:
        """The clocks change on Sundays alone: within a working day, time elapses as on the wall."""
        begun = self.position(begins)
        while (at := bisect_right(self._closes, begins)) == len(self._closes):
            self._until = self._lay_out_a_year()
        day = self._day_of[at]
        while day + count >= len(self._days):
            self._until = self._lay_out_a_year()
        since_midnight = max(self._opens[at], begins) - self._days[day]
        return self.position(self._days[day + count] + since_midnight) - begun

    def _lay_out_a_year(self) -> datetime:
        """Add a year; return the instant at which the next one begins."""
        year, self._next_year = self._next_year, self._next_year + 1
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
            day = date.fromordinal(ordinal)
            if self._calendar.is_working_day(day):
                self._add_day(day)
        return _instant(date(year + 1, 1, 1), time())

    def _add_day(self, day: date) -> None:
        self._days.append(_instant(day, time()))
        for opens, closes in self._calendar.opening:
            start = _instant(day, opens)
            worked = self._calendar.working_time_between(start, _instant(day, closes))
            if worked:  # nothing, after the hour at which a half day closes
                self._opens.append(start)
                self._closes.append(start + worked)
                self._worked.append(self._worked[-1] + worked)
                self._day_of.append(len(self._days) - 1)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
