"""A booked consultation as an entry in the prescriber's calendar.

One booking has one UID for ever; each change is one SEQUENCE more. The attendee is named by HSA-ID:
her address is not known until the mail is sent, and is then on the mail itself.

Source: RFC 5545, RFC 5546
"""

from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from services.booking.model.activity import Activity
from services.booking.model.booking import BookingState
from services.booking.zoezi_time import STOCKHOLM

ZONE = "Europe/Stockholm"
NO_ADDRESS = "invalid:nomail"


def entry(activity: Activity, attendee: str, organizer: str) -> tuple[str, bytes]:
    """The method and the text of the entry: REQUEST while it is booked, CANCEL once it is not."""
    cancelled = activity.current.state is BookingState.CANCELLED
    method = "CANCEL" if cancelled else "REQUEST"
    calendar = Calendar()
    calendar.add("prodid", "-//Rampen//Bokning//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_timezone())
    event = _event(activity)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    event.add("attendee", _attendee(attendee))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar.add_component(event)
    return method, calendar.to_ical()


def _event(activity: Activity) -> Event:
    booking = activity.current
    event = Event()
    event.add("uid", f"{booking.id}@rampen")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", booking.cancelled_at or booking.booked_at)
    event.add("dtstart", booking.start.astimezone(STOCKHOLM))
    event.add("dtend", booking.end.astimezone(STOCKHOLM))
    event.add("summary", f"Konsultation: {booking.service_product_name}")
    event.add("location", f"Hjälpmedelscentralen, {booking.place_name}")
    event.add("description", description(activity))
    return event


def description(activity: Activity) -> str:
    booking = activity.current
    return (
        f"Arbetsorder: {activity.work_order_number}\n"
        f"Tjänsteprodukt: {booking.service_product_name}\n"
        f"Ort: {booking.place_name}\n"
        f"Konsulent: {booking.consultant_name}\n"
        f"Telefon som du nås på: {booking.telephone}"
    )


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
