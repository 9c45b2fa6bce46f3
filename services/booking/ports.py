"""What the use cases of booking need from outside."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from contracts.actor import Actor
from services.booking import schedule
from services.booking.model.activity import Activity
from services.booking.model.booking import Hold

Mail = Mapping[str, Any]  # what `Transaction.mail` takes


@dataclass(frozen=True)
class Scope:
    """Whose activities are seen: a unit's, a principal's, or everybody's where both are None."""

    unit: str | None = None
    principal: str | None = None


class Activities(Protocol):
    """The activities with their bookings."""

    def add(self, activity: Activity) -> None:
        """Keep a new activity; one that is known already stays as it is."""

    def get(self, activity_id: UUID) -> Activity | None:
        """The activity with its current booking, if any."""

    def holding(self, hold_id: UUID) -> tuple[Activity, Hold] | None:
        """What a hold is for, and the hold; also one that is over."""

    def get_held(self, activity_id: UUID, person: str) -> tuple[Activity | None, Hold | None]:
        """The activity, and the time that a person (HSA-ID) holds for it now, if any."""

    def held_by(self, person: str, unit: str) -> list[tuple[Activity, Hold]]:
        """What of a unit a person holds times for now, and the holds; in order of time."""

    def having(self, booking_id: UUID) -> Activity | None:
        """The activity with that booking of it."""

    def of_visit(self, visit_id: UUID) -> list[Activity]:
        """Those that are, or are being, booked as one visit; in order of time."""

    def page(
        self,
        unit: str,
        state: str | None,
        offset: int,
        limit: int,
        number: str | None = None,
        sort: str = "closes_at",
    ) -> list[Activity]:
        """Those of a unit; unless told, those whose window ends first come first.

        Args:
            number: of the only work order sought.
        """

    def save(self, activity: Activity) -> None:
        """Write its state and its booking, end its holds when it is booked, and tell its events.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """

    def close_overdue(self, notice: Mail, at_most: int) -> int:
        """Close those whose window has ended by the database's clock; return how many.

        Each is told of and its prescriber is mailed `notice`, in the same statement.
        """

    def reopen(self, activity: Activity) -> None:
        """Write that it is open again, beside its closing, and tell its events.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """

    def warn(self, notice: Mail, before: Sequence[timedelta]) -> int:
        """Mail everybody whose activities close in less than one of `before`; return how many.

        Nobody is mailed twice a day; one mail tells of all that comes to be told of that day.
        """

    def count_unbooked(
        self, scope: Scope, first: datetime, after: datetime
    ) -> Sequence[Mapping[str, Any]]:
        """What was registered, and closed for want of a booking, by month, unit and area.

        Args:
            after: the instant that no longer counts.
        """

    def unsettled(self, age: timedelta, at_most: int) -> list[Activity]:
        """Those for which the scheduler was asked longer than `age` ago, with no outcome yet."""


class Holds(Protocol):
    """The times that are held."""

    def add(self, hold: Hold, limit: int) -> Sequence[str] | None:
        """Keep a hold in place of those that its holder has for the same activity.

        One that is just being booked is left alone.

        Returns:
            The keys of those, which are over now; None: the holder has `limit` open ones for other
            activities, and nothing was changed.
        """

    def extend(self, hold: Hold) -> None:
        """Write until when it is kept now.

        Raises:
            Conflict: it is over, or somebody else has just extended it.
        """

    def end(self, hold_id: UUID) -> None:
        """It is over now, if it was not before."""

    def prune(self, age: timedelta) -> int:
        """Forget those that were over longer than `age` ago; return how many."""


class Transaction(Protocol):
    """What one transaction reads, changes and tells."""

    actor: Actor
    now: datetime

    @property
    def activities(self) -> Activities: ...

    @property
    def holds(self) -> Holds: ...

    def mail(self, recipient: str, subject: str, body: str, **calendar: Any) -> None: ...

    def is_answered(self, command_id: UUID) -> bool:
        """Whether the command has been carried out; asked after what it changes has been read."""

    def answer(self, command_id: UUID, mark: bytes, reply: Mapping[str, Any]) -> None: ...


class Database(Protocol):
    """Where transactions come from; none is open while the scheduler is being asked."""

    def transaction(self, late: bool = False) -> AbstractContextManager[Transaction]: ...

    def reading(self) -> AbstractContextManager[Transaction]: ...


