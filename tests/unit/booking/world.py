"""The use cases of booking on ports in memory, as one prescriber uses them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis.clock import ManualClock
from contracts.actor import Actor
from services.booking import clock, holding, outcomes, use_cases, views
from services.booking.letters import SwedishLetters
from services.booking.model.booking import HoldLimits
from services.booking.proposals import Proposals
from services.booking.visits import VisitProcess
from services.booking.window import Window, Windows
from tests.unit.booking.fakes import InMemoryDatabase, InMemoryScheduler

START = datetime(2026, 5, 21, 6, 0, tzinfo=UTC)  # a Thursday, 08:00 in Sweden
SLOT = datetime(2026, 5, 25, 5, 30, tzinfo=UTC)
UNIT = "SE2321000131-U001"
PRESCRIBER = Actor("SE2321000131-P001", "prescriber", UNIT, "SE2321000131-0000")
COLLEAGUE = replace(PRESCRIBER, hsa_id="SE2321000131-P002")
STRANGER = Actor("SE2120001355-P003", "prescriber", "SE2120001355-U002", "SE2120001355-0000")
PROPOSALS = Proposals({"12": 10, "12 22": 11})
AGE = timedelta(minutes=1)
CENTRE = frozenset({"SE2321000131-HMC"})


@dataclass
class World:
    """
    Args:
        limit: how many times a person may hold.
    """

    clock: ManualClock = field(default_factory=lambda: ManualClock(START))
    window: Window = field(default_factory=lambda: Window.parse("3 days"))
    restarts: bool = True
    by_agreement: dict[str, Window] = field(default_factory=dict)
    limit: int = 3

    def __post_init__(self) -> None:
        self.database = InMemoryDatabase(self.clock, PRESCRIBER)
        self.scheduler = InMemoryScheduler(self.clock, asked=self._check_no_transaction)
        self.letters = SwedishLetters("bokning@rampen.example")

    @property
    def limits(self) -> HoldLimits:
        return HoldLimits(self.limit, extensions=2)

    @property
    def store(self):
        return self.database.store

    def acting(self, actor: Actor) -> "World":
        self.database.actor = actor
        return self

    def register(self, activity_id: UUID | None = None, **values: Any) -> UUID:
        event = {
            "activity_id": activity_id or uuid4(),
            "work_order_number": "1042001",
            "unit": UNIT,
            "prescriber": PRESCRIBER.hsa_id,
            "registered_at": self.clock.now(),
        } | values
        with self.database.transaction() as tx:
            clock.open_activity(tx, event, self.windows, PROPOSALS)
        return event["activity_id"]

    def hold(self, activity_id: UUID, start: datetime = SLOT, **values: Any) -> UUID:
        """The id of the hold."""
        return UUID(self.send_hold(activity_id, start, **values)["hold_id"])

    def send_hold(self, activity_id: UUID, start: datetime = SLOT, **values: Any):
        command = {
            "command_id": uuid4(),
            "activity_id": activity_id,
            "place_id": 1,
            "service_product_id": 11,
            "start": start,
            "consultant_id": None,
        } | values

        def run(mark):
            return holding.hold_time(self.database, self.scheduler, self.limits, command, mark)

        return self.database.repeatable("hold_time", command, run)

    def holds(self) -> list[dict[str, Any]]:
        with self.database.reading() as tx:
            return holding.list_holds(tx, self.limits)

    def extend(self, hold_id: UUID, command_id: UUID | None = None):
        command = {"command_id": command_id or uuid4(), "hold_id": hold_id}

        def run(mark):
            return holding.extend_hold(self.database, self.scheduler, self.limits, command, mark)

        return self.database.repeatable("extend_hold", command, run)

    def release(self, hold_id: UUID):
        command = {"command_id": uuid4(), "hold_id": hold_id}

        def run(mark):
            return holding.release_hold(self.database, self.scheduler, command, mark)

        return self.database.repeatable("release_hold", command, run)

    def book(self, hold_id: UUID, **values: Any):
        return self.send("book_time", book_command(hold_id, **values))

    def cancel(self, booking_id: UUID | str, **values: Any):
        command = {"command_id": uuid4(), "booking_id": UUID(str(booking_id))} | values
        return self.send("cancel_booking", command)

    def rebook(self, booking_id: UUID | str, start: datetime, **values: Any):
        return self.send("rebook_time", rebook_command(UUID(str(booking_id)), start, **values))

    def send(self, name: str, command: dict[str, Any]):
        run = getattr(self.process, name.removesuffix("_time").removesuffix("_booking"))
        return self.database.repeatable(name, command, lambda mark: run(command, mark))

    def booked(self, start: datetime = SLOT):
        """A booking, with all that comes before it."""
        return self.book(self.hold(self.register(), start))

    def hold_two(self, start: datetime = SLOT) -> tuple[UUID, UUID]:
        """Two adjoining times with the same consultant, for two activities."""
        later = start + timedelta(minutes=45)
        return (
            self.hold(self.register(), start, consultant_id=101),
            self.hold(self.register(work_order_number="1042002"), later, consultant_id=101),
        )

    def booked_two(self, start: datetime = SLOT):
        """The booking that comes first of two work orders in one visit."""
        return self.send("book_time", visit_command(*self.hold_two(start)))

    def outcome(self, booking_id: UUID | str, outcome: str = "held", **values: Any):
        command = {"booking_id": UUID(str(booking_id)), "outcome": outcome, "note": ""}
        with self.database.transaction() as tx:
            return views.booking(
                outcomes.record_outcome(tx, command | {"follow_up": False} | values, CENTRE)
            )

    def reopen(self, activity_id: UUID | str) -> dict[str, Any]:
        with self.database.transaction() as tx:
            return views.activity(clock.reopen_activity(tx, UUID(str(activity_id)), self.windows))

    def sweep(self) -> int:
        return clock.close_overdue(self.database, self.letters)

    def reconcile(self):
        return list(self.process.reconcile(AGE))

    def activity(self, activity_id: UUID | str) -> dict[str, Any]:
        with self.database.reading() as tx:
            return views.activity(use_cases.get_activity(tx, UUID(str(activity_id))))

    def told(self, name: str) -> list[Any]:
        return [event for event in self.store.told if type(event).__name__ == name]

    @property
    def process(self) -> VisitProcess:
        return VisitProcess(self.database, self.scheduler, self.letters, self.windows)

    @property
    def windows(self) -> Windows:
        return Windows(self.window, self.by_agreement, self.restarts)

    def _check_no_transaction(self) -> None:
        assert self.database.open == 0, "a database connection is held while the scheduler is asked"


def book_command(hold_id: UUID, **values: Any) -> dict[str, Any]:
    return {
        "command_id": uuid4(),
        "hold_id": hold_id,
        "work_order_number": "1042001",
        "telephone": "+46701740605",
    } | values


def visit_command(hold_id: UUID, other: UUID, **values: Any) -> dict[str, Any]:
    """Books two work orders in one visit."""
    other_part = {"hold_id": other, "work_order_number": "1042002"}
    return book_command(hold_id) | {"together_with": other_part} | values


def rebook_command(booking_id: UUID, start: datetime, **values: Any) -> dict[str, Any]:
    return {
        "command_id": uuid4(),
        "booking_id": booking_id,
        "start": start,
        "consultant_id": None,
        "cause": "patient_prevented",
    } | values
