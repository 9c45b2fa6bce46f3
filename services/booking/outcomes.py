"""Noting what became of a visit."""

from collections.abc import Mapping
from typing import Any

from contracts.errors.common import NOT_FOUND
from services.booking.model.activity import Activity
from services.booking.model.booking import BookingState
from services.booking.model.outcome import Outcome, note_outcome
from services.booking.ports import Transaction
from services.booking.use_cases import check_may_book, own

CONSULTANTS = ("device_consultant", "product_consultant")


def record_outcome(
    tx: Transaction, command: Mapping[str, Any], supply_centre: frozenset[str]
) -> Activity:
    """Note whether a visit was held (contract RecordOutcome); the activity is over then.

    Raises:
        Forbidden: the actor neither prescribes nor consults.
        NotFound: there is no such booking, or it is another unit's.
        Conflict: the visit is still to come, is cancelled, or has its outcome.
    """
    activity = tx.activities.having(command["booking_id"])
    if tx.actor.role in CONSULTANTS and tx.actor.unit in supply_centre:
        if activity is None:
            raise NOT_FOUND()
    else:
        check_may_book(tx.actor)
        activity = own(tx.actor, activity)
    state = BookingState(command["outcome"])
    note, follow_up = command["note"], command["follow_up"]
    note_outcome(activity, Outcome(state, tx.now, tx.actor.hsa_id, note, follow_up))
    tx.activities.save(activity)
    return activity
