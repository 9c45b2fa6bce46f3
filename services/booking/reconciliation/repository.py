"""Loads and saves runs and differences, and reads what booking knows."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, func, select, update

from contracts.errors.common import CHANGED_MEANWHILE
from services.booking.reconciliation import statements
from services.booking.reconciliation.model import Difference, Kind, Known
from services.booking.reconciliation.tables import differences, reconciliations

Row = RowMapping


@dataclass(frozen=True)
class Run:
    """Where a run is; `step` tells who has taken it over."""

    id: UUID
    look: int
    stage: str
    cursor: str
    step: int


@dataclass(frozen=True)
class Standing:
    """A difference that has stood for long enough to count."""

    id: int
    kind: Kind
    activity_id: UUID | None
    scheduler_id: int | None


class ReconciliationRepository:
    """What one transaction reads and changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, run_id: UUID, asked_by: str) -> None:
        """Ask for a run, unless one goes on; asked again it is the same one."""
        self._connection.execute(statements.LOCK)
        self._connection.execute(statements.ASK, {"id": run_id, "asked_by": asked_by})

    def claim(self, lease: timedelta) -> Run | None:
        """The run that is to be gone on with, kept from others for a while."""
        row = self._connection.execute(statements.CLAIM, {"lease": lease}).one_or_none()
        return None if row is None else Run(*row)

    def advance(self, run: Run, stage: str, cursor: str, compared: int, lease: timedelta) -> Run:
        """
        Raises:
            Conflict: somebody else goes on with it.
        """
        values = {"id": run.id, "step": run.step, "stage": stage, "cursor": cursor}
        given = values | {"compared": compared, "lease": lease}
        row = self._connection.execute(statements.ADVANCE, given).one_or_none()
        if row is None:
            raise CHANGED_MEANWHILE()
        return Run(run.id, run.look, stage, cursor, row.step)

    def end_look(self, run: Run, grace: timedelta) -> None:
        values = {"id": run.id, "step": run.step, "grace": grace}
        self._connection.execute(statements.END_LOOK, values)

    def trouble(self, run: Run, error: str, pause: timedelta) -> None:
        """Write what keeps it; it is tried again after a pause."""
        held = update(reconciliations).where(reconciliations.c.id == run.id)
        self._connection.execute(held.values(trouble=error, due_at=func.now() + pause))

    def note(self, run: Run, seen: Sequence[Difference], grace: timedelta) -> list[Standing]:
        """Keep what was seen; return what counts and has not been repaired."""
        if not seen:
            return []
        text = json.dumps([asdict(one) for one in seen], default=str)
        values = {"id": run.id, "seen": text, "grace": grace}
        rows = self._connection.execute(statements.NOTE, values).all()
        return [
            Standing(row.id, Kind(row.kind), row.activity_id, row.scheduler_id)
            for row in rows
            if row.listed_at and not row.repaired_at
        ]

    def repaired(self, ids: Collection[int]) -> None:
        done = update(differences).where(differences.c.id.in_(ids))
        self._connection.execute(done.values(repaired_at=func.now()))

    def starting(self, first: datetime, after: datetime) -> list[Known]:
        """What is booked from then on, and begins before `after`."""
        return self._known(statements.STARTING, first=first, after=after)

    def these(self, ids: Collection[UUID]) -> dict[UUID, Known]:
        found = self._known(statements.THESE, ids=list(ids)) if ids else []
        return {one.activity_id: one for one in found}

    def numbered(self, after: int, last: int | None, at_most: int) -> list[Known]:
        """Activities by work order number, `after` excluded and `last` included."""
        return self._known(statements.NUMBERED, after=after, last=last, at_most=at_most)

    def last_start(self) -> datetime | None:
        found: datetime | None = self._connection.execute(statements.LAST_START).scalar_one()
        return found

    def get(self, run_id: UUID) -> Row | None:
        """A run, with how many differences it saw last."""
        counted = [_listed().label("differences"), _listed(repaired=True).label("repaired")]
        wanted = select(reconciliations, *counted).where(reconciliations.c.id == run_id)
        return self._connection.execute(wanted).mappings().one_or_none()

    def newest(self, offset: int, limit: int) -> Sequence[Row]:
        counted = [_listed().label("differences"), _listed(repaired=True).label("repaired")]
        order = select(reconciliations, *counted).order_by(reconciliations.c.asked_at.desc())
        return self._connection.execute(order.offset(offset).limit(limit)).mappings().all()

    def listed(self, is_open: bool, kind: str | None, offset: int, limit: int) -> Sequence[Row]:
        """Differences that count, newest first."""
        wanted = select(differences).where(differences.c.listed_at.is_not(None))
        if is_open:
            wanted = wanted.where(differences.c.gone_at.is_(None))
        if kind:
            wanted = wanted.where(differences.c.kind == kind)
        page = wanted.order_by(differences.c.id.desc()).offset(offset).limit(limit)
        return self._connection.execute(page).mappings().all()

    def _known(self, statement: Any, **values: Any) -> list[Known]:
        rows = self._connection.execute(statement, values).mappings()
        return [Known(**row) for row in rows]


def _listed(repaired: bool = False) -> Any:
    counted = select(func.count()).where(
        differences.c.reconciliation_id == reconciliations.c.id,
        differences.c.listed_at.is_not(None),
    )
    if repaired:
        counted = counted.where(differences.c.repaired_at.is_not(None))
    return counted.scalar_subquery()
