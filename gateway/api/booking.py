"""Activities, places, free times, holds and bookings: asked of booking."""

from datetime import date, datetime
from typing import Any

from marshmallow import fields

from chassis.calendar import STOCKHOLM
from contracts.booking import ListFreeTimes
from contracts.errors import booking as errors
from contracts.errors.booking_pilot import NOT_CONNECTED
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from gateway.api.operations import Operation
from gateway.bus import Booking

DAYS_SHOWN = 14  # of free times, unless a last day is told
LARGEST_ID = (1 << 31) - 1
_ID = f"int(max={LARGEST_ID})"


class FreeTimesRequest(ListFreeTimes):
    """Which days, and with whom."""

    class Meta(ListFreeTimes.Meta):
        exclude = ("place_id", "service_product_id")

    first_day = fields.Date(metadata={"description": "i dag, om inget anges"})
    last_day = fields.Date(metadata={"description": "13 dagar senare, om inget anges"})


def with_days(sent: dict[str, Any]) -> dict[str, Any]:
    """The question with the days that it does not tell: from today on, two weeks."""
    sent.setdefault("first_day", datetime.now(STOCKHOLM).date().isoformat())
    last = date.fromisoformat(sent["first_day"]).toordinal() + DAYS_SHOWN - 1
    sent.setdefault("last_day", date.fromordinal(min(last, date.max.toordinal())).isoformat())
    return sent


