"""Activities and bookings as callers see them."""

from typing import Any

from contracts.booking import ActivityView, BookingView, HoldView
from services.booking.model.activity import Activity
from services.booking.model.booking import BookingState, Hold, HoldLimits

Json = dict[str, Any]

#: How a booking's states look from outside; the others are no bookings yet.
SHOWN = {
    BookingState.BOOKED: "booked",
    BookingState.REBOOKING: "booked",
    BookingState.CANCELLING: "booked",
    BookingState.CANCELLED: "cancelled",
    BookingState.HELD: "held",
    BookingState.NO_SHOW: "no_show",
}


def hold(held: Hold, activity: Activity, limits: HoldLimits) -> Json:
    return HoldView.write(
        {
            "hold_id": held.id,
            "activity_id": held.activity_id,
            "work_order_number": activity.work_order_number,
            "start": held.start,
            "end": held.end,
            "expires_at": held.expires_at,
            "extensible": limits.allow_longer(held),
            "suits_proposal": activity.suits(held.service_product_id),
        }
    )


def booking(activity: Activity) -> Json | None:
    """The activity's booking; None while there is only an attempt at one."""
    found = activity.booking
    if found is None or found.state not in SHOWN:
        return None
    return BookingView.write(
        {
            "booking_id": found.id,
            "activity_id": activity.id,
            "work_order_number": activity.work_order_number,
            "place_name": found.place_name,
            "service_product_name": found.service_product_name,
            "consultant_name": found.consultant_name,
            "start": found.start,
            "end": found.end,
            "telephone": found.telephone,
            "state": SHOWN[found.state],
            "place_id": found.place_id,
            "service_product_id": found.service_product_id,
            "suits_proposal": activity.suits(found.service_product_id),
            "rebookings": found.rebookings,
            "outcome_note": found.outcome_note,
            "follow_up": found.follow_up,
            "visit_id": found.visit_id,
            "together_with": found.together_with,
        }
    )


def activity(shown: Activity) -> Json:
    view = ActivityView.write(
        {
            "activity_id": shown.id,
            "work_order_number": shown.work_order_number,
            "state": shown.state.value,
            "registered_at": shown.registered_at,
            "closes_at": shown.closes_at,
            "cause": shown.cause,
            "booking": None,
            "iso_code": shown.iso_code,
            "proposed_service_product_id": shown.proposed_product_id,
            "closings": shown.closings,
        }
    )
    return view | {"booking": booking(shown)}
