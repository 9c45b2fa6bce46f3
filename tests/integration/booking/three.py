"""Ordering, booking and the scheduler, of which each says something of the others."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis.clock import SystemClock
from contracts.actor import system
from services.booking.reconciliation import use_cases
from services.booking.reconciliation.looking import Reconciling
from services.booking.reconciliation.model import WorkOrder
from services.booking.scheduler import ZoeziScheduler
from tests.integration.booking.scheduler.data import BORAS, WHEELCHAIR
from tests.unit.booking.world import PRESCRIBER, World

OPERATOR = replace(PRESCRIBER, role="operator")
AT_ONCE = timedelta(0)  # a second look right after the first
HEARD = {"registered": "open", "booked": "booked", "booking": "open"}


@dataclass
class Ordering:
    """Ordering as far as booking asks it: it has heard of everything, except what is changed."""

    booking: Any
    changed: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    unheard: set[UUID] = field(default_factory=set)
    more: list[WorkOrder] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    trouble: list[BaseException] = field(default_factory=list)

    def __call__(self, after: int, limit: int) -> list[WorkOrder]:
        self.asked.append(after)
        if self.trouble:
            raise self.trouble.pop()
        rows = self.booking.rows(
            "SELECT a.id, work_order_number, a.state, cause, starts_at FROM activities AS a"
            " LEFT JOIN bookings AS b ON b.activity_id = a.id AND b.state = 'booked'"
        )
        known = [self._order(*row) for row in rows if row.id not in self.unheard]
        found = sorted((*known, *self.more), key=lambda one: int(one.work_order_number))
        return [one for one in found if int(one.work_order_number) > after][:limit]

    def _order(self, activity_id, number, state, cause, start) -> WorkOrder:
        values = {
            "work_order_number": number,
            "activity_id": activity_id,
            "state": HEARD.get(state, "closed"),
            "cause": cause,
            "booked_start": start if state == "booked" else None,
        }
        return WorkOrder(**values | self.changed.get(activity_id, {}))


class Three(World):
    """Ordering, booking and the scheduler."""

    def __init__(self, booking_database, scheduler: ZoeziScheduler) -> None:
        super().__init__(clock=SystemClock())
        self.tables = booking_database
        self.database = booking_database.of(PRESCRIBER)
        self.scheduler = scheduler
        self.ordering = Ordering(booking_database)
        self.numbers = iter(range(1042001, 1043000))
        today = datetime.now(UTC).date()
        period = today + timedelta(days=7), today + timedelta(days=40)
        times = scheduler.free_times(BORAS, WHEELCHAIR, *period)
        self.starts = [one.start for one in times[::4]]

    def one_booked(self) -> dict[str, Any]:
        number = str(next(self.numbers))
        activity_id = self.register(work_order_number=number)
        hold_id = self.hold(activity_id, self.starts.pop(0))
        return self.book(hold_id, work_order_number=number)

    def one_open(self) -> UUID:
        return self.register(work_order_number=str(next(self.numbers)))

    def scheduler_id(self, booked) -> int:
        query = "SELECT scheduler_id FROM bookings WHERE id = :id"
        return self.tables.value(query, id=booked["booking_id"])

    def scheduled(self, activity_id: str):
        """Booked in the scheduler, and nowhere else."""
        start = self.starts.pop(0)
        held = self.scheduler.hold(BORAS, WHEELCHAIR, start, activity_id=activity_id)
        answers = {"work_order_number": "1042999", "telephone": "+46701740605"}
        return self.scheduler.book(held.key, start=start, activity_id=activity_id, **answers)

    def reconciling(self, grace: timedelta = AT_ONCE) -> Reconciling:
        database = self.tables.of(system("booking"))
        return Reconciling(database, self.scheduler, self.ordering, grace)

    def start(self) -> UUID:
        run_id = uuid4()
        with self.tables.of(OPERATOR).transaction() as tx:
            use_cases.start(tx, run_id)
        return run_id

    def differences(self, grace: timedelta = AT_ONCE) -> list[tuple[str, bool]]:
        """The kind of each that a run finds, and whether it was repaired."""
        self.start()
        self.reconciling(grace).run()
        return [(one["kind"], one["repaired_at"] is not None) for one in self.listed()]

    def listed(self, **query: Any):
        with self.tables.of(OPERATOR).reading() as tx:
            wanted = {"limit": 100, "page": 1, "state": "open"} | query
            return use_cases.list_differences(tx, **wanted)[0]

    def shown(self, run_id: UUID):
        with self.tables.of(OPERATOR).reading() as tx:
            return use_cases.get(tx, run_id)

    def told_of(self, activity_id: UUID | str) -> list[str]:
        rows = self.tables.rows(
            "SELECT event_type FROM outbox WHERE data->>'activity_id' = :id ORDER BY id",
            id=str(activity_id),
        )
        return [row.event_type.split(".")[2] for row in rows]
