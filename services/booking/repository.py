"""Booking's transaction, with its repositories."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Connection,
    and_,
    bindparam,
    cast,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from chassis import tables
from contracts.booking import (
    ActivityBookedV1,
    ActivityCancelledV1,
    ActivityClosedV1,
    ActivityHeldV1,
    ActivityMissedV1,
    ActivityRebookedV1,
    ActivityReopenedV1,
)
from contracts.errors.common import CHANGED_MEANWHILE
from services.booking import rows
from services.booking.clock_statements import CLOSE_OVERDUE, COUNT_UNBOOKED, REOPEN, WARN
from services.booking.model.activity import Activity
from services.booking.model.booking import Hold
from services.booking.model.events import (
    ActivityBooked,
    ActivityCancelled,
    ActivityClosed,
    ActivityHeld,
    ActivityMissed,
    ActivityRebooked,
    ActivityReopened,
)
from services.booking.parts import Parts
from services.booking.ports import Mail, Scope
from services.booking.statements import HOLD, LOCK_PERSON, SAVE
from services.booking.tables import SHOWN, activities, bookings, holds

IS_CURRENT = bookings.c.state.in_(SHOWN)
UNSETTLED = bookings.c.state.in_(("attempted", "rebooking", "cancelling"))

_with_current = select(*rows.ACTIVITY_COLUMNS).outerjoin(
    bookings, and_(bookings.c.activity_id == activities.c.id, IS_CURRENT)
)
_with_any = select(*rows.ACTIVITY_COLUMNS).join(bookings, bookings.c.activity_id == activities.c.id)
_OF_ACTIVITY = holds.c.activity_id == activities.c.id
_IS_HELD = (holds.c.held_by == bindparam("person")) & (holds.c.expires_at > func.now())
_with_hold = _with_current.join(holds, _OF_ACTIVITY).add_columns(*rows.HOLD_COLUMNS)
_number = cast(activities.c.work_order_number, BigInteger)  # as it is indexed
_SORTED = {
    "closes_at": activities.c.closes_at,
    "work_order_number": _number,
    "registered_at": activities.c.registered_at,
}
# Put together once, not every time:
_GET = _with_current.where(activities.c.id == bindparam("id"))
_HELD_BY = _with_hold.where(_IS_HELD, activities.c.unit == bindparam("unit")).order_by(
    holds.c.starts_at, holds.c.id
)
_GET_HELD = _GET.outerjoin(holds, _OF_ACTIVITY & _IS_HELD).add_columns(*rows.HOLD_COLUMNS)


class BookingTransaction(Parts):
    """What one use case of booking reads, changes and tells."""

    contracts = {  # noqa: RUF012 - never changed
        ActivityBooked: ActivityBookedV1,
        ActivityCancelled: ActivityCancelledV1,
        ActivityClosed: ActivityClosedV1,
        ActivityHeld: ActivityHeldV1,
        ActivityMissed: ActivityMissedV1,
        ActivityRebooked: ActivityRebookedV1,
        ActivityReopened: ActivityReopenedV1,
    }

    def is_answered(self, command_id: UUID) -> bool:
        answered = select(tables.commands.c.id).where(tables.commands.c.id == command_id)
        return self.connection.execute(answered).first() is not None

    @cached_property
    def activities(self) -> "ActivityRepository":
        return ActivityRepository(self)

    @cached_property
    def holds(self) -> "HoldRepository":
        return HoldRepository(self.connection)


class ActivityRepository:
    """The activities that one transaction reads and changes; port `Activities`."""

    def __init__(self, tx: BookingTransaction) -> None:
        self._tx = tx
        self._connection = tx.connection

    def add(self, activity: Activity) -> None:
        row = rows.activity_values(activity) | {
            "id": activity.id,
            "work_order_number": activity.work_order_number,
            "unit": activity.unit,
            "prescriber": activity.prescriber,
            "registered_at": activity.registered_at,
            "version": activity.version,
            "principal": activity.principal,
            "agreement": activity.agreement,
            "iso_code": activity.iso_code,
            "proposed_product_id": activity.proposed_product_id,
        }
        self._connection.execute(insert(activities).values(row).on_conflict_do_nothing())

    def get(self, activity_id: UUID) -> Activity | None:
        return self._one(_GET, id=activity_id)

    def having(self, booking_id: UUID) -> Activity | None:
        return self._one(_with_any.where(bookings.c.id == booking_id))

    def holding(self, hold_id: UUID) -> tuple[Activity, Hold] | None:
        row = self._connection.execute(_with_hold.where(holds.c.id == hold_id)).one_or_none()
        return None if row is None else (rows.activity(row), rows.hold(row))

    def get_held(self, activity_id: UUID, person: str) -> tuple[Activity | None, Hold | None]:
        row = self._connection.execute(_GET_HELD, {"id": activity_id, "person": person}).first()
        if row is None:
            return None, None
        return rows.activity(row), rows.hold(row) if row.hold_id else None

    def held_by(self, person: str, unit: str) -> list[tuple[Activity, Hold]]:
        found = self._connection.execute(_HELD_BY, {"person": person, "unit": unit})
        return [(rows.activity(row), rows.hold(row)) for row in found]

    def page(
        self,
        unit: str,
        state: str | None,
        offset: int,
        limit: int,
        number: str | None = None,
        sort: str = "closes_at",
    ) -> list[Activity]:
        wanted = _with_current.where(activities.c.unit == unit)
        if state is not None:
            wanted = wanted.where(activities.c.state == state)
        if number is not None:
            wanted = wanted.where(_number == int(number))
        column = _SORTED[sort.lstrip("-")]
        first = column.desc() if sort.startswith("-") else column.asc()
        order = (first.nulls_last(), activities.c.registered_at.desc(), activities.c.id)
        return self._all(wanted.order_by(*order).offset(offset).limit(limit))

    def of_visit(self, visit_id: UUID) -> list[Activity]:
        wanted = _with_any.where(bookings.c.visit_id == visit_id, IS_CURRENT)
        return self._all(wanted.order_by(bookings.c.starts_at))

    def unsettled(self, age: timedelta, at_most: int) -> list[Activity]:
        old = bookings.c.asked_at < func.now() - age
        wanted = _with_any.where(UNSETTLED, old).order_by(bookings.c.asked_at)
        return self._all(wanted.limit(at_most))

    def save(self, activity: Activity) -> None:
        booking = rows.booking_values(activity.current, activity)
        values = {
            "old_id": activity.id,
            "old_version": activity.version,
            **{f"new_{name}": value for name, value in rows.activity_values(activity).items()},
            **{f"booking_{name}": value for name, value in booking.items()},
        }
        if self._connection.execute(SAVE, values).first() is None:
            raise CHANGED_MEANWHILE()
        self._saved(activity)

    def reopen(self, activity: Activity) -> None:
        values = {
            "id": activity.id,
            "version": activity.version,
            "due_at": activity.due_at,
            "window": activity.window,
            "started_at": activity.started_at,
            "person": self._tx.actor.hsa_id,
        }
        if self._connection.execute(REOPEN, values).first() is None:
            raise CHANGED_MEANWHILE()
        self._saved(activity)

    def warn(self, notice: Mail, before: Sequence[timedelta]) -> int:
        values = {"before": list(before), "longest": max(before), **notice}
        return self._connection.execute(WARN, values).scalar_one()

    def count_unbooked(self, scope: Scope, first: datetime, after: datetime):
        values = {"first": first, "after": after, **vars(scope)}
        return self._connection.execute(COUNT_UNBOOKED, values).mappings().all()

    def _saved(self, activity: Activity) -> None:
        activity.version += 1
        for event in activity.events:
            self._tx.tell(event)
        activity.events.clear()

    def close_overdue(self, notice: Mail, at_most: int) -> int:
        values = {
            "at_most": at_most,
            "event_type": ActivityClosedV1.event_type,
            "headers": json.dumps(self._tx.context.told()),
            **notice,
        }
        return self._connection.execute(CLOSE_OVERDUE, values).scalar_one()

    def _one(self, wanted, **values: UUID) -> Activity | None:
        row = self._connection.execute(wanted, values).one_or_none()
        return None if row is None else rows.activity(row)

    def _all(self, wanted) -> list[Activity]:
        return [rows.activity(row) for row in self._connection.execute(wanted)]


class HoldRepository:
    """The holds that one transaction reads and changes; port `Holds`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, hold: Hold, limit: int) -> Sequence[str] | None:
        self._connection.execute(LOCK_PERSON, {"person": hold.held_by})
        new = {f"hold_{name}": value for name, value in rows.hold_values(hold).items()}
        values = {**new, "limit": limit}
        kept = self._connection.execute(HOLD, values).first()
        return None if kept is None else kept.replaced

    def end(self, hold_id: UUID) -> None:
        is_open = (holds.c.id == hold_id) & (holds.c.expires_at > func.now())
        self._connection.execute(update(holds).where(is_open).values(expires_at=func.now()))

    def extend(self, hold: Hold) -> None:
        before = (holds.c.extensions == hold.extensions - 1) & (holds.c.expires_at > func.now())
        values = {"expires_at": hold.expires_at, "extensions": hold.extensions}
        extended = update(holds).where(holds.c.id == hold.id, before).values(values)
        if self._connection.execute(extended.returning(holds.c.id)).first() is None:
            raise CHANGED_MEANWHILE()

    def prune(self, age: timedelta) -> int:
        over = holds.c.expires_at < func.now() - age
        return len(self._connection.execute(delete(holds).where(over).returning(holds.c.id)).all())
