"""Calendar entries against files that were read by eye once; a change of them is a decision."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from icalendar import Calendar

from services.booking import calendar_entry
from services.booking.model.activity import Activity, ActivityState
from services.booking.model.booking import Asked, Booking, BookingState
from tests.unit.booking.world import PRESCRIBER, START, UNIT

GOLDEN = Path(__file__).parent / "golden"
BOOKED_AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
STARTS = {  # UTC; the same wall-clock time on both sides of the change
    "before-summer-time": datetime(2026, 3, 27, 7, 30, tzinfo=UTC),
    "after-summer-time": datetime(2026, 3, 30, 6, 30, tzinfo=UTC),
    "before-winter-time": datetime(2026, 10, 23, 6, 30, tzinfo=UTC),
    "after-winter-time": datetime(2026, 10, 26, 7, 30, tzinfo=UTC),
}


def booked(start: datetime) -> Activity:
    asked = Asked(UUID(int=1), b"", PRESCRIBER.hsa_id, BOOKED_AT)
    booking = Booking(
        id=UUID("6f1c9a52-3d0e-4a77-9a1b-0c2f5f0e8d11"),
        hold_key="key",
        start=start,
        end=start + timedelta(minutes=45),
        telephone="+46701740605",
        booked_by=PRESCRIBER.hsa_id,
        asked=asked,
        state=BookingState.BOOKED,
        scheduler_id=7,
        place_name="Borås",
        service_product_name="Förväntningssamtal, rullstol och manuellt drivaggregat",
        consultant_name="Anna Berg",
        booked_at=BOOKED_AT,
    )
    return Activity(
        id=UUID(int=2),
        work_order_number="1042001",
        unit=UNIT,
        prescriber=PRESCRIBER.hsa_id,
        registered_at=START,
        due_at=START + timedelta(days=3),
        window="3 dagar",
        state=ActivityState.BOOKED,
        booking=booking,
    )


def cancelled(start: datetime) -> Activity:
    activity = booked(start)
    activity.current.enter(BookingState.CANCELLING)
    activity.cancel(BOOKED_AT + timedelta(days=1))
    return activity


def written(activity: Activity) -> str:
    return calendar_entry.entry(activity, PRESCRIBER.hsa_id, "bokning@rampen.example")[1].decode()


@pytest.mark.rule("B-11")
@pytest.mark.parametrize("when", STARTS)
def test_a_booking_is_a_request(when):
    golden = (GOLDEN / f"request-{when}.ics").read_bytes().decode()

    assert written(booked(STARTS[when])) == golden


@pytest.mark.rule("B-12")
@pytest.mark.parametrize("when", STARTS)
def test_a_cancelled_booking_takes_its_request_back(when):
    golden = (GOLDEN / f"cancel-{when}.ics").read_bytes().decode()

    assert written(cancelled(STARTS[when])) == golden


@pytest.mark.parametrize("when", STARTS)
def test_another_reader_finds_the_same_instant(when):
    read = Calendar.from_ical(written(booked(STARTS[when])))
    zone, event = read.subcomponents
    start = event.decoded("dtstart")

    assert (start.hour, start.minute) == (8, 30)
    local = start.replace(tzinfo=zone.to_tz())  # by the file's own time zone
    assert local.astimezone(UTC) == STARTS[when]


def test_it_is_what_calendars_need_to_recognise_it_again():
    request, cancel = (
        Calendar.from_ical(written(one(STARTS["after-summer-time"]))) for one in (booked, cancelled)
    )

    assert [request["method"], cancel["method"]] == ["REQUEST", "CANCEL"]
    assert [part.name for part in request.subcomponents] == ["VTIMEZONE", "VEVENT"]
    first, second = request.events[0], cancel.events[0]
    assert first["uid"] == second["uid"] == "6f1c9a52-3d0e-4a77-9a1b-0c2f5f0e8d11@rampen"
    assert [first["sequence"], second["sequence"]] == [0, 1]
    assert first["organizer"] == "mailto:bokning@rampen.example"
    assert first["attendee"].params["CN"] == PRESCRIBER.hsa_id


def test_no_line_is_longer_than_75_octets():
    lines = written(booked(STARTS["after-summer-time"])).encode().split(b"\r\n")

    assert max(map(len, lines)) <= 75
