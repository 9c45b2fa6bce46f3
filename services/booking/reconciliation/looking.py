"""A run: everything is looked at page by page, and once more after a while.

Any number of replicas go on with a run; one that dies lets its lease run out, and another goes on
from the page that was written last. No transaction is open while others are asked.

Source: B-16
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from contracts.errors import Conflict, ContractError
from services.booking.reconciliation import model, repairing
from services.booking.reconciliation.model import Difference, Kind, WorkOrder
from services.booking.reconciliation.repository import Run, Standing
from services.booking.schedule import SchedulerBooking, SchedulerError
from services.booking.window import midnight
from services.booking.zoezi_time import STOCKHOLM

LEASE = timedelta(minutes=1)  # longer than one page takes
PAUSE = timedelta(seconds=10)  # before who did not answer is asked again
PAGE = timedelta(days=31)  # of the scheduler's calendar
AHEAD = timedelta(days=400)  # at least
NUMBERS = 1000  # work orders a page

#: Work orders after a number, at most so many, in order of their numbers.
Ordering = Callable[[int, int], Sequence[WorkOrder]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reconciling:
    """
    Args:
        grace: how long a difference must have stood to count.
    """

    database: Any
    scheduler: Any
    ordering: Ordering
    grace: timedelta
    lease: timedelta = LEASE

    def run(self) -> None:
        """Go on with what is due, until nothing is."""
        while run := self._claim():
            try:
                self._look(run)
            except Conflict:
                return  # somebody else goes on with it
            except (SchedulerError, ContractError) as error:
                self._note_trouble(run, error)

    def _claim(self) -> Run | None:
        with self.database.transaction() as tx:
            found: Run | None = tx.reconciliation.claim(self.lease)
        return found

    def _look(self, run: Run) -> None:
        with self.database.reading() as tx:
            booked_until = tx.reconciliation.last_start() or tx.now
            last = max(booked_until, tx.now + AHEAD).astimezone(STOCKHOLM).date()
        while run.stage == "scheduler":
            run = self._look_at_days(run, last)
        while run.stage == "ordering":
            run = self._look_at_numbers(run)
        with self.database.transaction() as tx:
            tx.reconciliation.end_look(run, self.grace)

    def _look_at_days(self, run: Run, last: date) -> Run:
        today = datetime.now(UTC).astimezone(STOCKHOLM).date()
        first = date.fromisoformat(run.cursor) if run.cursor else today
        after = first + PAGE
        with self.database.reading() as tx:
            ours = tx.reconciliation.starting(midnight(first), midnight(after))
        theirs = {one.id: one for one in self.scheduler.booked(first, after - timedelta(days=1))}
        there = theirs | self._by_id([one.scheduler_id for one in ours], theirs)
        named = {model.activity_of(one) for one in theirs.values()} - {None}
        with self.database.reading() as tx:
            known = tx.reconciliation.these(named)
        seen = [*model.scheduled_elsewhere(ours, there), *model.orphans(theirs.values(), known)]
        to = ("ordering", "") if after > last else ("scheduler", after.isoformat())
        return self._go_on(run, to, seen, len(ours))

    def _by_id(
        self, ids: Sequence[int], found: dict[int, SchedulerBooking]
    ) -> dict[int, SchedulerBooking]:
        """What is ours and was not found on its days: cancelled, moved away, or unknown."""
        missing = [one for one in ids if one not in found]
        return {one.id: one for one in self.scheduler.these(missing)} if missing else {}

    def _look_at_numbers(self, run: Run) -> Run:
        after = int(run.cursor or 0)
        orders = self.ordering(after, NUMBERS)
        last = int(orders[-1].work_order_number) if len(orders) == NUMBERS else None
        with self.database.reading() as tx:
            ours = tx.reconciliation.numbered(after, last, NUMBERS)
            known = tx.reconciliation.these({one.activity_id for one in orders})
        if len(ours) == NUMBERS:  # ordering lacks so many: compare as far as both reach
            last = int(ours[-1].work_order_number)
            orders = [one for one in orders if int(one.work_order_number) <= last]
        seen = list(model.ordered_otherwise(ours, orders, known))
        to = ("done", "") if last is None else ("ordering", str(last))
        return self._go_on(run, to, seen, len(orders))

    def _go_on(
        self, run: Run, to: tuple[str, str], seen: Sequence[Difference], compared: int
    ) -> Run:
        """Write what was seen and how far that was, and repair what counts."""
        with self.database.transaction() as tx:
            further: Run = tx.reconciliation.advance(run, *to, compared, self.lease)
            standing = tx.reconciliation.note(run, seen, self.grace)
            repairing.retell(tx, standing)
        for one in standing:
            if one.kind is Kind.ONLY_IN_SCHEDULER:
                self._cancel_orphan(one)
        return further

    def _cancel_orphan(self, standing: Standing) -> None:
        """Cancel it, if it still is one at this moment."""
        found = self.scheduler.get(standing.scheduler_id)
        with self.database.reading() as tx:
            known = tx.reconciliation.these({standing.activity_id})
            now = tx.now
        if not repairing.is_orphan(found, known, now):
            return
        self.scheduler.cancel(standing.scheduler_id)
        with self.database.transaction() as tx:
            tx.reconciliation.repaired([standing.id])

    def _note_trouble(self, run: Run, error: Exception) -> None:
        _log.warning("reconciliation waits: %s", type(error).__name__)
        with self.database.transaction() as tx:
            tx.reconciliation.trouble(run, type(error).__name__, PAUSE)
