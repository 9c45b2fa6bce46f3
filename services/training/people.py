"""People, what they have completed, and their gates, in the database."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, text

from services.training.model.gate import Gate
from services.training.ports import Completion

# In one order, so that two who lock several do not wait for each other.
_LOCK = text("""
    INSERT INTO people (hsa_id) SELECT unnest(CAST(:hsa_ids AS text[])) AS hsa_id
    ORDER BY hsa_id ON CONFLICT (hsa_id) DO UPDATE SET hsa_id = excluded.hsa_id
""")
_SHARE = text("SELECT pg_advisory_xact_lock_shared(hashtextextended('curriculum', 0))")
_ADD = text("""
    INSERT INTO completions (hsa_id, course, version, completed_day, source, recorded_by)
    SELECT hsa_id, course, version, completed_day, source, :by
    FROM jsonb_populate_recordset(NULL::completions, CAST(:completions AS jsonb))
    ON CONFLICT (hsa_id, course, version) WHERE revoked_at IS NULL DO NOTHING
    RETURNING id
""")
_REVOKE = text("""
    UPDATE completions SET revoked_at = now(), revoked_by = :by
    WHERE hsa_id = :hsa_id AND course = :course AND revoked_at IS NULL RETURNING id
""")
_COMPLETED = text("""
    SELECT hsa_id, course, version FROM completions
    WHERE hsa_id = ANY(CAST(:hsa_ids AS text[])) AND revoked_at IS NULL
""")
_KNOWN = text("SELECT hsa_id FROM people WHERE hsa_id = ANY(CAST(:hsa_ids AS text[]))")
_GATES = text("""
    SELECT hsa_id, requirement_set_id, missing, version FROM gates
    WHERE hsa_id = ANY(CAST(:hsa_ids AS text[]))
""")
_SAVE_GATES = text("""
    INSERT INTO gates
    SELECT * FROM jsonb_populate_recordset(NULL::gates, CAST(:gates AS jsonb))
    ON CONFLICT (hsa_id, requirement_set_id)
        DO UPDATE SET missing = excluded.missing, version = excluded.version
""")


class PeopleRepository:
    """Those whose training is followed; port `People`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, hsa_ids: Iterable[str]) -> None:
        self._connection.execute(_SHARE)
        self._connection.execute(_LOCK, {"hsa_ids": sorted(set(hsa_ids))})

    def known(self, hsa_ids: Iterable[str]) -> set[str]:
        return set(self._connection.execute(_KNOWN, {"hsa_ids": list(hsa_ids)}).scalars())

    def everybody(self) -> list[str]:
        return list(self._connection.execute(text("SELECT hsa_id FROM people")).scalars())

    def add(self, completions: Sequence[Completion], recorded_by: str) -> int:
        written = json.dumps([asdict(one) for one in completions], default=str)
        values = {"completions": written, "by": recorded_by}
        return len(self._connection.execute(_ADD, values).all())

    def revoke(self, hsa_id: str, course: str, revoked_by: str) -> bool:
        values = {"hsa_id": hsa_id, "course": course, "by": revoked_by}
        return bool(self._connection.execute(_REVOKE, values).all())

    def completed(self, hsa_ids: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {one: [] for one in hsa_ids}
        for row in self._connection.execute(_COMPLETED, {"hsa_ids": list(found)}):
            found[row.hsa_id].append((row.course, row.version))
        return found


class GateRepository:
    """The gates that anybody was ever told of; port `Gates`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, hsa_ids: Iterable[str]) -> list[Gate]:
        rows = self._connection.execute(_GATES, {"hsa_ids": list(hsa_ids)})
        return [
            Gate(row.hsa_id, UUID(str(row.requirement_set_id)), tuple(row.missing), row.version)
            for row in rows
        ]

    def save(self, gates: Sequence[Gate]) -> None:
        written = json.dumps([asdict(one) for one in gates], default=str)
        self._connection.execute(_SAVE_GATES, {"gates": written})
