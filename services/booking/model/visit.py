"""Two work orders in one visit: two adjoining times, booked together.

Each part has its own booking, so that either can be moved or given back without the other.

Source: B-14
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from contracts.errors.booking import VISIT_APART, VISIT_OF_ONE
from services.booking.model.activity import Activity
from services.booking.model.booking import Asked, Hold

BREAK = timedelta(hours=1)  # at most between the two; what the scheduler keeps free is shorter

Part = tuple[Activity, Hold, str]  # with the work order number as it was stated


def attempt_visit(parts: Sequence[Part], telephone: str, asked: Asked) -> bool:
    """Start booking both; return False if this command has already started it.

    Raises:
        Conflict: they are not two, not one visit, or one of them cannot be booked.

    Source: B-9, B-14
    """
    (first, _, _), (second, _, _) = parts
    if first.id == second.id:
        raise VISIT_OF_ONE()
    started = [
        activity.attempt(hold, uuid4(), number, telephone, asked)
        for activity, hold, number in parts
    ]
    if not any(started):
        return False
    _check_adjoining(*(hold for _, hold, _ in parts))
    bind(first, second)
    return True


def bind(first: Activity, second: Activity) -> None:
    """Make the two one visit."""
    first.current.visit_id = second.current.visit_id = uuid4()
    first.current.together_with = second.work_order_number
    second.current.together_with = first.work_order_number


def _check_adjoining(one: Hold, other: Hold) -> None:
    """
    Raises:
        Conflict: they are at two places, with two consultants, or not right after each other.
    """
    first, second = sorted((one, other), key=lambda hold: hold.start)
    same = (first.place_id, first.consultant_id) == (second.place_id, second.consultant_id)
    if not same or not first.end <= second.start <= first.end + BREAK:
        raise VISIT_APART()
