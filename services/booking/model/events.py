"""What happens to activities that others want to know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ActivityBooked:
    activity_id: UUID
    work_order_number: str
    booking_id: UUID
    start: datetime
    end: datetime
    booked_at: datetime


@dataclass(frozen=True)
class ActivityRebooked:
    activity_id: UUID
    work_order_number: str
    booking_id: UUID
    start: datetime
    end: datetime
    rebooked_at: datetime
    cause: str


@dataclass(frozen=True)
class ActivityCancelled:
    activity_id: UUID
    work_order_number: str
    booking_id: UUID
    cancelled_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class ActivityClosed:
    """For want of a booking; told again, as the sweep tells it first."""

    activity_id: UUID
    work_order_number: str
    cause: str
    closed_at: datetime


@dataclass(frozen=True)
class ActivityHeld:
    activity_id: UUID
    work_order_number: str
    booking_id: UUID
    noted_at: datetime
    follow_up: bool
    principal: str
    agreement: str | None


class ActivityMissed(ActivityHeld):
    """Nobody came."""


@dataclass(frozen=True)
class ActivityReopened:
    activity_id: UUID
    work_order_number: str
    reopened_at: datetime
    closes_at: datetime
