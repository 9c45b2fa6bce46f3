"""Maintenance's transaction, with its repository."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Connection, TextClause

from chassis import database
from contracts.base import Event
from contracts.errors.common import CHANGED_MEANWHILE
from contracts.maintenance import (
    AdaptationBuiltV1,
    AdaptationCancelledV1,
    WorkCancelledV1,
    WorkFinishedV1,
    WorkPausedV1,
    WorkResumedV1,
    WorkStartedV1,
)
from services.maintenance import rows, statements
from services.maintenance.model import events
from services.maintenance.model.limits import terms_of
from services.maintenance.model.work_order import WorkOrder
from services.maintenance.ports import Due, Mail, Sight, Timed, Wanted

_page = cache(statements.page)


class MaintenanceTransaction(database.Transaction):
    """What one use case of maintenance reads, changes and tells."""

    contracts: ClassVar[Mapping[type, type[Event]]] = {
        events.WorkStarted: WorkStartedV1,
        events.WorkPaused: WorkPausedV1,
        events.WorkResumed: WorkResumedV1,
        events.WorkFinished: WorkFinishedV1,
        events.WorkCancelled: WorkCancelledV1,
        events.AdaptationBuilt: AdaptationBuiltV1,
        events.AdaptationCancelled: AdaptationCancelledV1,
    }

    @cached_property
    def work_orders(self) -> "WorkOrderRepository":
        return WorkOrderRepository(self)

    @cached_property
    def blocks(self) -> "BlockRepository":
        return BlockRepository(self.connection)


class WorkOrderRepository:
    """The work orders that one transaction reads and changes; port `WorkOrders`."""

    def __init__(self, tx: MaintenanceTransaction) -> None:
        self._tx = tx
        self._connection = tx.connection

    def add(self, order: WorkOrder, due: Due) -> str:
        values = rows.new(order) | rows.happened(order.history, 1) | due._asdict() | self._log()
        return str(self._connection.execute(statements.ADD, values).scalar_one())

    def get(self, number: str, sight: Sight) -> WorkOrder | None:
        return self._one(statements.GET, number=int(number), unit=sight.unit)

    def look_at(self, number: str, sight: Sight) -> WorkOrder | None:
        return self._one(statements.LOOK_AT, number=int(number), unit=sight.unit, **self._log())

    def page(
        self, wanted: Wanted, sight: Sight, sort: str, offset: int, limit: int
    ) -> Sequence[WorkOrder]:
        asked = {name: value for name, value in wanted._asdict().items() if value is not None}
        statement = _page(tuple(asked), sight.unit is not None, sort)
        values = asked | {"unit": sight.unit, "offset": offset, "limit": limit}
        found = self._connection.execute(statement, values)
        return [rows.work_order(row._asdict()) for row in found]

    def save(self, order: WorkOrder, due: Due) -> None:
        first = len(order.history) - len(order.happened) + 1
        values = rows.changed(order) | rows.happened(order.happened, first) | due._asdict()
        if self._connection.execute(statements.SAVE, values).first() is None:
            raise CHANGED_MEANWHILE()
        order.version += 1
        for event in order.events:
            self._tx.tell(event)
        order.events.clear()
        order.happened.clear()

    def finished(self, since: datetime, before: datetime, sight: Sight) -> Iterator[Timed]:
        values = {"since": since, "before": before, "unit": sight.unit}
        return self._timed(statements.FINISHED, values)

    def unfinished(self) -> Iterator[Timed]:
        return self._timed(statements.UNFINISHED, {})

    def set_due(self, changed: Iterable[tuple[Timed, Due]]) -> int:
        new = [{"id": at.id, "version": at.version} | due._asdict() for at, due in changed]
        values = {"changed": json.dumps(new, default=str)}
        return len(self._connection.execute(statements.SET_DUE, values).all())

    def warn(self, clock: str, notice: Mail, at_most: int) -> int:
        values = {"at_most": at_most, **notice}
        return self._connection.execute(statements.WARN[clock], values).scalar_one()

    def tell_overdue(self, notice: Mail, at_most: int) -> int:
        values = {"at_most": at_most, **notice}
        return self._connection.execute(statements.TELL_OVERDUE, values).scalar_one()

    def _one(self, statement: TextClause, **values: Any) -> WorkOrder | None:
        row = self._connection.execute(statement, values).mappings().one_or_none()
        return rows.work_order(dict(row)) if row else None

    def _timed(self, statement: TextClause, values: dict[str, Any]) -> Iterator[Timed]:
        for row in self._connection.execute(statement, values):
            id_, version, kind, start, finish, whats, ats, *due = row
            history = list(zip(whats, ats, strict=True))
            yield Timed(id_, version, kind, terms_of(start, finish), history, Due(*due))

    def _log(self) -> dict[str, str]:
        """Who does it, for the access log."""
        actor = self._tx.actor
        return {
            "log_person": actor.hsa_id,
            "log_role": actor.role,
            "log_unit": actor.unit,
            "log_request": self._tx.context.request_id,
        }


class BlockRepository:
    """The blocks that one transaction reads and changes; port `Blocks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, adaptation_id: UUID, individual_number: str) -> None:
        self._do(statements.BLOCK, individual_number, adaptation_id=adaptation_id)

    def end(self, adaptation_id: UUID, individual_number: str, cause: str) -> None:
        values = {"adaptation_id": adaptation_id, "cause": cause}
        self._do(statements.RELEASE, individual_number, **values)

    def has(self, individual_number: str) -> bool:
        return self._do(statements.IS_BLOCKED, individual_number).scalar_one()

    def _do(self, statement: TextClause, individual_number: str, **values: Any) -> Any:
        device = {"individual_number": individual_number}
        self._connection.execute(statements.TURN, device)
        return self._connection.execute(statement, device | values)
