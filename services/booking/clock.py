"""The activity's clock: started, warned of, run out, started again; and the figure of it.

Source: B-6, X-5
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.actor import Actor
from contracts.errors.common import MESSAGE_INVALID, ROLE_MAY_NOT
from services.booking.model.activity import Activity
from services.booking.ports import Database, Letters, Scope, Transaction, Windows
from services.booking.proposals import Proposals
from services.booking.use_cases import check_may_book, own

Midnight = Callable[[date], datetime]

CLOSED_AT_ONCE = 5000  # activities a statement
MOST_MONTHS = 24


def open_activity(
    tx: Transaction, event: Mapping[str, Any], windows: Windows, proposals: Proposals
) -> None:
    """Open the activity that a prescriber has registered, and start its clock.

    Source: B-5, B-6, B-15, X-5
    """
    registered_at: datetime = event["registered_at"]
    window = windows.of(event.get("agreement"))
    activity = Activity(
        id=event["activity_id"],
        work_order_number=event["work_order_number"],
        unit=event["unit"],
        prescriber=event["prescriber"],
        registered_at=registered_at,
        due_at=window.end_after(registered_at),
        window=window.rule,
        started_at=registered_at,
        principal=event.get("principal", ""),
        agreement=event.get("agreement"),
        iso_code=event.get("iso_code"),
        proposed_product_id=proposals.of(event.get("iso_code")),
    )
    tx.activities.add(activity)


def reopen_activity(tx: Transaction, activity_id: UUID, windows: Windows) -> Activity:
    """Open a closed activity again, with a new window.

    Raises:
        NotFound: there is none, or it belongs to another unit.
        Conflict: it is not closed.

    Source: B-6
    """
    check_may_book(tx.actor)
    activity = own(tx.actor, tx.activities.get(activity_id))
    windows.start(activity, tx.now)
    activity.reopen(tx.now)
    tx.activities.reopen(activity)
    return activity


def close_overdue(database: Database, letters: Letters) -> int:
    """Close every activity whose window has ended without a booking; return how many.

    Source: B-6
    """
    closed, batch = 0, CLOSED_AT_ONCE
    while batch == CLOSED_AT_ONCE:
        with database.transaction() as tx:
            batch = tx.activities.close_overdue(letters.closed(), CLOSED_AT_ONCE)
        closed += batch
    return closed


def warn(database: Database, letters: Letters, before: Sequence[timedelta]) -> int:
    """Mail those whose activities close soon, each at most once a day; return how many."""
    if not before:
        return 0
    with database.transaction() as tx:
        return tx.activities.warn(letters.closing_soon(), before)


def count_unbooked(
    tx: Transaction, query: Mapping[str, Any], supply_centre: frozenset[str], midnight: Midnight
) -> Sequence[Mapping[str, Any]]:
    """How many activities closed without a booking, by month, unit and product area.

    Args:
        midnight: the instant at which a day begins in Sweden.

    Raises:
        Forbidden: the actor neither coordinates nor manages.
        Invalid: the months are in the wrong order, or too many.

    Source: B-6
    """
    seen = scope(tx.actor, supply_centre)
    this_month = f"{tx.now:%Y-%m}"
    last = _number(query.get("last_month", this_month))
    first = _number(query["first_month"]) if "first_month" in query else last - 11
    if not 0 <= last - first < MOST_MONTHS:
        wrong = f"Ange en månad från och med den första, högst {MOST_MONTHS} månader i taget."
        raise MESSAGE_INVALID(fields={"last_month": wrong})
    days = midnight(_first_day(first)), midnight(_first_day(last + 1))
    return tx.activities.count_unbooked(seen, *days)


def scope(actor: Actor, supply_centre: frozenset[str]) -> Scope:
    """Whose figures the actor sees.

    Raises:
        Forbidden: nobody's.
    """
    if actor.unit in supply_centre or actor.role == "operator":
        return Scope()
    if actor.role == "device_coordinator":
        return Scope(principal=actor.principal)
    if actor.role == "manager":
        return Scope(unit=actor.unit)
    raise ROLE_MAY_NOT()


def _number(month: str) -> int:
    year, number = map(int, month.split("-"))
    return 12 * year + number - 1


def _first_day(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
