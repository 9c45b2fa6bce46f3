"""A meeting as an entry in a person's calendar.

One meeting has one UID for ever; each change is one SEQUENCE more. The attendee is named by HSA-ID:
her address is not known until the mail is sent, and is then on the mail itself.

Source: RFC 5545, RFC 5546
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from chassis.calendar import STOCKHOLM

ZONE = "Europe/Stockholm"
NO_ADDRESS = "invalid:nomail"
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@dataclass(frozen=True)
class Meeting:
    """
    Args:
        product: which part of Rampen the entry comes from.
        uid: the same for ever.
        sequence: how often it has changed.
        changed_at: when it last did.
        cancelled: whether the entry is to go out of the calendar.
    """

    product: str
    uid: str
    sequence: int
    changed_at: datetime | None
    start: datetime
    end: datetime
    summary: str
    location: str
    description: str
    cancelled: bool


def entry(meeting: Meeting, attendee: str, organizer: str) -> tuple[str, bytes]:
    """The method and the text of the entry: REQUEST while it is on, CANCEL once it is not.

    Args:
        attendee: HSA-ID.
        organizer: mail address.
    """
    method = "CANCEL" if meeting.cancelled else "REQUEST"
    calendar = Calendar()
    calendar.add("prodid", f"-//Rampen//{meeting.product}//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_timezone())
    event = _event(meeting)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    event.add("attendee", _attendee(attendee))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    calendar.add_component(event)
    return method, calendar.to_ical()


def swedish_time(instant: datetime) -> str:
    """As in "måndag 2026-05-25 kl. 08:15"."""
    local = instant.astimezone(STOCKHOLM)
    return f"{WEEKDAYS[local.weekday()]} {local:%Y-%m-%d} kl. {local:%H:%M}"


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"{meeting.uid}@rampen")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("dtstart", meeting.start.astimezone(STOCKHOLM))
    event.add("dtend", meeting.end.astimezone(STOCKHOLM))
    event.add("summary", meeting.summary)
    event.add("location", meeting.location)
    event.add("description", meeting.description)
    return event


def _attendee(hsa_id: str) -> vCalAddress:
    address = vCalAddress(NO_ADDRESS)
    address.params.update(
        {
            "CN": hsa_id,
            "CUTYPE": "INDIVIDUAL",
            "ROLE": "REQ-PARTICIPANT",
            "PARTSTAT": "ACCEPTED",
            "RSVP": "FALSE",
        }
    )
    return address


def _timezone() -> Timezone:
    """Central European time, by the rule of the European Union since 1996."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(_half(TimezoneDaylight(), "CEST", "19960331T020000", month=3, hours=(1, 2)))
    zone.add_component(_half(TimezoneStandard(), "CET", "19961027T030000", month=10, hours=(2, 1)))
    return zone


def _half(
    part: TimezoneDaylight | TimezoneStandard,
    name: str,
    first: str,
    month: int,
    hours: tuple[int, int],
) -> TimezoneDaylight | TimezoneStandard:
    """One half of the year: what it is called, when it begins, and the offsets around that."""
    before, after = (timedelta(hours=offset) for offset in hours)
    part.add("dtstart", datetime.strptime(first, "%Y%m%dT%H%M%S"))  # noqa: DTZ007 - local time
    part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
    part.add("tzname", name)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    return part
