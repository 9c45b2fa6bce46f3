"""Moving a booked time: a transaction, the scheduler, another transaction.

The first transaction writes where the booking is to be moved, the second one what came of it; until
then the old time stands. Killed in between, the same command goes on from there, or else the
reconciling does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.errors.common import CHANGED_MEANWHILE
from services.booking import views
from services.booking.model.activity import Activity
from services.booking.model.booking import Asked, Wish
from services.booking.model.rebooking import move, start_rebooking
from services.booking.ports import Database, Letters, Scheduler, Transaction, Windows
from services.booking.refusals import refusal
from services.booking.schedule import (
    SchedulerBooking,
    SchedulerError,
    SchedulerRefused,
    SchedulerUnavailable,
)
from services.booking.use_cases import check_may_book, own

Command = Mapping[str, Any]
UNREADABLE = ("answer_unreadable", "http_2")  # it may have been done


@dataclass(frozen=True)
class Rebooking:
    """Moves what is booked.

    Args:
        windows: what starts when a booking is cancelled, by agreement.
        rebookings: how often a booking may be moved.
    """

    database: Database
    scheduler: Scheduler
    letters: Letters
    windows: Windows
    rebookings: int = 3

    def rebook(self, command: Command, mark: bytes) -> views.Json:
        """Move a booked time (contract RebookTime).

        Raises:
            NotFound: there is no such booking, or it is another unit's.
            Conflict: it is not booked, has begun, has been moved often enough, or the new time
                cannot be had: the old one stands.
            Unavailable: the scheduler does not answer; the command may be repeated.

        Source: B-12, X-25
        """
        wish = Wish(command["start"], command["consultant_id"], command["cause"])
        with self.database.transaction() as tx:
            check_may_book(tx.actor)
            activity = own(tx.actor, tx.activities.having(command["booking_id"]))
            if tx.is_answered(command["command_id"]):
                raise CHANGED_MEANWHILE()  # by this very command: what it was answered is kept
            asks = asked(tx, command, mark)
            if start_rebooking(activity, wish, asks, self.rebookings):
                tx.activities.save(activity)
        try:
            self._move(activity)
        except SchedulerError as error:
            raise refusal(error) from error
        return view(activity)

    def _move(self, activity: Activity) -> None:
        """Have the scheduler move it, and write that it has, or that it has not."""
        try:
            found = self._ask_to_move(activity)
        except SchedulerUnavailable:
            raise  # asked again later
        except SchedulerError as error:
            if not _may_have_been_done(error):
                self._keep(activity)
            raise
        with self.database.transaction(late=True) as tx:
            move(activity, found, tx.now)
            self._save(tx, activity)
            for mail in self.letters.rebooked(activity):
                tx.mail(**mail)

    def _ask_to_move(self, activity: Activity) -> SchedulerBooking:
        booking = activity.current
        if booking.wish is None:
            raise LookupError(f"booking {booking.id} is not being moved")
        return self.scheduler.move(
            booking.scheduler_id or 0,
            start=booking.wish.start,
            consultant_id=booking.wish.consultant_id,
            key=booking.asked.command_id.hex,
            telephone=booking.telephone,
        )

    def _keep(self, activity: Activity) -> None:
        with self.database.transaction(late=True) as tx:
            activity.keep()
            tx.activities.save(activity)

    def _save(self, tx: Transaction, activity: Activity) -> None:
        """Write an outcome, and the answer to the command that wanted it."""
        tx.activities.save(activity)
        command = activity.current.asked
        tx.answer(command.command_id, command.mark, view(activity))


def asked(tx: Transaction, command: Command, mark: bytes) -> Asked:
    return Asked(command["command_id"], mark, tx.actor.hsa_id, tx.now)


def view(activity: Activity) -> views.Json:
    return views.booking(activity) or {}


def _may_have_been_done(error: SchedulerError) -> bool:
    return isinstance(error, SchedulerRefused) and error.code.startswith(UNREADABLE)
