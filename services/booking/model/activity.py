"""A consultation activity: its states and its clock."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.errors.booking import (
    ACTIVITY_BOOKED,
    ACTIVITY_CLOSED,
    ACTIVITY_NOT_CLOSED,
    ACTIVITY_STATE,
    HOLD_EXPIRED,
    WORK_ORDER_NOT_OPEN,
)
from services.booking.model.booking import (
    Asked,
    Booking,
    BookingState,
    Hold,
    check_future,
)
from services.booking.model.events import ActivityBooked, ActivityCancelled, ActivityReopened
from services.booking.schedule import SchedulerBooking

NOT_BOOKED = "not_booked"  # why an activity was closed. Source: B-6


class ActivityState(StrEnum):
    REGISTERED = "registered"  # registrerad
    BOOKING = "booking"  # under bokning: the scheduler is being asked
    BOOKED = "booked"  # bokad
    HELD = "held"  # genomförd
    NO_SHOW = "no_show"  # uteblivet besök
    CLOSED = "closed"  # avslutad; reached by the sweep alone, left when somebody opens it again


NEXT_STATES = {
    ActivityState.REGISTERED: {ActivityState.BOOKING, ActivityState.CLOSED},
    ActivityState.BOOKING: {ActivityState.BOOKED, ActivityState.REGISTERED},
    ActivityState.BOOKED: {ActivityState.REGISTERED, ActivityState.HELD, ActivityState.NO_SHOW},
    ActivityState.HELD: frozenset[ActivityState](),
    ActivityState.NO_SHOW: frozenset[ActivityState](),
    ActivityState.CLOSED: frozenset[ActivityState](),  # by `reopen` alone
}


@dataclass(frozen=True)
class Closing:
    """When and why it was closed, and when it was opened again."""

    closed_at: datetime
    cause: str
    reopened_at: datetime | None = None


@dataclass(eq=False)
class Activity:
    """A consultation that is to be booked (Swedish: konsultationsaktivitet).

    Args:
        due_at: when its window ends; computed once, when the clock is started.
        started_at: when its window began.
        window: the rule that `due_at` was computed by, in Swedish: "3 dagar".
        iso_code: of the device or product area that it concerns; None when nobody has said.
        proposed_product_id: the service product that suits it; None when nothing says so.
        closings: earlier ones, and the one that it is closed by.
        booking: what is booked for it, or being booked; of one asked for by its id, that one.

    Source: B-5, B-6, X-5
    """

    id: UUID
    work_order_number: str
    unit: str  # HSA-ID, as the next
    prescriber: str
    registered_at: datetime
    due_at: datetime
    window: str
    state: ActivityState = ActivityState.REGISTERED
    cause: str | None = None
    closed_at: datetime | None = None
    started_at: datetime | None = None
    principal: str = ""
    agreement: str | None = None
    iso_code: str | None = None
    proposed_product_id: int | None = None
    closings: tuple[Closing, ...] = ()
    booking: Booking | None = None
    version: int = 1
    events: list[object] = field(default_factory=list, repr=False)

    @property
    def closes_at(self) -> datetime | None:
        """When it closes unless it is booked; None when no clock runs."""
        running = self.state in (ActivityState.REGISTERED, ActivityState.BOOKING)
        return self.due_at if running else None

    def check_open(self) -> None:
        """It is open until the sweep has closed it, which decides a race with the last second.

        Raises:
            Conflict: it is booked, being booked, or closed.
        """
        if self.state is ActivityState.CLOSED:
            raise ACTIVITY_CLOSED(window=self.window)
        if self.state is ActivityState.BOOKED:
            raise ACTIVITY_BOOKED()
        if self.state is not ActivityState.REGISTERED:
            raise ACTIVITY_STATE(state=self.state.value)

    def attempt(
        self, hold: Hold, booking_id: UUID, work_order_number: str, telephone: str, asked: Asked
    ) -> bool:
        """Start booking what is held; return False if this command has already started it.

        Raises:
            Conflict: the work order is another, the activity is not open, or the hold is over.

        Source: B-9
        """
        if work_order_number != self.work_order_number:
            raise WORK_ORDER_NOT_OPEN(work_order_number=work_order_number)
        if self.is_attempted and self.current.asked.is_repeated_by(asked):
            return False
        self.check_open()
        check_future(hold.start, asked.at)
        if hold.expires_at <= asked.at:
            raise HOLD_EXPIRED()
        self.booking = Booking(
            booking_id, hold.key, hold.start, hold.end, telephone, asked.by, asked
        )
        self.booking.place_id = hold.place_id
        self.booking.service_product_id = hold.service_product_id
        self.enter(ActivityState.BOOKING)
        return True

    def confirm(self, found: SchedulerBooking, now: datetime) -> None:
        """The scheduler has booked it."""
        booking = self.current
        booking.enter(BookingState.BOOKED)
        self.enter(ActivityState.BOOKED)
        booking.booked_at = now
        booking.take(found)
        told = (self.id, self.work_order_number, booking.id, booking.start, booking.end, now)
        self.events.append(ActivityBooked(*told))

    def drop(self) -> None:
        """The scheduler has not booked it, and will not; the old window goes on."""
        self.current.enter(BookingState.DROPPED)
        self.enter(ActivityState.REGISTERED)

    def start_cancelling(self, asked: Asked) -> bool:
        """Start giving the booking back; return False if this command has already started it.

        Raises:
            Conflict: it is cancelled, or has begun.

        Source: B-12
        """
        booking = self.current
        if booking.state is BookingState.CANCELLING and booking.asked.is_repeated_by(asked):
            return False
        booking.check_to_come(asked)
        booking.enter(BookingState.CANCELLING)
        booking.asked = asked
        return True

    def keep(self) -> None:
        """The scheduler refuses to cancel or to move: the booking stands as it was."""
        self.current.enter(BookingState.BOOKED)
        self.current.wish = None

    def cancel(self, now: datetime) -> None:
        """The booking is given back; the activity is open again, until `due_at`."""
        booking = self.current
        booking.enter(BookingState.CANCELLED)
        self.enter(ActivityState.REGISTERED)
        booking.cancelled_at = now
        booking.sequence += 1
        booking.part()
        told = (self.id, self.work_order_number, booking.id, now, self.due_at)
        self.events.append(ActivityCancelled(*told))

    def restart(self, started_at: datetime, due_at: datetime, window: str) -> None:
        """Start the clock anew."""
        self.started_at, self.due_at, self.window = started_at, due_at, window

    def reopen(self, now: datetime) -> None:
        """Open it again after it was closed; its closing stays known.

        Raises:
            Conflict: it is not closed.

        Source: B-6
        """
        if self.state is not ActivityState.CLOSED:
            raise ACTIVITY_NOT_CLOSED()
        self.state = ActivityState.REGISTERED
        self.cause = self.closed_at = None
        told = (self.id, self.work_order_number, now, self.due_at)
        self.events.append(ActivityReopened(*told))

    def suits(self, service_product_id: int | None) -> bool | None:
        """Whether that is the service product proposed; None when none is, or none was taken.

        Source: B-15
        """
        if self.proposed_product_id is None or service_product_id is None:
            return None
        return service_product_id == self.proposed_product_id

    def is_booking(self, hold: Hold) -> bool:
        """Whether what is being booked is that hold."""
        return self.is_attempted and self.current.hold_key == hold.key

    @property
    def is_attempted(self) -> bool:
        return self.state is ActivityState.BOOKING

    @property
    def current(self) -> Booking:
        """The booking, where there must be one."""
        if self.booking is None:
            raise LookupError(f"activity {self.id} has no booking")
        return self.booking

    def enter(self, state: ActivityState) -> None:
        """
        Raises:
            Conflict: that state does not follow this one.
        """
        if state not in NEXT_STATES[self.state]:
            raise ACTIVITY_STATE(state=self.state.value)
        self.state = state
