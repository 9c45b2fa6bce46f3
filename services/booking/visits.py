"""Two work orders in one visit: booked both or neither; given back together or apart.

The first transaction writes both attempts, the last one both bookings. The scheduler is asked for
one after the other; whoever finds that only one was had gives it up. Killed in between, the same
command goes on from there, or else the reconciling does.

Source: B-14
"""

from collections.abc import Sequence
from datetime import datetime

from contracts.errors.common import CHANGED_MEANWHILE
from services.booking import views
from services.booking.holding import own_hold
from services.booking.model.activity import Activity, ActivityState
from services.booking.model.visit import attempt_visit
from services.booking.rebooking import Command, asked, view
from services.booking.refusals import as_contract_errors
from services.booking.schedule import SchedulerBooking, SchedulerError, SchedulerUnavailable
from services.booking.use_cases import check_may_book, own
from services.booking.visit_moves import Both, VisitMoves, part_of, save_all


class VisitProcess(VisitMoves):
    """Books, moves and cancels, also two work orders in one visit."""

    def book(self, command: Command, mark: bytes) -> views.Json:
        """Book what is held (contract BookTime).

        Raises:
            Conflict: also when the two times are not one visit; then neither is booked.

        Source: B-9, B-14
        """
        if "together_with" not in command:
            return super().book(command, mark)
        with as_contract_errors():
            return view(self._book_both(self._attempt(command, mark))[0])

    def cancel(self, command: Command, mark: bytes) -> views.Json:
        """Give a booked time back (contract CancelBooking), or those of the whole visit.

        Source: B-12, B-14
        """
        if not command.get("whole_visit"):
            return super().cancel(command, mark)
        parts = self._start_cancelling(command, mark)
        with as_contract_errors():
            for one in parts:
                self._give_up(one)
        return view(parts[-1])

    def _attempt(self, command: Command, mark: bytes) -> Both:
        """Write that both are being booked; what the command has started is gone on with."""
        wanted = command, command["together_with"]
        with self.database.transaction() as tx:
            check_may_book(tx.actor)
            parts = [
                (*own_hold(tx, one["hold_id"]), str(one["work_order_number"])) for one in wanted
            ]
            if attempt_visit(parts, command["telephone"], asked(tx, command, mark)):
                save_all(tx, [activity for activity, _, _ in parts])
        return sorted((activity for activity, _, _ in parts), key=_start)

    def _book_both(self, both: Both) -> Both:
        """
        Raises:
            SchedulerError: neither is booked, or that is not known yet.
        """
        try:
            self._confirm_both(both, [self._ask(one) for one in both])
        except SchedulerUnavailable:
            raise  # asked again later
        except SchedulerError:
            self._settle_both(both)
            if both[0].state is not ActivityState.BOOKED:
                raise
        return both

    def _settle(self, activity: Activity) -> None:
        visit_id = activity.current.visit_id
        if not activity.is_attempted or visit_id is None:
            super()._settle(activity)
            return
        with self.database.reading() as tx:
            found = [one for one in tx.activities.of_visit(visit_id) if one.is_attempted]
        both = [activity if one.id == activity.id else one for one in found]
        if activity not in both:
            raise CHANGED_MEANWHILE()  # settled with the other part
        self._settle_both(both)

    def _settle_both(self, both: Both) -> None:
        """Book both if the scheduler has both, else neither.

        Every hold is let go first: what is not booked then will not be.
        """
        for one in both:
            self.scheduler.release(one.current.hold_key)
        found = [self._found(one) for one in both]
        had = [one for one in found if one is not None]
        if len(had) == len(both):
            self._confirm_both(both, had)
            return
        for half in had:
            self.scheduler.cancel(half.id)
        with self.database.transaction(late=True) as tx:
            for activity in both:
                activity.drop()
            save_all(tx, both)

    def _confirm_both(self, both: Both, found: Sequence[SchedulerBooking]) -> None:
        with self.database.transaction(late=True) as tx:
            for activity, one in zip(both, found, strict=True):
                activity.confirm(one, tx.now)
                for mail in self.letters.booked(activity):
                    tx.mail(**mail)
            save_all(tx, both)
            command = both[0].current.asked
            tx.answer(command.command_id, command.mark, view(both[0]))

    def _start_cancelling(self, command: Command, mark: bytes) -> Both:
        """Write what is to be given back, the booking that the command names as the last.

        The others are given back by commands of their own, as each is answered when it is done.
        """
        with self.database.transaction() as tx:
            check_may_book(tx.actor)
            named = own(tx.actor, tx.activities.having(command["booking_id"]))
            asks = asked(tx, command, mark)
            others = self._others(tx, named)
            started = [one.start_cancelling(part_of(asks)) for one in others]
            if named.start_cancelling(asks) or any(started):
                save_all(tx, [*others, named])
        return [*others, named]


def _start(activity: Activity) -> datetime:
    return activity.current.start
