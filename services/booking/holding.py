"""Times kept while a form is filled in: at the scheduler, and in our own table."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from contracts.errors.booking import TOO_MANY_HOLDS
from contracts.errors.common import NOT_FOUND
from services.booking import schedule, views
from services.booking.model.activity import Activity
from services.booking.model.booking import Hold, check_extensible, check_future
from services.booking.ports import Database, Scheduler, Transaction
from services.booking.refusals import as_contract_errors
from services.booking.use_cases import check_may_book, own

Command = Mapping[str, Any]


def hold_time(
    database: Database, scheduler: Scheduler, limit: int, command: Command, mark: bytes
) -> views.Json:
    """Keep a free time for an open activity (contract HoldTime).

    The scheduler knows it by a key made from the command: a repetition holds the same time.

    Args:
        limit: how many times a person may hold.

    Raises:
        Conflict: the activity is not open, the time is taken or over, or the actor holds enough.

    Source: B-8, B-9, B-10
    """
    activity, holder = _check(database, command)
    hold_id = uuid5(command["command_id"], mark.hex())
    with as_contract_errors():
        found = _ask(scheduler, command, hold_id.hex)
    hold = _hold(hold_id, command, found, holder)
    with database.transaction() as tx:
        if kept := tx.holds.add(hold, limit):
            tx.answer(command["command_id"], mark, views.hold(hold, activity))
    if not kept:
        with suppress(schedule.SchedulerError):  # it expires by itself
            scheduler.release(hold.key)
        raise TOO_MANY_HOLDS(limit=limit)
    return views.hold(hold, activity)


def extend_hold(
    database: Database, scheduler: Scheduler, limit: int, command: Command, mark: bytes
) -> views.Json:
    """Keep a held time longer, for one who is still filling in (contract ExtendHold).

    Args:
        limit: how often a hold may be extended.

    Raises:
        NotFound: there is no such hold, or it is another's.
        Conflict: it is over, or has been extended often enough.
    """
    with database.reading() as tx:
        check_may_book(tx.actor)
        activity, hold = own_hold(tx, command["hold_id"])
        activity.check_open()
        check_extensible(hold, tx.now, limit)
    with as_contract_errors():
        found = _ask_longer(scheduler, hold)
    longer = replace(hold, expires_at=found.expires_at, extensions=hold.extensions + 1)
    view = views.hold(longer, activity, extensible=longer.extensions < limit)
    with database.transaction() as tx:
        tx.holds.extend(longer)
        tx.answer(command["command_id"], mark, view)
    return view


def release_hold(
    database: Database, scheduler: Scheduler, command: Command, mark: bytes
) -> views.Json:
    """Let a held time go (contract ReleaseHold); one that is being booked is left alone.

    Raises:
        NotFound: there is no such hold, or it is another's.
    """
    with database.reading() as tx:
        check_may_book(tx.actor)
        activity, hold = own_hold(tx, command["hold_id"])
    if activity.is_booking(hold):
        return {}
    with as_contract_errors():
        scheduler.release(hold.key)
    with database.transaction() as tx:
        tx.holds.end(hold.id)
        tx.answer(command["command_id"], mark, {})
    return {}


def own_hold(tx: Transaction, hold_id: UUID) -> tuple[Activity, Hold]:
    """
    Raises:
        NotFound: there is no such hold, or it is another's.
    """
    found = tx.activities.holding(hold_id)
    if found is None or found[1].held_by != tx.actor.hsa_id:
        raise NOT_FOUND()
    activity, hold = found
    return own(tx.actor, activity), hold


def _check(database: Database, command: Command) -> tuple[Activity, str]:
    """Whether there is anything to hold a time for; return what, and who wants it."""
    with database.reading() as tx:
        check_may_book(tx.actor)
        activity = own(tx.actor, tx.activities.get(command["activity_id"]))
        activity.check_open()
        check_future(command["start"], tx.now)
        return activity, tx.actor.hsa_id


def _ask(scheduler: Scheduler, command: Command, key: str) -> schedule.Hold:
    return scheduler.hold(
        command["place_id"],
        command["service_product_id"],
        command["start"],
        command["consultant_id"],
        activity_id=str(command["activity_id"]),
        key=key,
    )


def _ask_longer(scheduler: Scheduler, hold: Hold) -> schedule.Hold:
    return scheduler.extend(
        hold.place_id,
        hold.service_product_id,
        hold.start,
        hold.consultant_id,
        activity_id=str(hold.activity_id),
        key=hold.key,
    )


def _hold(hold_id: UUID, command: Command, found: schedule.Hold, holder: str) -> Hold:
    return Hold(
        id=hold_id,
        activity_id=command["activity_id"],
        key=found.key,
        place_id=command["place_id"],
        service_product_id=command["service_product_id"],
        consultant_id=found.consultant_id,
        start=found.start,
        end=found.end,
        expires_at=found.expires_at,
        held_by=holder,
    )
