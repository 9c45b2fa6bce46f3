"""Booking's ports in memory; the same tests check them and the real ones."""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.clock import Clock
from contracts.actor import Actor
from contracts.errors import ContractError
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED
from services.booking.model.activity import NOT_BOOKED, Activity, ActivityState, Closing
from services.booking.model.booking import BookingState, Hold
from services.booking.schedule import (
    Consultant,
    FreeTime,
    HoldExpired,
    OutcomeUnknown,
    Place,
    SchedulerBooking,
    SchedulerRefused,
    SchedulerUnavailable,
    ServiceProduct,
    SlotTaken,
)
from services.booking.schedule import Hold as SchedulerHold

UNSETTLED = (BookingState.ATTEMPTED, BookingState.REBOOKING, BookingState.CANCELLING)
CURRENT = (*UNSETTLED, BookingState.BOOKED, BookingState.HELD, BookingState.NO_SHOW)


class Killed(BaseException):
    """The process is gone at this point."""


@dataclass(frozen=True)
class ActivityClosed:
    activity_id: UUID


@dataclass
class Store:
    """What a database holds."""

    activities: dict[UUID, Activity] = field(default_factory=dict)
    bookings: dict[UUID, tuple[UUID, Any]] = field(default_factory=dict)
    asked_at: dict[UUID, datetime] = field(default_factory=dict)
    holds: dict[UUID, Hold] = field(default_factory=dict)
    told: list[object] = field(default_factory=list)
    mails: list[dict[str, Any]] = field(default_factory=list)
    commands: dict[UUID, tuple[bytes, Mapping[str, Any]]] = field(default_factory=dict)
    inbox: set[UUID] = field(default_factory=set)


_NEVER = datetime.max.replace(tzinfo=UTC)


