"""A consultant's visits as a calendar to subscribe to; nothing of a patient is in it.

The same visits give the same text, so that its ETag stays.

Source: B-16
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from services.booking.calendars.busy_times import OURS
from services.booking.ports import Scheduler
from services.booking.refusals import as_contract_errors
from services.booking.schedule import SchedulerBooking

BEFORE, AFTER = timedelta(days=30), timedelta(days=190)
REFRESH = timedelta(minutes=15)


def subscription(scheduler: Scheduler, consultant_id: int, today: date) -> str:
    """The calendar of the consultant's visits around today.

    Raises:
        Unavailable: the scheduler does not answer.
    """
    with as_contract_errors():
        found = scheduler.booked(today - BEFORE, today + AFTER, consultant_id)
    return written([one for one in found if one.consultant_id == consultant_id])


def written(visits: Sequence[SchedulerBooking]) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Rampen//Konsultationer//SV")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Konsultationer")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for visit in sorted(visits, key=lambda one: (one.start, one.id)):
        calendar.add_component(_event(visit))
    return calendar.to_ical().decode()


def _event(visit: SchedulerBooking) -> Event:
    event = Event()
    event.add("uid", f"{visit.id}{OURS}")
    event.add("dtstamp", _stamp(visit.start))
    event.add("dtstart", visit.start)
    event.add("dtend", visit.end)
    event.add("summary", f"Konsultation: {visit.service_product_name}")
    event.add("location", visit.place_name)
    event.add("transp", "OPAQUE")
    if visit.work_order_number:
        event.add("description", f"Arbetsorder: {visit.work_order_number}")
    return event


def _stamp(start: datetime) -> datetime:
    """When the entry was made is not known; what never changes keeps the text the same."""
    return start
