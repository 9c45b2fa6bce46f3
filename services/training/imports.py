"""Rows of imports that match nobody, in the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from chassis.sorting import order_by
from services.training.model.completions_file import FileRow, WaitingRow

_ADD = text("""
    INSERT INTO import_rows (id, line, written, course, version, completed_day, imported_by)
    SELECT row_id, line, written, course, version, completed_day, :by
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(row_id uuid, line integer, written text,
        course text, version smallint, completed_day date)
""")
_GET = text("""
    SELECT id AS row_id, course, version, completed_day, settled_at FROM import_rows
    WHERE id = :row_id FOR UPDATE
""")
_SETTLE = text("""
    UPDATE import_rows SET participant = :participant, settled_by = :by, settled_at = now()
    WHERE id = :row_id
""")
_WAITING = """
    SELECT id AS row_id, line, written, course, completed_day, imported_at FROM import_rows
    WHERE settled_at IS NULL
    ORDER BY {order}, imported_at, line, id OFFSET :offset LIMIT :limit
"""
_SORTED = {name: name for name in ("imported_at", "written", "course", "completed_day")}


class ImportRepository:
    """The rows that wait to be matched by hand; port `Imports`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Sequence[FileRow], imported_by: str) -> None:
        written = json.dumps([asdict(one) for one in rows], default=str)
        self._connection.execute(_ADD, {"rows": written, "by": imported_by})

    def get(self, row_id: UUID) -> WaitingRow | None:
        row = self._connection.execute(_GET, {"row_id": row_id}).one_or_none()
        return WaitingRow(**row._mapping) if row else None

    def settle(self, row_id: UUID, participant: str | None, settled_by: str) -> None:
        values = {"row_id": row_id, "participant": participant, "by": settled_by}
        self._connection.execute(_SETTLE, values)

    def waiting(self, sort: str, offset: int, limit: int) -> Sequence[Mapping[str, Any]]:
        statement = text(_WAITING.format(order=order_by(_SORTED, sort)))
        rows = self._connection.execute(statement, {"offset": offset, "limit": limit})
        return [dict(row) for row in rows.mappings()]