class Offered(Protocol):
    """What there is to choose from, as it was a while ago at most."""

    def places(self) -> Sequence[schedule.Place]: ...

    def service_products(self, place_id: int) -> Sequence[schedule.ServiceProduct]: ...

    def consultants(
        self, place_id: int, service_product_id: int
    ) -> Sequence[schedule.Consultant]: ...


class Scheduler(Offered, Protocol):
    """Who keeps the consultants' calendars, as they are; raises `schedule.SchedulerError`."""

    def free_times(
        self,
        place_id: int,
        service_product_id: int,
        first_day: date,
        last_day: date,
        consultant_id: int | None = None,
        other_service_product_id: int | None = None,
    ) -> Sequence[schedule.FreeTime]: ...

    def hold(
        self,
        place_id: int,
        service_product_id: int,
        start: datetime,
        consultant_id: int | None = None,
        *,
        activity_id: str,
        key: str | None = None,
    ) -> schedule.Hold: ...

    def extend(
        self,
        place_id: int,
        service_product_id: int,
        start: datetime,
        consultant_id: int,
        *,
        activity_id: str,
        key: str,
    ) -> schedule.Hold:
        """Keep longer what the key holds."""

    def release(self, key: str) -> None: ...

    def book(
        self,
        key: str,
        *,
        start: datetime,
        activity_id: str,
        work_order_number: str,
        telephone: str,
        other_work_orders: tuple[str, ...] = (),
    ) -> schedule.SchedulerBooking: ...

    def move(
        self,
        booking_id: int,
        *,
        start: datetime,
        consultant_id: int | None,
        key: str,
        telephone: str,
    ) -> schedule.SchedulerBooking:
        """Move a booking, or leave it as it is; again is harmless."""

    def hold_move(
        self, booking_id: int, *, start: datetime, consultant_id: int | None, key: str
    ) -> int:
        """Keep a new time for a booking, unless it is booked already; return its consultant."""

    def take(
        self,
        booking_id: int,
        *,
        start: datetime,
        consultant_id: int | None,
        key: str,
        telephone: str,
    ) -> schedule.SchedulerBooking:
        """Book a new time beside the old one, which stands; again is harmless."""

    def cancel(self, booking_id: int) -> schedule.SchedulerBooking: ...

    def get(self, booking_id: int) -> schedule.SchedulerBooking | None:
        """One booking, cancelled or not."""

    def booked(
        self, first_day: date, last_day: date, consultant_id: int | None = None
    ) -> Sequence[schedule.SchedulerBooking]: ...

    def block(
        self, consultant_id: int, source: str, periods: Sequence[schedule.Period]
    ) -> None: ...

    def staffing(self, first_day: date, last_day: date) -> Sequence[schedule.StaffedWeek]: ...

    def bookings_of(
        self, activity_id: str, first_day: date, last_day: date
    ) -> Sequence[schedule.SchedulerBooking]: ...

    def find_by_activity(
        self, activity_id: str, first_day: date, last_day: date
    ) -> schedule.SchedulerBooking | None: ...


class Window(Protocol):
    """How long an activity stays open without a booked time.

    Source: B-6, X-5
    """

    @property
    def rule(self) -> str:
        """In Swedish: "3 dagar"."""

    def end_after(self, start: datetime) -> datetime:
        """When a window that starts then ends."""


class Windows(Protocol):
    """Which window an activity has: that of its agreement, or the usual one."""

    @property
    def restart(self) -> bool:
        """Whether a cancelled booking starts a new one."""

    def of(self, agreement: str | None) -> Window: ...

    def start(self, activity: Activity, now: datetime) -> None:
        """Start the activity's clock anew."""


class Letters(Protocol):
    """The mails that booking sends."""

    def booked(self, activity: Activity) -> Sequence[Mail]: ...

    def rebooked(self, activity: Activity) -> Sequence[Mail]: ...

    def cancelled(self, activity: Activity) -> Sequence[Mail]: ...

    def closed(self) -> Mail:
        """To whom it concerns; `{work_order_number}` and `{closes_at}` are filled in for each."""

    def closing_soon(self) -> Mail:
        """One a day and person; `{activities}` is filled in with a line for each."""
