"""Occasions and enrolments in the database."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, TextClause

from services.training import statements
from services.training.model.occasion import (
    Enrolment,
    EnrolmentState,
    Occasion,
    OccasionState,
)


class OccasionRepository:
    """Occasions with their enrolments; port `Occasions`."""

    def __init__(self, connection: Connection, tell: Callable[[object], None]) -> None:
        self._connection, self._tell = connection, tell

    def add(self, occasion: Occasion) -> None:
        values = _row(occasion) | {
            "course": occasion.course,
            "place": occasion.place,
            "starts_at": occasion.start,
            "ends_at": occasion.end,
            "seats": occasion.seats,
            "smallest_number": occasion.smallest_number,
        }
        self._connection.execute(statements.ADD, values)

    def get(self, occasion_id: UUID) -> Occasion | None:
        return next(iter(self._locked(statements.LOCK, {"id": occasion_id})), None)

    def having(self, enrolment_id: UUID) -> Occasion | None:
        return next(iter(self._locked(statements.LOCK_HAVING, {"id": enrolment_id})), None)

    def overdue(self, at_most: int) -> list[Occasion]:
        return self._locked(statements.LOCK_OVERDUE, {"at_most": at_most})

    def save(self, occasions: Sequence[Occasion]) -> None:
        changed = [
            _enrolment_row(occasion, one)
            for occasion in occasions
            for one in dict.fromkeys(occasion.changed)
        ]
        rows = [_row(one) for one in occasions]
        values = {"occasions": rows, "enrolments": changed}
        written = {name: json.dumps(many, default=str) for name, many in values.items()}
        self._connection.execute(statements.SAVE, written)
        for occasion in occasions:
            for event in occasion.events:
                self._tell(event)
            occasion.events.clear()

    def look_at(self, occasion_id: UUID) -> Mapping[str, Any] | None:
        row = self._connection.execute(statements.LOOK_AT, {"id": occasion_id}).mappings().first()
        return dict(row) if row else None

    def to_come(
        self, course: str | None, sort: str, offset: int, limit: int
    ) -> Sequence[Mapping[str, Any]]:
        return self._page(statements.to_come(sort), offset, limit, course=course)

    def enrolments_of(
        self, hsa_id: str, occasion_id: UUID | None, sort: str, offset: int, limit: int
    ) -> Sequence[Mapping[str, Any]]:
        values = {"hsa_id": hsa_id, "occasion_id": occasion_id}
        return self._page(statements.enrolments_of(sort), offset, limit, **values)

    def participants(
        self, occasion_id: UUID, offset: int, limit: int
    ) -> Sequence[Mapping[str, Any]]:
        return self._page(statements.PARTICIPANTS, offset, limit, id=occasion_id)

    def _page(
        self, statement: TextClause, offset: int, limit: int, **values: Any
    ) -> Sequence[Mapping[str, Any]]:
        page = {"offset": offset, "limit": limit}
        return [dict(row) for row in self._connection.execute(statement, values | page).mappings()]

    def _locked(self, lock: TextClause, values: Mapping[str, Any]) -> list[Occasion]:
        """Lock first and read the enrolments afterwards: what others did meanwhile is seen."""
        found = [_occasion(row) for row in self._connection.execute(lock, values)]
        if found:
            by_id = {one.occasion_id: one for one in found}
            self._read_enrolments(by_id)
        return found

    def _read_enrolments(self, by_id: Mapping[UUID, Occasion]) -> None:
        values: dict[str, Iterable[UUID]] = {"ids": list(by_id)}
        for row in self._connection.execute(statements.ENROLMENTS, values):
            by_id[row.occasion_id].enrolments.append(_enrolment(row))


def _occasion(row: Row) -> Occasion:
    return Occasion(**{**row._mapping, "state": OccasionState(row.state)})


def _enrolment(row: Row) -> Enrolment:
    known = {name: value for name, value in row._mapping.items() if name != "occasion_id"}
    return Enrolment(**{**known, "state": EnrolmentState(row.state)})


def _row(occasion: Occasion) -> dict[str, Any]:
    """What of an occasion may change."""
    offers = [one.offered_until for one in occasion.enrolments if one.offered_until]
    return {
        "id": occasion.occasion_id,
        "taken": occasion.taken,
        "state": occasion.state.value,
        "cause": occasion.cause,
        "sequence": occasion.sequence,
        "offered_until": min(offers, default=None),
    }


def _enrolment_row(occasion: Occasion, one: Enrolment) -> dict[str, Any]:
    return {
        "id": one.enrolment_id,
        "occasion_id": occasion.occasion_id,
        "participant": one.participant,
        "enrolled_by": one.enrolled_by,
        "position": one.position,
        "state": one.state.value,
        "changed_at": one.changed_at,
        "offered_until": one.offered_until,
        "sequence": one.sequence,
    }
