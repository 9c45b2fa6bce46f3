"""What is offered, and activities as they are shown.

Their clock is in clock.py; what asks the scheduler between transactions in holding.py, processes.py
and rebooking.py.
"""

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from contracts.actor import Actor
from contracts.errors.booking import (
    CONSULTANT_UNKNOWN,
    PLACE_UNKNOWN,
    SERVICE_PRODUCT_UNKNOWN,
)
from contracts.errors.common import MESSAGE_INVALID, NOT_FOUND, ROLE_MAY_NOT
from services.booking import schedule, views
from services.booking.model.activity import Activity
from services.booking.ports import Offered, Scheduler, Transaction
from services.booking.refusals import as_contract_errors

MAY_BOOK = ("prescriber",)  # Source: B-5, B-8
AT_MOST_DAYS = 62
KEPT = timedelta(days=1)  # how long a hold that is over is remembered, to say so


def list_places(offered: Offered) -> list[schedule.Place]:
    with as_contract_errors():
        return list(offered.places())


def list_service_products(
    scheduler: Scheduler, offered: Offered, place_id: int
) -> list[schedule.ServiceProduct]:
    """What is offered at the place; that nothing is, is not believed from memory.

    Raises:
        NotFound: there is no such place.

    Source: B-8
    """
    with as_contract_errors():
        found = list(offered.service_products(place_id) or scheduler.service_products(place_id))
        if not found and place_id not in {place.id for place in scheduler.places()}:
            raise PLACE_UNKNOWN()
    return found


def list_free_times(
    scheduler: Scheduler,
    offered: Offered,
    *,
    place_id: int,
    service_product_id: int,
    first_day: date,
    last_day: date,
    consultant_id: int | None = None,
    other_service_product_id: int | None = None,
) -> tuple[list[schedule.FreeTime], list[schedule.Consultant]]:
    """When a consultation can start, and who the consultants are.

    Args:
        other_service_product_id: of another work order in the same visit, right after the first.

    Raises:
        Invalid: the days are in the wrong order, or too many.
        NotFound: the place does not have the service product, or the consultant not for it.

    Source: B-8, B-10, B-13, B-14
    """
    _check_days(first_day, last_day)
    with as_contract_errors():
        times = scheduler.free_times(
            place_id,
            service_product_id,
            first_day,
            last_day,
            consultant_id,
            other_service_product_id,
        )
        named = {consultant_id, *(one for time in times for one in time.consultant_ids)} - {None}
        consultants = _consultants(scheduler, offered, place_id, service_product_id, named)
        if other_service_product_id is not None:
            times = _in_two(times, _length(scheduler, place_id, other_service_product_id))
    if consultant_id is not None and consultant_id not in {one.id for one in consultants}:
        raise CONSULTANT_UNKNOWN()
    return list(times), consultants


def _consultants(
    scheduler: Scheduler,
    offered: Offered,
    place_id: int,
    service_product_id: int,
    named: Set[int | None],
) -> list[schedule.Consultant]:
    """Those of the place for the service product; asked for anew when one who is `named` is new."""
    kept = list(offered.consultants(place_id, service_product_id))
    if named <= {one.id for one in kept}:
        return kept
    return list(scheduler.consultants(place_id, service_product_id))


def _check_days(first_day: date, last_day: date) -> None:
    """
    Raises:
        Invalid: they are in the wrong order, or too many.
    """
    if not 0 <= (last_day - first_day).days < AT_MOST_DAYS:
        wrong = f"Ange en dag från och med den första, högst {AT_MOST_DAYS} dagar i taget."
        raise MESSAGE_INVALID(fields={"last_day": wrong})


def _length(scheduler: Scheduler, place_id: int, service_product_id: int) -> timedelta:
    """How long a visit for the service product is.

    Raises:
        NotFound: the place does not have it.
    """
    for one in scheduler.service_products(place_id):
        if one.id == service_product_id:
            return timedelta(minutes=one.duration)
    raise SERVICE_PRODUCT_UNKNOWN()


def _in_two(times: Sequence[schedule.FreeTime], last: timedelta) -> list[schedule.FreeTime]:
    """The times with when the second part begins, which is so long."""
    return [replace(one, other_start=one.end - last) for one in times]


def prune_holds(tx: Transaction) -> int:
    return tx.holds.prune(KEPT)


def get_activity(tx: Transaction, activity_id: UUID) -> Activity:
    return own(tx.actor, tx.activities.get(activity_id))


def get_booking(tx: Transaction, booking_id: UUID) -> Activity:
    """The activity with that booking of it."""
    activity = own(tx.actor, tx.activities.having(booking_id))
    if views.booking(activity) is None:
        raise NOT_FOUND()
    return activity


def list_activities(
    tx: Transaction,
    *,
    limit: int,
    page: int,
    state: str | None = None,
    work_order_number: str | None = None,
    sort: str = "closes_at",
) -> tuple[list[Activity], bool]:
    """One page of the unit's activities, and whether there are more."""
    offset = (page - 1) * limit
    found = tx.activities.page(tx.actor.unit, state, offset, limit + 1, work_order_number, sort)
    return found[:limit], len(found) > limit


def own(actor: Actor, activity: Activity | None) -> Activity:
    """
    Raises:
        NotFound: there is none, or it belongs to another unit.
    """
    if activity is None or activity.unit != actor.unit:
        raise NOT_FOUND()
    return activity


def check_may_book(actor: Actor) -> None:
    """
    Raises:
        Forbidden: the actor's role does not book consultations.
    """
    if actor.role not in MAY_BOOK:
        raise ROLE_MAY_NOT()
