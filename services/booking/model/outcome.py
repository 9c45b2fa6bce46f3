"""What became of a visit."""

from dataclasses import dataclass, field
from datetime import datetime

from contracts.errors.booking import VISIT_TO_COME
from services.booking.model.activity import Activity, ActivityState
from services.booking.model.booking import BookingState
from services.booking.model.events import ActivityHeld, ActivityMissed

EVENTS = {BookingState.HELD: ActivityHeld, BookingState.NO_SHOW: ActivityMissed}


@dataclass(frozen=True)
class Outcome:
    """
    Args:
        by: HSA-ID of who noted it.
        follow_up: whether a new work order is to be opened for what remains.
    """

    state: BookingState
    at: datetime
    by: str
    note: str = field(repr=False)
    follow_up: bool


def note_outcome(activity: Activity, outcome: Outcome) -> None:
    """Note that a visit was held, or that nobody came.

    Raises:
        Conflict: the visit is still to come, or is not booked.
    """
    booking = activity.current
    if booking.state is BookingState.BOOKED and outcome.at < booking.start:
        raise VISIT_TO_COME()
    booking.enter(outcome.state)
    activity.enter(ActivityState(outcome.state.value))
    booking.outcome_at, booking.outcome_by = outcome.at, outcome.by
    booking.outcome_note, booking.follow_up = outcome.note, outcome.follow_up
    told = (activity.id, activity.work_order_number, booking.id, outcome.at, outcome.follow_up)
    activity.events.append(EVENTS[outcome.state](*told, activity.principal, activity.agreement))
