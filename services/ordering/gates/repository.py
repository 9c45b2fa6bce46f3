"""Ordering's copy of the gates in the database."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, text

from services.ordering.gates.model import ClosedGate

#: What a permission `p` is a matter of.
_LEGAL_AREA = """CASE p.type WHEN 'orderer_health_care' THEN 'health_care'
    WHEN 'orderer_social_services' THEN 'social_services' END"""

#: The gates of a person: also those that training has never told of, which lack everything.
_GATES = f"""
    SELECT r.product_area, r.title, r.prefixes, r.competences, g.missing
    FROM gate_requirements r
    LEFT JOIN gates g ON g.person = :person AND g.requirement_id = r.id
    WHERE r.role = {{role}} AND r.legal_area = {_LEGAL_AREA}
        AND :day BETWEEN r.first_day AND coalesce(r.last_day, 'infinity')
"""

#: The closed ones, to be joined to a permission `p`.
CLOSED = f"""
    SELECT found.*, (SELECT as_of FROM gate_copy) AS as_of
    FROM ({_GATES.format(role=":gate_role")}) found
    WHERE missing IS NULL OR cardinality(missing) > 0
"""
_OF = text(f"""
    SELECT gate.* FROM permissions p, LATERAL ({_GATES.format(role=":role")}) gate
    WHERE p.person = :person AND p.unit = :unit
        AND :day BETWEEN p.first_day AND coalesce(p.last_day, 'infinity')
    ORDER BY gate.title
""")
_NOTE_REQUIREMENT = text("""
    INSERT INTO gate_requirements (id, version, product_area, title, prefixes, role, legal_area,
        first_day, last_day, competences)
    VALUES (:requirement_set_id, :version, :product_area, :title, :prefixes, :role, :legal_area,
        :first_day, :last_day, CAST(:competences AS jsonb))
    ON CONFLICT (id) DO UPDATE SET version = excluded.version,
        product_area = excluded.product_area, title = excluded.title,
        prefixes = excluded.prefixes, role = excluded.role, legal_area = excluded.legal_area,
        first_day = excluded.first_day, last_day = excluded.last_day,
        competences = excluded.competences
    WHERE gate_requirements.version < excluded.version
""")
_NOTE_GATE = text("""
    INSERT INTO gates (person, requirement_id, version, missing)
    VALUES (:hsa_id, :requirement_set_id, :version, :missing)
    ON CONFLICT (person, requirement_id) DO UPDATE
    SET version = excluded.version, missing = excluded.missing
    WHERE gates.version < excluded.version
""")
_NOTE_HEARD = text("""
    INSERT INTO gate_copy (as_of) VALUES (:told_at)
    ON CONFLICT (one) DO UPDATE SET as_of = excluded.as_of
    WHERE gate_copy.as_of < excluded.as_of
""")
_AS_OF = text("SELECT as_of FROM gate_copy")


class GateRepository:
    """The copy; port `Gates`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note_requirement(self, requirement: Mapping[str, Any]) -> None:
        competences = json.dumps(requirement["competences"])
        self._connection.execute(_NOTE_REQUIREMENT, {**requirement, "competences": competences})

    def note_gate(self, gate: Mapping[str, Any]) -> None:
        self._connection.execute(_NOTE_GATE, gate)

    def note_heard(self, told_at: datetime) -> None:
        self._connection.execute(_NOTE_HEARD, {"told_at": told_at})

    def of(self, person: str, role: str, unit: str, day: date) -> Sequence[Mapping[str, Any]]:
        """The gates of a person at a unit, each shaped as `GateView`."""
        values = {"person": person, "role": role, "unit": unit, "day": day}
        return [_view(dict(row)) for row in self._connection.execute(_OF, values).mappings()]

    def as_of(self) -> datetime | None:
        """When training was last heard of."""
        return self._connection.execute(_AS_OF).scalar()


def closed_gate(row: Mapping[str, Any]) -> ClosedGate:
    """A row of `CLOSED`, as JSON carries it."""
    heard = row["as_of"]
    return ClosedGate(
        row["product_area"],
        row["title"],
        tuple(row["prefixes"]),
        tuple(_missing(row)),
        datetime.fromisoformat(heard) if heard else None,
    )


def _view(row: Mapping[str, Any]) -> dict[str, Any]:
    missing = _missing(row)
    return {**row, "is_open": not missing, "missing": missing}


def _missing(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The competences that are missing: all of them when nothing was told of the person."""
    told = row["missing"]
    return [one for one in row["competences"] if told is None or one["code"] in told]
