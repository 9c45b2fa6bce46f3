"""Consultants' calendars: their secret addresses, and the calendars that are read."""

from contracts.errors import booking_calendars as errors
from contracts.errors.common import KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from gateway.api.operations import Operation
from gateway.bus import Booking

_OWN = (errors.NOT_A_CONSULTANT,)
CALENDARS = (
    Operation(
        http="GET",
        path="/calendar-addresses",
        calls=Booking.list_calendar_addresses,
        summary="Visa din kalenders adress",
        text="Whether your visits have a secret address to subscribe to; not the secret in it.",
        refuses=_OWN,
    ),
    Operation(
        http="POST",
        path="/calendar-addresses",
        calls=Booking.make_calendar_address,
        summary="Skapa en hemlig kalenderadress",
        text="A secret address (iCalendar) that your calendar program subscribes to. It is shown"
        " once, and not to a repetition; the address before leads nowhere from now on. No patient"
        " is named in the calendar.",
        status=201,
        refuses=(*_OWN, KEY_REUSED),
    ),
    Operation(
        http="DELETE",
        path="/calendar-addresses/<uuid:id>",
        path_fields={"id": "address_id"},
        calls=Booking.revoke_calendar_address,
        summary="Återkalla en kalenderadress",
        text="The secret address leads nowhere from now on.",
        status=204,
        refuses=(*_OWN, NOT_FOUND),
    ),
    Operation(
        http="GET",
        path="/calendar-feeds",
        calls=Booking.list_feeds,
        summary="Lista kalendrar som läses",
        text="Your calendars whose busy times block bookings: when they were read, how many periods"
        " they gave, and what was wrong.",
        refuses=_OWN,
    ),
    Operation(
        http="POST",
        path="/calendar-feeds",
        calls=Booking.add_feed,
        summary="Läs en publicerad kalender",
        text="Reads the busy times of your published Outlook or Exchange calendar (iCalendar), and"
        " offers and books no times then. Only addresses on the open net are read.",
        status=201,
        refuses=(*_OWN, errors.FEED_ADDRESS, errors.TOO_MANY_FEEDS, KEY_REUSED),
    ),
    Operation(
        http="POST",
        path="/calendar-feeds/<uuid:id>/reading",
        path_fields={"id": "feed_id"},
        calls=Booking.read_feed,
        summary="Läs kalendern nu",
        text="Has the calendar read with the next sweep instead of when it is due.",
        status=202,
        refuses=(*_OWN, NOT_FOUND, KEY_REUSED),
    ),
    Operation(
        http="DELETE",
        path="/calendar-feeds/<uuid:id>",
        path_fields={"id": "feed_id"},
        calls=Booking.remove_feed,
        summary="Sluta läsa en kalender",
        text="The calendar is read no longer, and its times block no more.",
        status=204,
        refuses=_OWN,
    ),
    Operation(
        http="POST",
        path="/consultants",
        calls=Booking.link_consultant,
        summary="Koppla en konsulent till en person",
        text="Says which person (HSA-ID) a consultant of the booking system is. For the supply"
        " centre's customer service.",
        status=201,
        refuses=(ROLE_MAY_NOT, errors.CONSULTANT_LINKED, KEY_REUSED),
    ),
)
