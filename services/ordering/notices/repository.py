"""Notices in the database: rows are added, and never changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from contracts.actor import Actor
from services.ordering.notices.model import Listed, Notice

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
_IS_READ = """
    EXISTS (SELECT FROM notice_readings AS read WHERE read.person = :person
        AND (read.notice_id, read.version) = (latest.notice_id, latest.version)) AS is_read
"""
_CURRENT = text(f"""
    SELECT * FROM (SELECT *, {_IS_READ} FROM ({_LATEST}) latest) shown
    WHERE NOT is_withdrawn AND valid_from <= :day AND coalesce(valid_until, :day) >= :day
        AND (roles = '{{}}' OR :role = ANY(roles)) AND NOT (:unread AND is_read)
    ORDER BY kind = 'safety' DESC, valid_from DESC, written_at DESC, notice_id
    LIMIT :limit OFFSET :offset
""")
_NEWEST = text(f"""
    SELECT *, {_IS_READ} FROM ({_LATEST}) latest
    ORDER BY valid_from DESC, written_at DESC, notice_id LIMIT :limit OFFSET :offset
""")
#: What is there to be read is noted once, however often it is read.
_READ = text("""
    WITH shown AS (
        SELECT notice_id, version FROM notices
        WHERE notice_id = :notice_id AND version = :version AND NOT is_withdrawn
            AND valid_from <= :day AND (roles = '{}' OR :role = ANY(roles))
    ), noted AS (
        INSERT INTO notice_readings (person, notice_id, version, read_at)
        SELECT :person, notice_id, version, now() FROM shown ON CONFLICT DO NOTHING
    )
    SELECT count(*) FROM shown
""")


class NoticeRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notice: Notice) -> None:
        """Store a new version; of two that are written at once, the key refuses one."""
        self._connection.execute(_ADD, vars(notice) | {"roles": list(notice.roles)})

    def versions(self, notice_id: UUID) -> Sequence[Notice]:
        rows = self._connection.execute(_VERSIONS, {"notice_id": notice_id}).mappings()
        return [_notice(dict(row)) for row in rows]

    def current(
        self, reader: Actor, day: date, limit: int, offset: int, *, unread: bool
    ) -> Sequence[Listed]:
        values = {"role": reader.role, "day": day, "unread": unread}
        return self._listed(_CURRENT, values, reader, limit, offset)

    def newest(self, reader: Actor, limit: int, offset: int) -> Sequence[Listed]:
        return self._listed(_NEWEST, {}, reader, limit, offset)

    def read(self, notice_id: UUID, version: int, reader: Actor, day: date) -> bool:
        """Note that it was read; whether it is there to be read by the reader."""
        named = {"notice_id": notice_id, "version": version, "day": day}
        values = named | {"person": reader.hsa_id, "role": reader.role}
        return bool(self._connection.execute(_READ, values).scalar_one())

    def _listed(
        self, statement: Any, values: dict[str, Any], reader: Actor, limit: int, offset: int
    ) -> Sequence[Listed]:
        page = {"person": reader.hsa_id, "limit": limit, "offset": offset}
        rows = [dict(row) for row in self._connection.execute(statement, values | page).mappings()]
        read = [row.pop("is_read") for row in rows]
        return list(zip(map(_notice, rows), read, strict=True))


def _notice(row: dict[str, Any]) -> Notice:
    return Notice(**row | {"roles": tuple(row["roles"])})
