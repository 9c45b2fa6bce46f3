"""Notices in the database: rows are added, and never changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from services.ordering.notices.model import Notice

_COLUMNS = """
    notice_id, version, kind, title, text, english_title, english_text, valid_from, valid_until,
    roles, is_withdrawn, written_by, written_at
"""
_ADD = text("""
    INSERT INTO notices VALUES (:notice_id, :version, :kind, :title, :text, :english_title,
        :english_text, :valid_from, :valid_until, :roles, :is_withdrawn, :written_by, :written_at)
""")
_VERSIONS = text(f"""
    SELECT {_COLUMNS} FROM notices WHERE notice_id = :notice_id ORDER BY version DESC
""")
_LATEST = f"SELECT DISTINCT ON (notice_id) {_COLUMNS} FROM notices ORDER BY notice_id, version DESC"
_CURRENT = text(f"""
    SELECT * FROM ({_LATEST}) latest
    WHERE NOT is_withdrawn AND valid_from <= :day AND coalesce(valid_until, :day) >= :day
        AND (roles = '{{}}' OR :role = ANY(roles))
    ORDER BY kind = 'safety' DESC, valid_from DESC, written_at DESC, notice_id
    LIMIT :limit OFFSET :offset
""")
_NEWEST = text(f"""
    SELECT * FROM ({_LATEST}) latest
    ORDER BY valid_from DESC, written_at DESC, notice_id LIMIT :limit OFFSET :offset
""")


class NoticeRepository:
    def __init__(self, session: Connection) -> None:
        self._session = session

    def add(self, notice: Notice) -> None:
        """Store a new version; of two that are written at once, the key refuses one."""
        self._session.execute(_ADD, vars(notice) | {"roles": list(notice.roles)})

    def versions(self, notice_id: UUID) -> Sequence[Notice]:
        return self._found(_VERSIONS, {"notice_id": notice_id})

    def current(self, role: str, day: date, limit: int, offset: int) -> Sequence[Notice]:
        values = {"role": role, "day": day, "limit": limit, "offset": offset}
        return self._found(_CURRENT, values)

    def newest(self, limit: int, offset: int) -> Sequence[Notice]:
        return self._found(_NEWEST, {"limit": limit, "offset": offset})

    def _found(self, statement: Any, values: dict[str, Any]) -> Sequence[Notice]:
        rows = self._session.execute(statement, values).mappings()
        return [Notice(**row | {"roles": tuple(row["roles"])}) for row in map(dict, rows)]
