"""What is repaired without asking anybody.

state_in_ordering  told again what was told last: ordering keeps the newest of what it hears
only_in_scheduler  cancelled there, if it is to come and booking knows its activity as not booked
all others         left to the operator: somebody expects that visit, or a dead letter is to be
                   replayed

What is booked in the scheduler without the id of an activity of ours is nobody's to touch.

Source: B-16
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from services.booking.model.booking import BookingState
from services.booking.model.events import (
    ActivityBooked,
    ActivityCancelled,
    ActivityClosed,
    ActivityRebooked,
    ActivityReopened,
)
from services.booking.model.outcome import EVENTS
from services.booking.reconciliation.model import Kind, Known, activity_of
from services.booking.reconciliation.repository import Standing
from services.booking.schedule import SchedulerBooking

T = TypeVar("T")


def retell(tx: Any, standing: Sequence[Standing]) -> None:
    """Tell again what ordering has not heard, in the transaction that writes so."""
    wanted = {
        one.activity_id: one.id
        for one in standing
        if one.kind is Kind.STATE_IN_ORDERING and one.activity_id
    }
    told = []
    for activity_id, known in tx.reconciliation.these(wanted.keys()).items():
        event = None if known.is_in_flight else newest_fact(known)
        if event is not None:
            tx.tell(event)
            told.append(wanted[activity_id])
    if told:
        tx.reconciliation.repaired(told)


def newest_fact(known: Known) -> object | None:
    """What was told last of an activity; None when nothing ever was."""
    about = known.activity_id, known.work_order_number
    if known.state == "closed":
        return ActivityClosed(*about, known.cause or "", _some(known.closed_at))
    if known.state == "registered":
        return _opened(known)
    booking = (*about, _some(known.booking_id))
    if known.state == "booked":
        if known.rebooked_at:
            moved = _some(known.start), _some(known.end), known.rebooked_at
            return ActivityRebooked(*booking, *moved, cause="other")
        times = _some(known.start), _some(known.end), _some(known.booked_at)
        return ActivityBooked(*booking, *times)
    over = EVENTS[BookingState(known.state)]
    noted = _some(known.outcome_at), bool(known.follow_up)
    return over(*booking, *noted, known.principal, known.agreement)


def _opened(known: Known) -> object | None:
    about = known.activity_id, known.work_order_number
    cancelled, reopened = known.cancelled_at, known.reopened_at
    if cancelled and (reopened is None or reopened <= cancelled):
        return ActivityCancelled(*about, _some(known.cancelled_id), cancelled, known.due_at)
    return ActivityReopened(*about, reopened, known.due_at) if reopened else None


def is_orphan(booking: SchedulerBooking | None, known: Mapping[UUID, Known], now: datetime) -> bool:
    """Whether it may be cancelled: it stands, is to come, and its activity has no booking."""
    if booking is None or booking.cancelled or booking.start <= now:
        return False
    activity_id = activity_of(booking)
    ours = known.get(activity_id) if activity_id else None
    return ours is not None and not ours.is_in_flight and ours.booking_id is None


def _some(value: T | None) -> T:
    """The value, where there must be one."""
    if value is None:
        raise LookupError("an activity lacks what its state needs")
    return value
