"""Moving a whole visit: both new times are booked before either old one is given up.

A time that overlaps with the visit's own old one cannot be had so: the two are moved apart then.
Killed in between, the same command goes on from there, or else the reconciling does: either both
new times are had, and the old ones are given up, or what is had of the new ones is.

Source: B-12, B-14, X-25
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid5

from contracts.errors.common import CHANGED_MEANWHILE
from services.booking import views
from services.booking.model.activity import Activity
from services.booking.model.booking import Asked, BookingState, Wish
from services.booking.model.rebooking import move, start_rebooking
from services.booking.model.visit import bind
from services.booking.ports import Transaction
from services.booking.processes import ONE_DAY, BookingProcess
from services.booking.rebooking import Command, asked, view
from services.booking.refusals import as_contract_errors
from services.booking.schedule import (
    SchedulerBooking,
    SchedulerError,
    SchedulerRefused,
    SchedulerUnavailable,
)
from services.booking.use_cases import check_may_book, own

Both = Sequence[Activity]


class VisitMoves(BookingProcess):
    """Moves what is booked, also two work orders in one visit."""

    def rebook(self, command: Command, mark: bytes) -> views.Json:
        """Move a booked time (contract RebookTime), or those of the whole visit.

        Source: B-12, B-14, X-25
        """
        if not command.get("whole_visit"):
            return super().rebook(command, mark)
        both = self._start_moving(command, mark)
        with as_contract_errors():
            if len(both) == 1:
                self._move(both[0])
            else:
                self._move_both(both)
        return view(both[0])

    def _settle(self, activity: Activity) -> None:
        if activity.current.state is BookingState.REBOOKING:
            both = self._moved_together(activity)
            if len(both) > 1:
                self._move_both(both)
                return
        super()._settle(activity)

    def _start_moving(self, command: Command, mark: bytes) -> Both:
        """Write where all of the visit is to be moved; the booking that is named comes first."""
        with self.database.transaction() as tx:
            check_may_book(tx.actor)
            named = own(tx.actor, tx.activities.having(command["booking_id"]))
            if tx.is_answered(command["command_id"]):
                raise CHANGED_MEANWHILE()  # by this very command: what it was answered is kept
            asks = asked(tx, command, mark)
            both = [named, *self._others(tx, named)]
            started = [
                start_rebooking(one, _wish(command, one, named), of, self.rebookings)
                for one, of in zip(both, (asks, part_of(asks)), strict=False)
            ]
            if any(started):
                save_all(tx, both)
        return both

    def _others(self, tx: Transaction, named: Activity) -> list[Activity]:
        """What else is in the visit."""
        visit_id = named.current.visit_id
        visit = tx.activities.of_visit(visit_id) if visit_id else []
        return [own(tx.actor, one) for one in visit if one.id != named.id]

    def _moved_together(self, activity: Activity) -> Both:
        """What one command moves; what it names comes first.

        Raises:
            Conflict: it has been settled meanwhile, with the other part.
        """
        visit_id = activity.current.visit_id
        if visit_id is None:
            return [activity]
        with self.database.reading() as tx:
            visit = tx.activities.of_visit(visit_id)
        if (activity.id, activity.version) not in {(one.id, one.version) for one in visit}:
            raise CHANGED_MEANWHILE()
        commands = {one.current.asked.command_id: one for one in visit}
        for one in visit:
            other = commands.get(part_of(one.current.asked).command_id)
            if other and activity.id in (one.id, other.id):
                return [activity if each.id == activity.id else each for each in (one, other)]
        return [activity]

    def _move_both(self, both: Both) -> None:
        try:
            found = self._take_both(both)
        except SchedulerUnavailable:
            raise  # asked again later
        except SchedulerError as error:
            self._keep_both(both, error)
            raise
        for one in both:
            with suppress(SchedulerRefused):  # gone, or it stands beside: the reconciliation tells
                self.scheduler.cancel(one.current.scheduler_id or 0)
        with self.database.transaction(late=True) as tx:
            for activity, new in zip(both, found, strict=True):
                move(activity, new, tx.now)
            bind(both[0], both[1])
            for activity in both:
                for mail in self.letters.rebooked(activity):
                    tx.mail(**mail)
            save_all(tx, both)
            command = both[0].current.asked
            tx.answer(command.command_id, command.mark, view(both[0]))

    def _take_both(self, both: Both) -> list[SchedulerBooking]:
        """Both new times, with one consultant; held first, so that neither is had alone."""
        consultant = both[0].current.wish.consultant_id if both[0].current.wish else None
        for one in both:
            consultant = self.scheduler.hold_move(**_to(one, consultant))
        return [
            self.scheduler.take(**_to(one, consultant), telephone=one.current.telephone)
            for one in both
        ]

    def _keep_both(self, both: Both, error: SchedulerError) -> None:
        """Let go of what is had of the new times; the old ones stand.

        Raises:
            SchedulerError: `error`, if an old one stands no more, as then the new one is needed.
        """
        for one in both:
            self.scheduler.release(one.current.asked.command_id.hex)
            for new in self._new_ones(one):
                old = self.scheduler.get(one.current.scheduler_id or 0)
                if old is None or old.cancelled:
                    raise error
                self.scheduler.cancel(new.id)
        with self.database.transaction(late=True) as tx:
            for one in both:
                one.keep()
            save_all(tx, both)

    def _new_ones(self, activity: Activity) -> list[SchedulerBooking]:
        """What is booked for it about the time that it is to be moved to."""
        booking = activity.current
        day = (booking.wish.start if booking.wish else booking.start).date()
        found = self.scheduler.bookings_of(str(activity.id), day - ONE_DAY, day + ONE_DAY)
        return [one for one in found if one.id != booking.scheduler_id]


def part_of(asks: Asked) -> Asked:
    """The command for the other part of a visit, which follows from the one that was given."""
    return replace(asks, command_id=uuid5(asks.command_id, "part"))


def save_all(tx: Transaction, activities: Sequence[Activity]) -> None:
    """In an order that all keep, so that no two wait for each other."""
    for one in sorted(activities, key=lambda one: one.id):
        tx.activities.save(one)


def _wish(command: Command, part: Activity, named: Activity) -> Wish:
    """Where a part is to be moved to: as far from what the command names as it is now."""
    start = command["start"] + (part.current.start - named.current.start)
    return Wish(start, command["consultant_id"], command["cause"])


def _to(activity: Activity, consultant_id: int | None) -> dict[str, Any]:
    """Where the scheduler is to move it."""
    booking = activity.current
    if booking.wish is None:
        raise LookupError(f"booking {booking.id} is not being moved")
    return {
        "booking_id": booking.scheduler_id or 0,
        "start": booking.wish.start,
        "consultant_id": consultant_id,
        "key": booking.asked.command_id.hex,
    }
