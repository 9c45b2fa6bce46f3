"""Booking and cancelling: a transaction, the scheduler, another transaction. So is rebooking.py.

The first transaction writes what is about to be asked of the scheduler, the second one what came of
it. Killed in between, the same command goes on from there, or else the reconciling does. Each step
is a compare-and-swap on the activity, so that whoever comes second changes nothing.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from contracts.errors import Conflict
from services.booking import views
from services.booking.holding import own_hold
from services.booking.model.activity import Activity, ActivityState
from services.booking.model.booking import BookingState
from services.booking.rebooking import Command, Rebooking, asked, view
from services.booking.refusals import refusal
from services.booking.schedule import (
    HoldExpired,
    SchedulerBooking,
    SchedulerError,
    SchedulerRefused,
    SchedulerUnavailable,
    SlotTaken,
)
from services.booking.use_cases import check_may_book, own

AT_ONCE = 50  # how many are reconciled in one go
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class BookingProcess(Rebooking):
    """Books, moves and cancels."""

    def book(self, command: Command, mark: bytes) -> views.Json:
        """Book the time held (contract BookTime, its telephone number in E.164).

        Raises:
            NotFound: there is no such hold, or it is another's.
            Conflict: the work order is another or not open, the hold is over, the time is taken.
            Unavailable: the scheduler does not answer; the command may be repeated.

        Source: B-8, B-9
        """
        with self.database.transaction() as tx:
            check_may_book(tx.actor)
            activity, hold = own_hold(tx, command["hold_id"])
            order, telephone = command["work_order_number"], command["telephone"]
            if activity.attempt(hold, uuid4(), order, telephone, asked(tx, command, mark)):
                tx.activities.save(activity)
        try:
            self._confirm(activity, self._ask(activity))
        except SchedulerError as error:
            if not self._is_booked_after(activity, error):
                raise refusal(error) from error
        return view(activity)

    def cancel(self, command: Command, mark: bytes) -> views.Json:
        """Give a booked time back (contract CancelBooking).

        Raises:
            NotFound: there is no such booking, or it is another unit's.
            Conflict: it is already cancelled, or has begun.
            Unavailable: the scheduler does not answer; the time is given back as soon as it does.

        Source: B-12
        """
        with self.database.transaction() as tx:
            check_may_book(tx.actor)
            activity = own(tx.actor, tx.activities.having(command["booking_id"]))
            if activity.start_cancelling(asked(tx, command, mark)):
                tx.activities.save(activity)
        try:
            self._give_up(activity)
        except SchedulerError as error:
            raise refusal(error) from error
        return view(activity)

    def reconcile(self, age: timedelta) -> Iterator[tuple[Activity, Exception | None]]:
        """Settle what was asked of the scheduler longer than `age` ago and has no outcome yet.

        Yields:
            each activity, and what kept it from being settled.
        """
        with self.database.reading() as tx:
            unsettled = tx.activities.unsettled(age, AT_ONCE)
        for activity in unsettled:
            try:
                self._settle(activity)
            except SchedulerUnavailable as error:
                yield activity, error
                return
            except (SchedulerError, Conflict) as error:  # or somebody else has settled it
                yield activity, error
            else:
                yield activity, None

    def _settle(self, activity: Activity) -> None:
        if activity.current.state is BookingState.REBOOKING:
            self._move(activity)
        elif not activity.is_attempted:
            self._give_up(activity)
        elif found := self._look_up(activity):
            self._confirm(activity, found)
        else:
            self._drop(activity)

    def _is_booked_after(self, activity: Activity, error: SchedulerError) -> bool:
        """Whether it turns out to be booked in spite of the error."""
        if isinstance(error, SlotTaken | HoldExpired):
            self._drop(activity)
        elif isinstance(error, SchedulerRefused):  # its answer may just have been unreadable
            with suppress(SchedulerError):
                self._settle(activity)
        return activity.state is ActivityState.BOOKED

    def _ask(self, activity: Activity) -> SchedulerBooking:
        booking = activity.current
        beside = (booking.together_with,) if booking.together_with else ()
        return self.scheduler.book(
            booking.hold_key,
            start=booking.start,
            activity_id=str(activity.id),
            work_order_number=activity.work_order_number,
            telephone=booking.telephone,
            other_work_orders=beside,
        )

    def _look_up(self, activity: Activity) -> SchedulerBooking | None:
        """What is booked for the activity; if nothing is, nothing will be: the hold is gone."""
        self.scheduler.release(activity.current.hold_key)
        return self._found(activity)

    def _found(self, activity: Activity) -> SchedulerBooking | None:
        day = activity.current.start.date()
        return self.scheduler.find_by_activity(str(activity.id), day - ONE_DAY, day + ONE_DAY)

    def _confirm(self, activity: Activity, found: SchedulerBooking) -> None:
        with self.database.transaction(late=True) as tx:
            activity.confirm(found, tx.now)
            self._save(tx, activity)
            for mail in self.letters.booked(activity):
                tx.mail(**mail)

    def _drop(self, activity: Activity) -> None:
        with self.database.transaction(late=True) as tx:
            activity.drop()
            tx.activities.save(activity)

    def _give_up(self, activity: Activity) -> None:
        """Have the scheduler cancel, and write that it has."""
        try:
            self.scheduler.cancel(activity.current.scheduler_id or 0)
        except SchedulerRefused:
            if self._found(activity):  # it stands, so the refusal is meant
                self._keep(activity)
                raise
        with self.database.transaction(late=True) as tx:
            if self.windows.restart:
                self.windows.start(activity, tx.now)
            activity.cancel(tx.now)
            self._save(tx, activity)
            for mail in self.letters.cancelled(activity):
                tx.mail(**mail)
