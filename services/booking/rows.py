"""Activities, bookings and holds as rows, and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.booking.model.activity import Activity, ActivityState, Closing
from services.booking.model.booking import Asked, Booking, BookingState, Hold, Wish
from services.booking.tables import SHOWN, activities, bookings, closings, holds

_one = func.json_build_object(
    "closed_at",
    closings.c.closed_at,
    "cause",
    closings.c.cause,
    "reopened_at",
    closings.c.reopened_at,
)
_closings = (
    select(func.json_agg(aggregate_order_by(_one, closings.c.closed_at)))
    .where(closings.c.activity_id == activities.c.id)
    .scalar_subquery()
)

_others, _theirs = activities.alias(), bookings.alias()
_together_with = (
    select(_others.c.work_order_number)
    .join(_theirs, _theirs.c.activity_id == _others.c.id)
    .where(
        _theirs.c.visit_id == bookings.c.visit_id,
        _theirs.c.id != bookings.c.id,
        _theirs.c.state.in_(SHOWN),
    )
    .correlate(bookings)
    .limit(1)
    .scalar_subquery()
)

#: Every column of an activity, and of the booking joined to it.
ACTIVITY_COLUMNS = [
    *activities.c,
    _closings.label("closings"),
    _together_with.label("booking_together_with"),
    *(column.label(f"booking_{column.name}") for column in bookings.c),
]
HOLD_COLUMNS = [column.label(f"hold_{column.name}") for column in holds.c]


def activity(row: Row[Any]) -> Activity:
    return Activity(
        id=row.id,
        work_order_number=row.work_order_number,
        unit=row.unit,
        prescriber=row.prescriber,
        registered_at=row.registered_at,
        due_at=row.due_at,
        window=row.window_rule,
        state=ActivityState(row.state),
        cause=row.cause,
        closed_at=row.closed_at,
        started_at=row.started_at,
        principal=row.principal,
        agreement=row.agreement,
        iso_code=row.iso_code,
        proposed_product_id=row.proposed_product_id,
        closings=tuple(_closing(one) for one in row.closings or ()),
        booking=None if row.booking_id is None else _booking(row),
        version=row.version,
    )


def _closing(written: dict[str, Any]) -> Closing:
    reopened = written["reopened_at"]
    return Closing(
        datetime.fromisoformat(written["closed_at"]),
        written["cause"],
        reopened and datetime.fromisoformat(reopened),
    )


def _booking(row: Row[Any]) -> Booking:
    return Booking(
        id=row.booking_id,
        hold_key=row.booking_hold_key,
        start=row.booking_starts_at,
        end=row.booking_ends_at,
        telephone=row.booking_telephone,
        booked_by=row.booking_booked_by,
        asked=Asked(
            row.booking_asked_command_id,
            bytes(row.booking_asked_mark),
            row.booking_asked_by,
            row.booking_asked_at,
        ),
        state=BookingState(row.booking_state),
        scheduler_id=row.booking_scheduler_id,
        place_id=row.booking_place_id,
        service_product_id=row.booking_service_product_id,
        place_name=row.booking_place_name,
        service_product_name=row.booking_service_product_name,
        consultant_name=row.booking_consultant_name,
        booked_at=row.booking_booked_at,
        cancelled_at=row.booking_cancelled_at,
        sequence=row.booking_sequence,
        wish=_wish(row),
        rebookings=row.booking_rebookings,
        rebooked_at=row.booking_rebooked_at,
        outcome_at=row.booking_outcome_at,
        outcome_by=row.booking_outcome_by,
        outcome_note=row.booking_outcome_note,
        follow_up=row.booking_follow_up,
        visit_id=row.booking_visit_id,
        together_with=row.booking_together_with,
    )


def _wish(row: Row[Any]) -> Wish | None:
    if row.booking_wished_start is None:
        return None
    return Wish(
        row.booking_wished_start, row.booking_wished_consultant_id, row.booking_wished_cause
    )


def hold(row: Row[Any]) -> Hold:
    return Hold(
        id=row.hold_id,
        activity_id=row.hold_activity_id,
        key=row.hold_key,
        place_id=row.hold_place_id,
        service_product_id=row.hold_service_product_id,
        consultant_id=row.hold_consultant_id,
        start=row.hold_starts_at,
        end=row.hold_ends_at,
        expires_at=row.hold_expires_at,
        held_by=row.hold_held_by,
        extensions=row.hold_extensions,
    )


def activity_values(new: Activity) -> dict[str, Any]:
    """What of an activity may change; its version apart."""
    return {
        "due_at": new.due_at,
        "window_rule": new.window,
        "started_at": new.started_at,
        "state": new.state.value,
        "cause": new.cause,
        "closed_at": new.closed_at,
    }


def booking_values(booking: Booking, owner: Activity) -> dict[str, Any]:
    """All of a booking, except when the scheduler was asked: that the database's clock says."""
    wish = booking.wish
    return {
        "id": booking.id,
        "activity_id": owner.id,
        "state": booking.state.value,
        "hold_key": booking.hold_key,
        "scheduler_id": booking.scheduler_id,
        "place_id": booking.place_id,
        "service_product_id": booking.service_product_id,
        "starts_at": booking.start,
        "ends_at": booking.end,
        "telephone": booking.telephone,
        "place_name": booking.place_name,
        "service_product_name": booking.service_product_name,
        "consultant_name": booking.consultant_name,
        "booked_by": booking.booked_by,
        "booked_at": booking.booked_at,
        "cancelled_at": booking.cancelled_at,
        "sequence": booking.sequence,
        "wished_start": wish.start if wish else None,
        "wished_consultant_id": wish.consultant_id if wish else None,
        "wished_cause": wish.cause if wish else None,
        "rebookings": booking.rebookings,
        "rebooked_at": booking.rebooked_at,
        "outcome_at": booking.outcome_at,
        "outcome_by": booking.outcome_by,
        "outcome_note": booking.outcome_note,
        "follow_up": booking.follow_up,
        "visit_id": booking.visit_id,
        "asked_command_id": booking.asked.command_id,
        "asked_mark": booking.asked.mark,
        "asked_by": booking.asked.by,
    }


def hold_values(new: Hold) -> dict[str, Any]:
    return {
        "id": new.id,
        "activity_id": new.activity_id,
        "key": new.key,
        "place_id": new.place_id,
        "service_product_id": new.service_product_id,
        "consultant_id": new.consultant_id,
        "starts_at": new.start,
        "ends_at": new.end,
        "expires_at": new.expires_at,
        "held_by": new.held_by,
        "extensions": new.extensions,
    }