class InMemoryDatabase:
    """Transactions on a dict; `kill_before_commit` counts down to the one that is killed."""

    def __init__(self, clock: Clock, actor: Actor) -> None:
        self.clock, self.actor = clock, actor
        self.store = Store()
        self.kill_before_commit = 0
        self.open = 0

    @contextmanager
    def transaction(self, late: bool = False) -> Iterator["InMemoryTransaction"]:
        before = copy.deepcopy(self.store)
        self.open += 1
        try:
            tx = InMemoryTransaction(self)
            yield tx
            tx.finish()
            self._survive()
        except BaseException:
            self.store = before
            raise
        finally:
            self.open -= 1

    @contextmanager
    def reading(self) -> Iterator["InMemoryTransaction"]:
        yield InMemoryTransaction(self)

    def repeatable(
        self, name: str, command: Mapping[str, Any], run: Callable[[bytes], Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """As the chassis does it."""
        mark = repr((name, self.actor, sorted(command.items()))).encode()
        try:
            return run(mark)
        except ContractError:
            kept = self.store.commands.get(command["command_id"])
            if kept is None:
                raise
            if kept[0] != mark:
                raise KEY_REUSED() from None
            return kept[1]

    def _survive(self) -> None:
        self.kill_before_commit -= 1
        if self.kill_before_commit == 0:
            raise Killed


class InMemoryTransaction:
    def __init__(self, database: InMemoryDatabase) -> None:
        self.store = database.store
        self.actor = database.actor
        self.now = database.clock.now()
        self.activities = InMemoryActivities(self)
        self.holds = InMemoryHolds(self)
        self._answer: tuple[UUID, bytes, Mapping[str, Any]] | None = None

    def mail(self, recipient: str, subject: str, body: str, **calendar: Any) -> None:
        self.store.mails.append(
            {"recipient": recipient, "subject": subject, "body": body, **calendar}
        )

    def is_answered(self, command_id: UUID) -> bool:
        return command_id in self.store.commands

    def answer(self, command_id: UUID, mark: bytes, reply: Mapping[str, Any]) -> None:
        self._answer = (command_id, mark, reply)

    def finish(self) -> None:
        if self._answer is not None:
            command_id, mark, reply = self._answer
            if command_id in self.store.commands:
                raise CHANGED_MEANWHILE()
            self.store.commands[command_id] = (mark, reply)


class InMemoryActivities:
    def __init__(self, tx: InMemoryTransaction) -> None:
        self._tx, self._store = tx, tx.store

    def add(self, activity: Activity) -> None:
        self._store.activities.setdefault(activity.id, copy.deepcopy(activity))

    def get(self, activity_id: UUID) -> Activity | None:
        bookings = [
            booking
            for owner, booking in self._store.bookings.values()
            if owner == activity_id and booking.state in CURRENT
        ]
        return self._with(activity_id, next(iter(bookings), None))

    def having(self, booking_id: UUID) -> Activity | None:
        owner, booking = self._store.bookings.get(booking_id, (None, None))
        return self._with(owner, booking)

    def of_visit(self, visit_id: UUID) -> list[Activity]:
        parts = [
            self._with(owner, booking)
            for owner, booking in self._store.bookings.values()
            if booking.visit_id == visit_id and booking.state in CURRENT
        ]
        return sorted(parts, key=lambda one: one.current.start)

    def holding(self, hold_id: UUID) -> tuple[Activity, Hold] | None:
        hold = self._store.holds.get(hold_id)
        return None if hold is None else (self.get(hold.activity_id), hold)

    def get_held(self, activity_id: UUID, person: str) -> tuple[Activity | None, Hold | None]:
        activity = self.get(activity_id)
        if activity is None:
            return None, None
        held = [hold for of, hold in self.held_by(person, activity.unit) if of.id == activity_id]
        return activity, next(iter(held), None)

    def held_by(self, person: str, unit: str) -> list[tuple[Activity, Hold]]:
        mine = [one for one in self._store.holds.values() if one.held_by == person]
        open_ones = [one for one in mine if one.expires_at > self._tx.now]
        found = [
            (self.get(one.activity_id), one) for one in sorted(open_ones, key=lambda one: one.start)
        ]
        return [(activity, hold) for activity, hold in found if activity.unit == unit]

    def page(
        self,
        unit: str,
        state: str | None,
        offset: int,
        limit: int,
        number: str | None = None,
        sort: str = "closes_at",
    ) -> list[Activity]:
        wanted = [
            self.get(one.id)
            for one in self._store.activities.values()
            if one.unit == unit
            and state in (None, one.state)
            and number in (None, one.work_order_number)
        ]
        column, down = sort.lstrip("-"), sort.startswith("-")
        wanted.sort(key=lambda one: one.registered_at, reverse=True)
        wanted.sort(key=lambda one: getattr(one, column) or _NEVER, reverse=down)
        wanted.sort(key=lambda one: getattr(one, column) is None)
        return wanted[offset : offset + limit]

    def save(self, activity: Activity) -> None:
        if self._store.activities[activity.id].version != activity.version:
            raise CHANGED_MEANWHILE()
        activity.version += 1
        self._store.told += activity.events
        activity.events.clear()
        booking = activity.current
        self._store.bookings[booking.id] = (activity.id, copy.deepcopy(booking))
        self._store.asked_at[booking.id] = self._tx.now
        kept = copy.deepcopy(activity)
        kept.booking = None
        self._store.activities[activity.id] = kept
        if activity.state is ActivityState.BOOKED:
            self._end_holds(activity.id)

    def close_overdue(self, notice: Mapping[str, Any], at_most: int) -> int:
        due = [
            one
            for one in sorted(self._store.activities.values(), key=lambda one: one.due_at)
            if one.state is ActivityState.REGISTERED and one.due_at <= self._tx.now
        ]
        for one in due[:at_most]:
            one.state, one.cause, one.closed_at = ActivityState.CLOSED, NOT_BOOKED, self._tx.now
            one.closings += (Closing(self._tx.now, NOT_BOOKED),)
            one.version += 1
            self._store.told.append(ActivityClosed(one.id))
            self._tx.mail(one.prescriber, **notice)
        return len(due[:at_most])

    def reopen(self, activity: Activity) -> None:
        if self._store.activities[activity.id].version != activity.version:
            raise CHANGED_MEANWHILE()
        activity.version += 1
        self._store.told += activity.events
        activity.events.clear()
        *before, last = activity.closings
        activity.closings = (*before, replace(last, reopened_at=self._tx.now))
        self._store.activities[activity.id] = copy.deepcopy(activity)

    def unsettled(self, age: timedelta, at_most: int) -> list[Activity]:
        old = [
            self.having(booking.id)
            for _, booking in self._store.bookings.values()
            if booking.state in UNSETTLED and self._store.asked_at[booking.id] < self._tx.now - age
        ]
        return old[:at_most]

    def _end_holds(self, activity_id: UUID) -> None:
        for hold in self._store.holds.values():
            if hold.activity_id == activity_id and hold.expires_at > self._tx.now:
                self._store.holds[hold.id] = replace(hold, expires_at=self._tx.now)

    def _with(self, activity_id: UUID | None, booking: Any) -> Activity | None:
        found = copy.deepcopy(self._store.activities.get(activity_id))
        if found is not None:
            found.booking = copy.deepcopy(booking)
        if found is not None and found.booking is not None:
            found.booking.together_with = self._together_with(found.booking)
        return found

    def _together_with(self, booking: Any) -> str | None:
        """The number of the other work order in the visit, as it is now."""
        for owner, other in self._store.bookings.values():
            is_other = other.id != booking.id and other.state in CURRENT
            if is_other and booking.visit_id is not None and other.visit_id == booking.visit_id:
                return self._store.activities[owner].work_order_number
        return None


class InMemoryHolds:
    def __init__(self, tx: InMemoryTransaction) -> None:
        self._tx, self._holds = tx, tx.store.holds

    def add(self, hold: Hold, limit: int) -> list[str] | None:
        if hold.id in self._holds:
            raise CHANGED_MEANWHILE()
        open_ones = [
            one
            for one in self._holds.values()
            if one.held_by == hold.held_by and one.expires_at > self._tx.now
        ]
        same = [one for one in open_ones if one.activity_id == hold.activity_id]
        if len(open_ones) - len(same) >= limit:
            return None
        activity = self._tx.activities.get(hold.activity_id)
        replaced = [one for one in same if not activity.is_booking(one)]
        for one in replaced:
            self.end(one.id)
        self._holds[hold.id] = hold
        return [one.key for one in replaced]

    def extend(self, hold: Hold) -> None:
        known = self._holds[hold.id]
        if known.extensions != hold.extensions - 1 or known.expires_at <= self._tx.now:
            raise CHANGED_MEANWHILE()
        self._holds[hold.id] = hold

    def end(self, hold_id: UUID) -> None:
        hold = self._holds[hold_id]
        self._holds[hold_id] = replace(hold, expires_at=min(hold.expires_at, self._tx.now))

    def prune(self, age: timedelta) -> int:
        over = [one.id for one in self._holds.values() if one.expires_at < self._tx.now - age]
        for hold_id in over:
            del self._holds[hold_id]
        return len(over)


@dataclass
class Reserved:
    start: datetime
    consultant_id: int
    activity_id: str
    expires_at: datetime


@dataclass
class InMemoryScheduler:
    """One place, one service product of 30 minutes, and consultants who are always on duty.

    Args:
        trouble: errors for the calls to come, one each: None for none; `("before", error)` instead
            of the call, `("after", error)` after it has been carried out.
        meanwhile: what happens, once, while the next call is being answered.
        asked: what to check at each call.
    """

    clock: Clock
    consultants_there: tuple[int, ...] = (101, 102)
    lifetime: timedelta = timedelta(minutes=10)
    reserved: dict[str, Reserved] = field(default_factory=dict)
    booked: dict[int, SchedulerBooking] = field(default_factory=dict)
    trouble: list[tuple[str, BaseException] | None] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    asked: Callable[[], None] = lambda: None

    def places(self):
        return self._answer(lambda: [Place(1, "Borås")])

    def service_products(self, place_id):
        found = [ServiceProduct(11, "Förväntningssamtal, rullstol", 30)] if place_id == 1 else []
        return self._answer(lambda: found)

    def consultants(self, place_id, service_product_id):
        return self._answer(
            lambda: [Consultant(one, "Anna Berg") for one in self.consultants_there]
        )

    def free_times(self, place, product, first_day, last_day, consultant_id=None, other=None):
        def find():
            if (place, product) != (1, 11) or other not in (None, 11):
                raise SchedulerRefused("service_unknown")
            start = self.clock.now() + timedelta(days=1)
            length = timedelta(minutes=30 if other is None else 75)  # with a break between
            return [FreeTime(start, start + length, self.consultants_there)]

        return self._answer(find)

    def hold(
        self, place_id, service_product_id, start, consultant_id=None, *, activity_id, key=None
    ):
        return self._answer(lambda: self._hold(start, consultant_id, activity_id, key))

    def extend(self, place_id, service_product_id, start, consultant_id, *, activity_id, key):
        return self.hold(
            place_id, service_product_id, start, consultant_id, activity_id=activity_id, key=key
        )

    def release(self, key):
        self._answer(lambda: self.reserved.pop(key, None))

    def book(self, key, *, start, activity_id, work_order_number, telephone, other_work_orders=()):
        return self._answer(lambda: self._book(key, start, activity_id, work_order_number))

    def move(self, booking_id, *, start, consultant_id, key, telephone):
        return self._answer(lambda: self._move(booking_id, start, consultant_id))

    def hold_move(self, booking_id, *, start, consultant_id, key):
        def work():
            old = self.booked.get(booking_id)
            if new := self._beside(old, start):
                return new.consultant_id
            if old is None or old.cancelled:
                raise SchedulerRefused("booking_changed")
            return self._hold(start, consultant_id, old.activity_id, key).consultant_id

        return self._answer(work)

    def take(self, booking_id, *, start, consultant_id, key, telephone):
        def work():
            old = self.booked[booking_id]
            if new := self._beside(old, start):
                return new
            if key not in self.reserved or self.reserved[key].expires_at <= self.clock.now():
                raise HoldExpired
            return self._book(key, start, old.activity_id, old.work_order_number)

        return self._answer(work)

    def get(self, booking_id):
        return self._answer(lambda: self.booked.get(booking_id))

    def bookings_of(self, activity_id, first_day, last_day):
        return self._answer(
            lambda: [
                one
                for one in self.standing()
                if one.activity_id == activity_id and first_day <= one.start.date() <= last_day
            ]
        )

    def cancel(self, booking_id):
        return self._answer(lambda: self._cancel(booking_id))

    def find_by_activity(self, activity_id, first_day, last_day):
        return self._answer(lambda: self._find(activity_id))

    def standing(self) -> list[SchedulerBooking]:
        return [one for one in self.booked.values() if not one.cancelled]

    def _answer(self, work):
        self.asked()
        while self.meanwhile:
            self.meanwhile.pop(0)()
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble and trouble[0] == "before":
            raise trouble[1]
        answer = work()
        if trouble:
            raise trouble[1]
        return answer

    def _hold(self, start, consultant_id, activity_id, key):
        wanted = self.consultants_there if consultant_id is None else (consultant_id,)
        taken = {one.consultant_id for one in self.standing() if one.start == start} | {
            one.consultant_id
            for other, one in self.reserved.items()
            if one.start == start and one.expires_at > self.clock.now() and other != key
        }
        free = [one for one in wanted if one not in taken]
        if not free:
            raise SlotTaken
        expires_at = self.clock.now() + self.lifetime
        self.reserved[key] = Reserved(start, free[0], activity_id, expires_at)
        return SchedulerHold(key, expires_at, free[0], start, start + timedelta(minutes=30))

    def _book(self, key, start, activity_id, work_order_number):
        held = self.reserved.get(key)
        if held is None or held.expires_at <= self.clock.now():
            if found := self._find(activity_id):
                return found
            raise HoldExpired
        del self.reserved[key]
        booking = SchedulerBooking(
            id=len(self.booked) + 1,
            start=held.start,
            end=held.start + timedelta(minutes=30),
            consultant_id=held.consultant_id,
            consultant_name="Anna Berg",
            place_id=1,
            place_name="Borås",
            service_product_id=11,
            service_product_name="Förväntningssamtal, rullstol",
            activity_id=activity_id,
            work_order_number=work_order_number,
            cancelled=False,
            parent_id=None,
        )
        self.booked[booking.id] = booking
        return booking

    def _move(self, booking_id, start, consultant_id):
        old = self.booked.get(booking_id)
        if old is None or old.cancelled:
            found = old and self._find(old.activity_id)
            if not found or found.start != start:
                raise SchedulerRefused("booking_changed")
            return found
        self._cancel(booking_id)
        try:
            self._hold(start, consultant_id, old.activity_id, "moving")
        except SlotTaken:
            self.booked[booking_id] = old
            raise
        return self._book("moving", start, old.activity_id, old.work_order_number)

    def _beside(self, old, start):
        """The activity's other booking, at that time."""
        return next(
            (
                one
                for one in self.standing()
                if old and one.activity_id == old.activity_id
                if one.id != old.id and one.start == start
            ),
            None,
        )

    def _cancel(self, booking_id):
        if booking_id not in self.booked:
            raise SchedulerRefused("booking_unknown")
        self.booked[booking_id] = replace(self.booked[booking_id], cancelled=True)
        return self.booked[booking_id]

    def _find(self, activity_id):
        return next((one for one in self.standing() if one.activity_id == activity_id), None)


LOST = OutcomeUnknown("no answer")
DOWN = SchedulerUnavailable("not reached")