ACTIVITIES = (
    Operation(
        http="GET",
        path="/activities",
        calls=Booking.list_activities,
        summary="Lista enhetens konsultationsaktiviteter",
        text="The consultation activities of your unit; those that close first come first, unless"
        " `sort` says otherwise.",
    ),
    Operation(
        http="GET",
        path="/activities/<uuid:id>",
        path_fields={"id": "activity_id"},
        calls=Booking.get_activity,
        summary="Visa en konsultationsaktivitet",
        text="One activity: its state, until when it stays open, and its booking.",
        refuses=(NOT_FOUND,),
    ),
    Operation(
        http="POST",
        path="/activities/<uuid:id>/reopening",
        path_fields={"id": "activity_id"},
        calls=Booking.reopen_activity,
        summary="Öppna en avslutad aktivitet igen",
        text="Opens a closed activity again, with a new window; its closing stays in the history.",
        status=201,
        refuses=(
            ROLE_MAY_NOT,
            NOT_FOUND,
            errors.ACTIVITY_NOT_CLOSED,
            CHANGED_MEANWHILE,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="GET",
        path="/unbooked-activities",
        calls=Booking.count_unbooked,
        summary="Räkna aktiviteter som avslutats utan bokning",
        text="How many activities closed without a booking, by month, unit and product area; the"
        " last twelve months unless told. For coordinators (their principal), managers (their"
        " unit) and the supply centre (everybody).",
        refuses=(ROLE_MAY_NOT,),
    ),
)
PLACES = (
    Operation(
        http="GET",
        path="/places",
        calls=Booking.list_places,
        summary="Lista orter",
        text="The places (orter) that have consultations.",
    ),
    Operation(
        http="GET",
        path=f"/places/<{_ID}:place>/service-products",
        path_fields={"place": "place_id"},
        calls=Booking.list_service_products,
        summary="Lista en orts tjänsteprodukter",
        text="The service products (tjänsteprodukter) of one place.",
        refuses=(errors.PLACE_UNKNOWN,),
    ),
    Operation(
        http="GET",
        path=f"/places/<{_ID}:place>/service-products/<{_ID}:product>/free-times",
        path_fields={"place": "place_id", "product": "service_product_id"},
        calls=Booking.list_free_times,
        takes=FreeTimesRequest,
        complete=with_days,
        summary="Lista lediga tider",
        text="Free times, both days included; two weeks from today unless told, at most 62 days."
        " With `other_service_product_id`, those long enough for two work orders in one visit.",
        refuses=(
            errors.PLACE_UNKNOWN,
            errors.SERVICE_PRODUCT_UNKNOWN,
            errors.CONSULTANT_UNKNOWN,
        ),
    ),
)
HOLDS = (
    Operation(
        http="GET",
        path="/holds",
        calls=Booking.list_holds,
        summary="Lista tiderna du håller",
        text="The times that you hold now, each for a work order of its own.",
        refuses=(ROLE_MAY_NOT,),
    ),
    Operation(
        http="POST",
        path="/holds",
        calls=Booking.hold_time,
        summary="Håll en ledig tid",
        text="Keeps a free time for you while you fill in the booking. What you held for the same"
        " consultation before is let go.",
        status=201,
        refuses=(
            ROLE_MAY_NOT,
            NOT_CONNECTED,
            NOT_FOUND,
            errors.SERVICE_PRODUCT_UNKNOWN,
            errors.CONSULTANT_UNKNOWN,
            errors.ACTIVITY_CLOSED,
            errors.ACTIVITY_BOOKED,
            errors.ACTIVITY_STATE,
            errors.SLOT_TAKEN,
            errors.SLOT_IN_THE_PAST,
            errors.SLOT_NOT_OPEN,
            errors.TOO_MANY_HOLDS,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="POST",
        path="/holds/<uuid:id>/extensions",
        path_fields={"id": "hold_id"},
        calls=Booking.extend_hold,
        summary="Håll en tid längre",
        text="Keeps a held time longer while you are still filling in; so many times at most.",
        status=201,
        refuses=(
            ROLE_MAY_NOT,
            NOT_FOUND,
            errors.ACTIVITY_CLOSED,
            errors.ACTIVITY_BOOKED,
            errors.ACTIVITY_STATE,
            errors.HOLD_EXPIRED,
            errors.HELD_LONG_ENOUGH,
            errors.SLOT_TAKEN,
            errors.SLOT_NOT_OPEN,
            CHANGED_MEANWHILE,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="DELETE",
        path="/holds/<uuid:id>",
        path_fields={"id": "hold_id"},
        calls=Booking.release_hold,
        summary="Släpp en hållen tid",
        text="Lets go of a held time; one that is no longer held is no error.",
        status=204,
        refuses=(ROLE_MAY_NOT, NOT_FOUND),
    ),
)
BOOKINGS = (
    Operation(
        http="POST",
        path="/bookings",
        calls=Booking.book_time,
        summary="Boka en hållen tid",
        text="Books the time that you hold. Work order number and telephone are mandatory. A"
        " confirmation with a calendar entry comes by mail. With `together_with`, two work orders"
        " in one visit: both times are booked, or neither; the answer is the earlier booking.",
        status=201,
        location="/api/v1/bookings/{booking_id}",
        refuses=(
            ROLE_MAY_NOT,
            NOT_FOUND,
            errors.WORK_ORDER_NOT_OPEN,
            errors.ACTIVITY_CLOSED,
            errors.ACTIVITY_BOOKED,
            errors.ACTIVITY_STATE,
            errors.SLOT_TAKEN,
            errors.SLOT_IN_THE_PAST,
            errors.HOLD_EXPIRED,
            errors.TELEPHONE_WRONG,
            errors.VISIT_APART,
            errors.VISIT_OF_ONE,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="GET",
        path="/bookings/<uuid:id>",
        path_fields={"id": "booking_id"},
        calls=Booking.get_booking,
        summary="Visa en bokning",
        text="One booked or cancelled consultation.",
        refuses=(NOT_FOUND,),
    ),
    Operation(
        http="POST",
        path="/bookings/<uuid:id>/rebookings",
        path_fields={"id": "booking_id"},
        calls=Booking.rebook_time,
        summary="Omboka",
        text="Moves a booked time to another, at the same place and for the same service product."
        " The old time is kept until the new one is had; the calendar entry follows. Of two work"
        " orders in one visit the other keeps its time, unless `whole_visit` is told: then it"
        " follows at the same distance.",
        status=201,
        refuses=(
            ROLE_MAY_NOT,
            NOT_FOUND,
            errors.BOOKING_STATE,
            errors.REBOOKED_ENOUGH,
            errors.SLOT_TAKEN,
            errors.SLOT_IN_THE_PAST,
            errors.SLOT_NOT_OPEN,
            CHANGED_MEANWHILE,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="POST",
        path="/bookings/<uuid:id>/outcome",
        path_fields={"id": "booking_id"},
        calls=Booking.record_outcome,
        summary="Notera hur besöket gick",
        text="Notes that a visit was held, or that nobody came; by the prescriber's unit or a"
        " consultant of the supply centre. A follow-up opens a new work order.",
        status=201,
        refuses=(
            ROLE_MAY_NOT,
            NOT_FOUND,
            errors.BOOKING_STATE,
            errors.VISIT_TO_COME,
            CHANGED_MEANWHILE,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="POST",
        path="/bookings/<uuid:id>/cancellation",
        path_fields={"id": "booking_id"},
        calls=Booking.cancel_booking,
        summary="Avboka",
        text="Gives a booked time back; the activity's clock starts anew. Of two work orders in one"
        " visit the other keeps its time, unless `whole_visit` is told.",
        status=201,
        refuses=(ROLE_MAY_NOT, NOT_FOUND, errors.BOOKING_STATE, CHANGED_MEANWHILE, KEY_REUSED),
    ),
)
