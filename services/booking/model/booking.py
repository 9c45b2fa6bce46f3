"""A time held, and a time booked."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.errors.booking import BOOKING_STATE, HELD_LONG_ENOUGH, HOLD_EXPIRED, SLOT_IN_THE_PAST
from contracts.errors.common import KEY_REUSED
from services.booking.schedule import SchedulerBooking

BEGUN = "begun"  # the state of a booking that can no longer be cancelled or moved


class BookingState(StrEnum):
    ATTEMPTED = "attempted"  # the scheduler is being asked for it
    BOOKED = "booked"  # bokad
    REBOOKING = "rebooking"  # the scheduler is being asked to move it; the old time stands
    CANCELLING = "cancelling"  # the scheduler is being asked to give it up
    CANCELLED = "cancelled"  # avbokad
    HELD = "held"  # genomförd
    NO_SHOW = "no_show"  # ingen kom
    DROPPED = "dropped"  # the scheduler said no


NEXT_STATES = {
    BookingState.ATTEMPTED: {BookingState.BOOKED, BookingState.DROPPED},
    BookingState.BOOKED: {
        BookingState.CANCELLING,
        BookingState.REBOOKING,
        BookingState.HELD,
        BookingState.NO_SHOW,
    },
    BookingState.HELD: frozenset[BookingState](),
    BookingState.NO_SHOW: frozenset[BookingState](),
    BookingState.REBOOKING: {BookingState.BOOKED},
    BookingState.CANCELLING: {BookingState.CANCELLED, BookingState.BOOKED},
    BookingState.CANCELLED: frozenset[BookingState](),
    BookingState.DROPPED: frozenset[BookingState](),
}


@dataclass(frozen=True)
class Hold:
    """A time kept while the form is filled in; `key` is what the scheduler knows it by."""

    id: UUID
    activity_id: UUID
    key: str
    place_id: int
    service_product_id: int
    consultant_id: int
    start: datetime
    end: datetime
    expires_at: datetime
    held_by: str  # HSA-ID
    extensions: int = 0  # how often it has been extended


@dataclass(frozen=True)
class HoldLimits:
    """
    Args:
        per_person: how many times one person may hold at once, each for an activity of its own.
        extensions: how often each of them may be held longer.
    """

    per_person: int
    extensions: int

    def allow_longer(self, hold: Hold) -> bool:
        return hold.extensions < self.extensions


@dataclass(frozen=True)
class Asked:
    """The command that a booking is being changed by.

    Args:
        mark: what tells its repetition from another command under the same id.
    """

    command_id: UUID
    mark: bytes
    by: str  # HSA-ID
    at: datetime

    def is_repeated_by(self, other: "Asked") -> bool:
        """
        Raises:
            Conflict: `other` is another command under the same id.
        """
        if self.command_id == other.command_id and self.mark != other.mark:
            raise KEY_REUSED()
        return self.command_id == other.command_id


@dataclass(frozen=True)
class Wish:
    """The time that a booking is to be moved to.

    Args:
        consultant_id: None: the first free.
        cause: why, one of `contracts.booking.REBOOKING_CAUSES`.

    Source: B-10, B-12
    """

    start: datetime
    consultant_id: int | None
    cause: str


@dataclass(eq=False)
class Booking:
    """A booked time (Swedish: bokning), or the attempt at one.

    Args:
        wish: where it is being moved to; None unless it is.
        rebookings: how often it has been moved.
        visit_id: the same for two work orders that were booked as one visit. Source: B-14.
        together_with: number of the other work order in the visit, while both are.
    """

    id: UUID
    hold_key: str
    start: datetime
    end: datetime
    telephone: str = field(repr=False)  # E.164
    booked_by: str  # HSA-ID
    asked: Asked
    state: BookingState = BookingState.ATTEMPTED
    scheduler_id: int | None = None
    place_id: int | None = None
    service_product_id: int | None = None
    place_name: str = ""
    service_product_name: str = ""
    consultant_name: str = ""
    booked_at: datetime | None = None
    cancelled_at: datetime | None = None
    sequence: int = 0  # of its calendar entry
    wish: Wish | None = None
    rebookings: int = 0
    rebooked_at: datetime | None = None
    outcome_at: datetime | None = None
    outcome_by: str | None = None  # HSA-ID
    outcome_note: str = field(default="", repr=False)
    follow_up: bool = False
    visit_id: UUID | None = None
    together_with: str | None = None

    @property
    def changed_at(self) -> datetime | None:
        """When its calendar entry last changed."""
        return self.cancelled_at or self.rebooked_at or self.booked_at

    def take(self, found: SchedulerBooking) -> None:
        """Write down what the scheduler has booked."""
        self.scheduler_id, self.start, self.end = found.id, found.start, found.end
        self.place_id, self.place_name = found.place_id, found.place_name
        self.service_product_name = found.service_product_name
        self.consultant_name = found.consultant_name

    def part(self) -> None:
        """It is no longer in a visit with another. Source: B-14."""
        self.visit_id = self.together_with = None

    def check_to_come(self, asked: Asked) -> None:
        """
        Raises:
            Conflict: the visit has begun.
        """
        if self.start <= asked.at and self.state is BookingState.BOOKED:
            raise BOOKING_STATE(state=BEGUN)

    def enter(self, state: BookingState) -> None:
        """
        Raises:
            Conflict: that state does not follow this one.
        """
        if state not in NEXT_STATES[self.state]:
            raise BOOKING_STATE(state=self.state.value)
        self.state = state


def check_future(start: datetime, now: datetime) -> None:
    """
    Raises:
        Conflict: the time has already been.
    """
    if start <= now:
        raise SLOT_IN_THE_PAST()


def check_extensible(hold: Hold, now: datetime, limits: HoldLimits) -> None:
    """
    Raises:
        Conflict: the hold is over, or has been extended as often as it may be.
    """
    if hold.expires_at <= now:
        raise HOLD_EXPIRED()
    if not limits.allow_longer(hold):
        raise HELD_LONG_ENOUGH(limit=limits.extensions)
