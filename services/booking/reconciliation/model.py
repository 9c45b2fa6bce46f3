"""What the three say of the same consultation, and where they differ.

What is in flight is not compared: the scheduler is being asked, and what comes of it is settled
within a minute. What differs for another reason than a difference, such as an event on its way, is
gone at the second look.

Source: B-16
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.booking.schedule import SchedulerBooking

ASKING = ("attempted", "rebooking", "cancelling")


class Kind(StrEnum):
    MISSING_IN_SCHEDULER = "missing_in_scheduler"  # booked here, unknown there
    CANCELLED_IN_SCHEDULER = "cancelled_in_scheduler"  # booked here, cancelled there
    MOVED_IN_SCHEDULER = "moved_in_scheduler"  # another time, place or consultant there
    ONLY_IN_SCHEDULER = "only_in_scheduler"  # booked there for our activity, not here
    STATE_IN_ORDERING = "state_in_ordering"  # the work order says something else
    UNKNOWN_TO_ORDERING = "unknown_to_ordering"  # an activity without a work order
    UNKNOWN_TO_BOOKING = "unknown_to_booking"  # a work order without an activity


@dataclass(frozen=True, kw_only=True)
class Known:
    """What booking knows of an activity.

    Args:
        booking_id: of what is booked, or being booked, or was held; as all that follows.
        cancelled_id: of the booking that was given back last.
        reopened_at: when it last was opened again.
    """

    activity_id: UUID
    work_order_number: str
    state: str
    cause: str | None
    closed_at: datetime | None
    due_at: datetime
    principal: str
    agreement: str | None
    booking_id: UUID | None
    booking_state: str | None
    scheduler_id: int | None
    start: datetime | None
    end: datetime | None
    place_name: str | None
    consultant_name: str | None
    booked_at: datetime | None
    rebooked_at: datetime | None
    outcome_at: datetime | None
    follow_up: bool | None
    cancelled_id: UUID | None
    cancelled_at: datetime | None
    reopened_at: datetime | None

    @property
    def is_in_flight(self) -> bool:
        return self.state == "booking" or self.booking_state in ASKING

    @property
    def says(self) -> str:
        if self.booking_id is None:
            return " ".join(filter(None, (self.state, self.cause)))
        return _visit(self.state, self.start, self.place_name, self.consultant_name)


@dataclass(frozen=True, kw_only=True)
class WorkOrder:
    """What ordering says of one."""

    work_order_number: str
    activity_id: UUID
    state: str
    cause: str | None
    booked_start: datetime | None

    @property
    def says(self) -> str:
        start = self.booked_start.isoformat() if self.booked_start else None
        return " ".join(filter(None, (self.state, self.cause, start)))


@dataclass(frozen=True, kw_only=True)
class Difference:
    """
    Args:
        subject: which consultation, or which booking of the scheduler, it is about.
        scheduler_id: of the scheduler's booking, where it is about one.
    """

    kind: Kind
    subject: str
    activity_id: UUID | None = None
    work_order_number: str | None = None
    scheduler_id: int | None = None
    booking_says: str | None = None
    scheduler_says: str | None = None
    ordering_says: str | None = None


def scheduled_elsewhere(
    ours: Iterable[Known], theirs: Mapping[int, SchedulerBooking]
) -> Iterator[Difference]:
    """What is booked here and is not so in the scheduler.

    Args:
        theirs: what it has under the ids that are ours, by id, cancelled or not.
    """
    for one in ours:
        if one.is_in_flight or one.booking_state != "booked":
            continue
        found = theirs.get(one.scheduler_id or 0)
        if (kind := _kind(one, found)) is not None:
            yield Difference(
                kind=kind,
                subject=str(one.activity_id),
                activity_id=one.activity_id,
                work_order_number=one.work_order_number,
                scheduler_id=one.scheduler_id,
                booking_says=one.says,
                scheduler_says=_says(found),
            )


def orphans(
    theirs: Iterable[SchedulerBooking], known: Mapping[UUID, Known]
) -> Iterator[Difference]:
    """What the scheduler has booked for an activity of ours that does not have it.

    Where we have another booking of the activity, staff have moved it there themselves.

    What does not carry the id of an activity is not ours, and never looked at.

    Args:
        known: what booking knows of the activities that they name.
    """
    for one in theirs:
        activity_id = activity_of(one)
        ours = known.get(activity_id) if activity_id else None
        if activity_id is None or one.cancelled or (ours and ours.is_in_flight):
            continue
        if ours is None or ours.scheduler_id != one.id:
            moved = ours is not None and ours.booking_id is not None
            yield Difference(
                kind=Kind.MOVED_IN_SCHEDULER if moved else Kind.ONLY_IN_SCHEDULER,
                subject=str(one.id),
                activity_id=activity_id,
                work_order_number=ours.work_order_number if ours else None,
                scheduler_id=one.id,
                booking_says=ours.says if ours else None,
                scheduler_says=_says(one),
            )


def ordered_otherwise(
    ours: Sequence[Known], theirs: Sequence[WorkOrder], known: Mapping[UUID, Known]
) -> Iterator[Difference]:
    """Where booking and ordering differ, in one range of work order numbers.

    Args:
        known: what booking knows of the activities of their work orders.
    """
    for order in theirs:
        found = known.get(order.activity_id)
        if found is None:
            yield _of_order(Kind.UNKNOWN_TO_BOOKING, order, None)
        elif not found.is_in_flight and expected(found) != _state(order):
            yield _of_order(Kind.STATE_IN_ORDERING, order, found)
    ordered = {order.activity_id for order in theirs}
    for one in ours:
        if one.activity_id not in ordered:
            yield Difference(
                kind=Kind.UNKNOWN_TO_ORDERING,
                subject=str(one.activity_id),
                activity_id=one.activity_id,
                work_order_number=one.work_order_number,
                booking_says=one.says,
            )


def expected(known: Known) -> tuple[str, str | datetime | None]:
    """What a work order's state is, with its cause or time, once ordering has heard all."""
    if known.state == "registered":
        return "open", None
    if known.state == "booked":
        return "booked", known.start
    return "closed", known.cause or known.state


def activity_of(booking: SchedulerBooking) -> UUID | None:
    """The activity that it was booked for; None for what is not ours."""
    try:
        return UUID(booking.activity_id)
    except ValueError:
        return None


def _state(order: WorkOrder) -> tuple[str, str | datetime | None]:
    return order.state, order.booked_start if order.state == "booked" else order.cause


def _kind(ours: Known, found: SchedulerBooking | None) -> Kind | None:
    if found is None:
        return Kind.MISSING_IN_SCHEDULER
    if found.cancelled:
        return Kind.CANCELLED_IN_SCHEDULER
    there = found.start, found.end, found.place_name, found.consultant_name
    same = there == (ours.start, ours.end, ours.place_name, ours.consultant_name)
    return None if same else Kind.MOVED_IN_SCHEDULER


def _of_order(kind: Kind, order: WorkOrder, found: Known | None) -> Difference:
    return Difference(
        kind=kind,
        subject=str(order.activity_id),
        activity_id=order.activity_id,
        work_order_number=order.work_order_number,
        booking_says=found.says if found else None,
        ordering_says=order.says,
    )


def _says(found: SchedulerBooking | None) -> str | None:
    if found is None:
        return None
    state = "cancelled" if found.cancelled else "booked"
    return _visit(state, found.start, found.place_name, found.consultant_name)


def _visit(state: str, start: datetime | None, *where: str | None) -> str:
    at = start.isoformat() if start else None
    return ", ".join(filter(None, (state, at, *where)))
