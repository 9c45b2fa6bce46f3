"""What the scheduler offers: services and staff against working plans and what occupies them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from chassis.calendar import Calendar as WorkingCalendar
from services.booking.local_scheduler.model import free_times as sweep
from services.booking.local_scheduler.model.errors import Refused, SlotTaken
from services.booking.local_scheduler.model.free_times import FreeTime, Interval, Visit
from services.booking.local_scheduler.model.working_plan import days, shifts
from services.booking.local_scheduler.repository import NOTHING, Calendar, Leaving, Service, Wish
from services.booking.zoezi_time import STOCKHOLM, can_be_written

HORIZON = timedelta(days=92)  # the longest period that is searched at once

_working_days = WorkingCalendar()


@dataclass(frozen=True)
class Wanted:
    """One booking as a client asks for it."""

    service_id: int
    site_id: int
    start: datetime
    staff_id: int | None = None  # none: the least occupied of those who are free
    extended_info: Mapping[str, Any] = field(default_factory=dict)

    @property
    def wish(self) -> Wish:
        staff = () if self.staff_id is None else (self.staff_id,)
        return Wish((self.service_id,), self.site_id, staff)

    @property
    def day(self) -> date:
        return self.start.astimezone(STOCKHOLM).date()

    @property
    def seconds(self) -> int:
        return int(self.start.timestamp())


@dataclass(frozen=True)
class Offer:
    """What a wish comes to in a period: the visit, and whose time there is for it."""

    services: list[Service]
    visit: Visit
    shifts: sweep.Intervals
    busy: sweep.Intervals

    @property
    def title(self) -> str:
        return ", ".join(service.name for service in self.services)

    @property
    def notice(self) -> int:
        return max(service.notice for service in self.services)

    @property
    def horizon(self) -> float:
        return min(service.horizon for service in self.services)


def offer(
    calendar: Calendar,
    wish: Wish,
    first_day: date,
    last_day: date,
    leaving: Leaving = NOTHING,
) -> Offer | None:
    """Who works when, and what occupies them; None if the site does not offer the services."""
    last_day = min(last_day, first_day + HORIZON)
    services = calendar.services(wish)
    if not services:
        return None
    closed = {day for day in days(first_day, last_day) if is_closed(day)}
    working = shifts(calendar.windows(wish), first_day, last_day, closed)
    busy = calendar.busy(working.keys(), seconds_of(first_day, last_day), leaving)
    return Offer(services, Visit.of([service.visit for service in services]), working, busy)


def find_free_times(
    calendar: Calendar, wish: Wish, first_day: date, last_day: date, now: datetime
) -> tuple[str, list[FreeTime]]:
    """The title of the visit, and when it can start. Source: B-8, B-10, B-13."""
    found = offer(calendar, wish, first_day, last_day)
    if found is None:
        return "", []
    asked = int(now.timestamp())
    free = sweep.free_times(found.shifts, found.busy, found.visit, asked + found.notice)
    near = [one for one in free if one.start <= asked + found.horizon]
    return found.title, [one for one in near if can_be_written(instant(one.start))]


def who_is_free(calendar: Calendar, wish: Wish, start: datetime, now: datetime) -> list[int]:
    """Who can take the visit at this very time."""
    day = start.astimezone(STOCKHOLM).date()
    found = offer(calendar, wish, day, day)
    if found is None or not _is_open(found, start, now):
        return []
    return sweep.free_staff(found.shifts, found.busy, found.visit, int(start.timestamp()))


def choose(
    calendar: Calendar, one: Wanted, now: datetime, leaving: Leaving = NOTHING
) -> tuple[Visit, int]:
    """The visit and its consultant; among several the least occupied that day.

    Raises:
        Refused: the plan has no such time.
        SlotTaken: it has, but nobody is free.
    """
    found = offer(calendar, one.wish, one.day, one.day, leaving)
    if found is None:
        raise Refused("service_unknown", "Orten erbjuder inte tjänsten.")
    if not _is_open(found, one.start, now):
        raise Refused("too_late", "Tiden har passerat, eller ligger för nära eller för långt fram.")
    if not sweep.on_duty(found.shifts, found.visit, one.seconds):
        raise _nobody(calendar, one.wish)
    free = sweep.free_staff(found.shifts, found.busy, found.visit, one.seconds)
    if not free:
        raise SlotTaken
    return found.visit, free[0]


def _is_open(found: Offer, start: datetime, now: datetime) -> bool:
    """Whether the time lies neither too near nor too far ahead."""
    return found.notice <= (start - now).total_seconds() <= found.horizon


def _nobody(calendar: Calendar, wish: Wish) -> Refused:
    """Why nobody takes the visit at all. Source: B-10, B-13."""
    if wish.staff_ids and not calendar.competent(wish):
        return Refused("staff_unknown", "Konsulenten ger inte tjänsten på orten.")
    return Refused("not_on_duty", "Ingen konsulent tar emot bokningar den tiden.")


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def is_closed(day: date) -> bool:
    """Holidays and the eves that count as such; plans say themselves which weekdays they work."""
    return day.weekday() < 5 and not _working_days.is_working_day(day)


def seconds_of(first_day: date, last_day: date) -> Interval:
    """From midnight to midnight, local time; both days included."""
    midnight = datetime.combine(first_day, time(), STOCKHOLM)
    next_midnight = datetime.combine(last_day + timedelta(days=1), time(), STOCKHOLM)
    return int(midnight.timestamp()), int(next_midnight.timestamp())
