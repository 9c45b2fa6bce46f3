"""What the use cases of maintenance need from outside."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from contracts.actor import Actor
from services.maintenance.model.clocks import OpeningHours
from services.maintenance.model.limits import AllTerms, Soon, Terms
from services.maintenance.model.work_order import WorkOrder

Mail = Mapping[str, Any]  # what `Transaction.mail` takes


@dataclass(frozen=True)
class Rules:
    """What the region has settled.

    Args:
        supply_centre: HSA-IDs of its units (Swedish: Hjälpmedelscentralen).
        back_days: how many days back something may be told to have happened.
    """

    hours: OpeningHours
    terms: AllTerms
    soon: Soon
    supply_centre: frozenset[str]
    back_days: int


class Sight(NamedTuple):
    """Whose work orders the actor sees: one unit's, or everybody's (None)."""

    unit: str | None


class Due(NamedTuple):
    """Until when, by the clocks; None where no clock runs. Kept for sweeps and lists alone."""

    start_due_at: datetime | None
    start_soon_at: datetime | None
    finish_due_at: datetime | None
    finish_soon_at: datetime | None


class Timed(NamedTuple):
    """What the clocks of one work order are computed from."""

    id: UUID
    version: int
    kind: str
    terms: Terms
    history: Sequence[tuple[str, datetime]]
    due: Due


class Wanted(NamedTuple):
    """Which work orders are listed; None leaves it open."""

    state: str | None = None
    kind: str | None = None
    individual_number: str | None = None
    technician: str | None = None


class WorkOrders(Protocol):
    """The work orders with their history."""

    def add(self, order: WorkOrder, due: Due) -> str:
        """Store a new work order; return its number. It is written to the access log."""

    def get(self, number: str, sight: Sight) -> WorkOrder | None:
        """The work order without its details."""

    def look_at(self, number: str, sight: Sight) -> WorkOrder | None:
        """The work order with its details; the look is written to the access log."""

    def page(
        self, wanted: Wanted, sight: Sight, sort: str, offset: int, limit: int
    ) -> Sequence[WorkOrder]:
        """Without details, sorted as `ListMaintenanceOrders` says; then the newest first."""

    def save(self, order: WorkOrder, due: Due) -> None:
        """Store what has happened to it, and tell its events.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """

    def finished(self, since: datetime, before: datetime, sight: Sight) -> Iterable[Timed]:
        """Those finished in that time."""

    def unfinished(self) -> Iterable[Timed]:
        """All that are open."""

    def set_due(self, changed: Iterable[tuple[Timed, Due]]) -> int:
        """Keep other times for these, but for those changed meanwhile; return how many."""

    def tell_overdue(self, notice: Mail, at_most: int) -> int:
        """Mail the prescribers of repairs that were not done in time; return how many.

        By the database's clock, each once, in one statement.
        """

    def warn(self, clock: str, notice: Mail, at_most: int) -> int:
        """Mail the technicians whose clock ("start", "finish") runs out soon; return how many.

        By the database's clock, each once, in one statement.
        """


class Blocks(Protocol):
    """Which devices are blocked by an adaptation that is not signed, each adaptation once."""

    def begin(self, adaptation_id: UUID, individual_number: str) -> None:
        """Block the device, unless the adaptation's end has been heard of already."""

    def end(self, adaptation_id: UUID, individual_number: str, cause: str) -> None:
        """Nothing of this adaptation blocks the device any more, nor will."""

    def has(self, individual_number: str) -> bool:
        """Whether the device is blocked; it stays so, or not, until the transaction ends."""


class Transaction(Protocol):
    """What one transaction reads, changes and tells."""

    actor: Actor
    now: datetime

    @property
    def work_orders(self) -> WorkOrders: ...

    @property
    def blocks(self) -> Blocks: ...

    def mail(self, recipient: str, subject: str, body: str, **calendar: Any) -> None: ...


class Database(Protocol):
    """Where the transactions of sweeps come from."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...
