"""Times kept while a form is filled in: at the scheduler, and in our own table."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from contracts.errors.booking import TOO_MANY_HOLDS
from contracts.errors.common import CHANGED_MEANWHILE, NOT_FOUND
from services.booking import schedule, views
from services.booking.model.activity import Activity
from services.booking.model.booking import Hold, HoldLimits, check_extensible, check_future
from services.booking.ports import Database, Scheduler, Transaction
from services.booking.refusals import as_contract_errors
from services.booking.use_cases import check_may_book, own

Command = Mapping[str, Any]


def hold_time(
    database: Database, scheduler: Scheduler, limits: HoldLimits, command: Command, mark: bytes
) -> views.Json:
    """Keep a free time for an open activity (contract HoldTime).

    The scheduler knows it by a key made from the command: a repetition holds the same time.
    Whoever chooses another time for the same activity lets go of the one before; whoever chooses
    the same time again has it still.

    Raises:
        Conflict: the activity is not open, the time is taken or over, or the actor holds enough.

    Source: B-8, B-9, B-10
    """
    activity, held, holder = _check(database, command)
    if held and _is_wanted(held, command):
        return _answer(database, command, mark, views.hold(held, activity, limits))
    hold_id = uuid5(command["command_id"], mark.hex())
    with as_contract_errors():
        found = _ask(scheduler, command, hold_id.hex)
    hold = _hold(hold_id, command, found, holder)
    view = views.hold(hold, activity, limits)
    with database.transaction() as tx:
        replaced = tx.holds.add(hold, limits.per_person)
        if replaced is not None:
            tx.answer(command["command_id"], mark, view)
    for key in [hold.key] if replaced is None else replaced:
        with suppress(schedule.SchedulerError):  # it expires by itself
            scheduler.release(key)
    if replaced is None:
        raise TOO_MANY_HOLDS(limit=limits.per_person)
    return view


def list_holds(tx: Transaction, limits: HoldLimits) -> list[views.Json]:
    """The times that the actor holds now (contract ListHolds)."""
    check_may_book(tx.actor)
    return [
        views.hold(hold, activity, limits)
        for activity, hold in tx.activities.held_by(tx.actor.hsa_id, tx.actor.unit)
        if not activity.is_booking(hold)
    ]


def extend_hold(
    database: Database, scheduler: Scheduler, limits: HoldLimits, command: Command, mark: bytes
) -> views.Json:
    """Keep a held time longer, for one who is still filling in (contract ExtendHold).

    Raises:
        NotFound: there is no such hold, or it is another's.
        Conflict: it is over, or has been extended often enough.
    """
    with database.reading() as tx:
        check_may_book(tx.actor)
        activity, hold = own_hold(tx, command["hold_id"])
        activity.check_open()
        check_extensible(hold, tx.now, limits)
    with as_contract_errors():
        found = _ask_longer(scheduler, hold)
    longer = replace(hold, expires_at=found.expires_at, extensions=hold.extensions + 1)
    view = views.hold(longer, activity, limits)
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


def _check(database: Database, command: Command) -> tuple[Activity, Hold | None, str]:
    """Whether there is anything to hold a time for; what, what is held for it, and who asks."""
    with database.reading() as tx:
        check_may_book(tx.actor)
        if tx.is_answered(command["command_id"]):
            raise CHANGED_MEANWHILE()  # carried out: asked again, the scheduler would hold again
        holder = tx.actor.hsa_id
        found, held = tx.activities.get_held(command["activity_id"], holder)
        activity = own(tx.actor, found)
        activity.check_open()
        check_future(command["start"], tx.now)
        return activity, held, holder


def _is_wanted(hold: Hold, command: Command) -> bool:
    """Whether the time asked for is the one that is held."""
    names = ("place_id", "service_product_id", "start")
    with_whom = command["consultant_id"] in (None, hold.consultant_id)
    return with_whom and all(getattr(hold, name) == command[name] for name in names)


def _answer(database: Database, command: Command, mark: bytes, view: views.Json) -> views.Json:
    """Remember what the command was answered, for its repetitions."""
    with database.transaction() as tx:
        tx.answer(command["command_id"], mark, view)
    return view


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
