"""A time held, and a time booked."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.errors.booking import BOOKING_STATE, SLOT_IN_THE_PAST
from contracts.errors.common import KEY_REUSED


class BookingState(StrEnum):
    ATTEMPTED = "attempted"  # the scheduler is being asked for it
    BOOKED = "booked"  # bokad
    CANCELLING = "cancelling"  # the scheduler is being asked to give it up
    CANCELLED = "cancelled"  # avbokad
    DROPPED = "dropped"  # the scheduler said no


NEXT_STATES = {
    BookingState.ATTEMPTED: {BookingState.BOOKED, BookingState.DROPPED},
    BookingState.BOOKED: {BookingState.CANCELLING},
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


@dataclass(eq=False)
class Booking:
    """A booked time (Swedish: bokning), or the attempt at one."""

    id: UUID
    hold_key: str
    start: datetime
    end: datetime
    telephone: str = field(repr=False)  # E.164
    booked_by: str  # HSA-ID
    asked: Asked
    state: BookingState = BookingState.ATTEMPTED
    scheduler_id: int | None = None
    place_name: str = ""
    service_product_name: str = ""
    consultant_name: str = ""
    booked_at: datetime | None = None
    cancelled_at: datetime | None = None
    sequence: int = 0  # of its calendar entry

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
