"""What the scheduler tells, in our words; instants are aware and in UTC.

Errors:

* SchedulerError
  * SlotTaken              somebody else has the time: offer others
  * HoldExpired            the hold has lapsed: choose a time again
  * SchedulerRefused       understood and refused, `code` says why
  * SchedulerUnavailable   no answer: the same call may be repeated, and is carried out once
    * OutcomeUnknown       no answer, and it may have been done: look it up before repeating
"""

from dataclasses import dataclass
from datetime import date, datetime

Period = tuple[datetime, datetime]


class SchedulerError(Exception):
    """The scheduler did not do what it was asked."""


class SlotTaken(SchedulerError):
    """Somebody else holds or has booked the time."""


class HoldExpired(SchedulerError):
    """The hold has lapsed, or its key has been used."""


class SchedulerRefused(SchedulerError):
    """The request was understood and refused, or its answer was not what it should be.

    Args:
        code: the scheduler's own where it gives one, else `http_<status>`.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class SchedulerUnavailable(SchedulerError):
    """No answer; the same call may be repeated, and is carried out once."""


class OutcomeUnknown(SchedulerUnavailable):
    """No answer to a change that may have been made."""


@dataclass(frozen=True)
class Place:
    """Where consultations are given (Swedish: ort). Source: B-8."""

    id: int
    name: str


@dataclass(frozen=True)
class ServiceProduct:
    """What a consultation concerns (Swedish: tjänsteprodukt). Source: B-8."""

    id: int
    name: str
    duration: int  # minutes


@dataclass(frozen=True)
class Consultant:
    """Who can be chosen for a consultation (Swedish: konsulent). Source: B-10."""

    id: int
    name: str


@dataclass(frozen=True)
class FreeTime:
    """A time at which each of these consultants is free.

    Args:
        other_start: when the second of two service products begins. Source: B-14.
    """

    start: datetime
    end: datetime
    consultant_ids: tuple[int, ...]
    other_start: datetime | None = None


@dataclass(frozen=True)
class Hold:
    """A time kept for us until it expires; `key` books it or lets it go."""

    key: str
    expires_at: datetime
    consultant_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class SchedulerBooking:
    """A consultation as the scheduler has it; neither user nor telephone number leaves it."""

    id: int
    start: datetime
    end: datetime
    consultant_id: int
    consultant_name: str
    place_id: int
    place_name: str
    service_product_id: int
    service_product_name: str
    activity_id: str  # empty: not booked by us
    work_order_number: str
    cancelled: bool
    parent_id: int | None  # the first booking of the same visit
    present: bool | None = None  # whether the visit took place, once somebody has said so


@dataclass(frozen=True)
class StaffedWeek:
    """How many hours there are for a service product at a place in one week. Source: B-17.

    Args:
        week: its Monday.
        minutes: what one visit takes, its break included.
        consultants: who have the competence and work there then.
        on_duty: hours of their plans, holidays left out.
        absent: of these, hours in which they are away or busy.
        booked: hours of visits of this service product at this place.
        free: hours that can still be booked.
    """

    week: date
    place_id: int
    place_name: str
    service_product_id: int
    service_product_name: str
    minutes: int
    consultants: int
    on_duty: float
    absent: float
    booked: float
    free: float
