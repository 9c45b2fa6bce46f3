"""Adaptations in the database."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from chassis.context import Context
from chassis.sorting import order_by
from services.ordering.adaptations.model import Adaptation, AdaptationState
from services.ordering.patients import access_log

_ADD_ADAPTATION = text(f"""
    WITH added AS (
        INSERT INTO adaptations (adaptation_id, individual_number, customer_number, unit,
            patient_id, instruction, risks, cost_proposal_wanted, prescriber, ordered_at, state)
        VALUES (:adaptation_id, :individual_number, :customer_number, :unit, :patient_id,
            :instruction, CAST(:risks AS jsonb), :cost_proposal_wanted, :prescriber, :ordered_at,
            :state)
        RETURNING number, patient_id
    ), logged AS ({access_log.writes("adaptation.ordered", "added", "'work order ' || number")})
    SELECT number FROM added
""")
_COLUMNS = """
    adaptation_id, number, individual_number, customer_number, unit, patient_id, instruction,
    risks, cost_proposal_wanted, prescriber, ordered_at, state, setback, setback_at, ended_at,
    diary_number
"""
_LOCKED_ADAPTATION = text(f"""
    SELECT {_COLUMNS} FROM adaptations WHERE adaptation_id = :adaptation_id FOR UPDATE
""")
_SAVE_ADAPTATION = text("""
    UPDATE adaptations SET state = :state, setback = :setback, setback_at = :setback_at,
        ended_at = :ended_at, diary_number = :diary_number
    WHERE adaptation_id = :adaptation_id
""")
_LOOK_AT_ADAPTATION = text(f"""
    WITH seen AS (
        SELECT {_COLUMNS} FROM adaptations WHERE adaptation_id = :adaptation_id
        AND (CAST(:unit AS varchar) IS NULL OR unit = :unit)
    ), logged AS ({access_log.writes("adaptation.read", "seen", "'work order ' || number")})
    SELECT * FROM seen
""")
_PAGE = """
    SELECT adaptation_id, number, individual_number, customer_number, unit, prescriber, state,
        setback, ordered_at, ended_at, diary_number
    FROM adaptations WHERE {wanted} ORDER BY {order}, number DESC LIMIT :limit OFFSET :offset
"""
_SORTED = {
    "work_order_number": "number",
    "individual_number": "individual_number",
    "ordered_at": "ordered_at",
}


class AdaptationRepository:
    def __init__(self, connection: Connection, context: Context) -> None:
        self._connection, self._log = connection, access_log.values(context)

    def add(self, adaptation: Adaptation) -> str:
        """Store a new adaptation; returns its work order number."""
        values = vars(adaptation) | {"risks": json.dumps(list(adaptation.risks))} | self._log
        return str(self._connection.execute(_ADD_ADAPTATION, values).scalar_one())

    def locked(self, adaptation_id: UUID) -> Adaptation | None:
        """The adaptation, kept from others until the transaction ends."""
        values = {"adaptation_id": adaptation_id}
        row = self._connection.execute(_LOCKED_ADAPTATION, values).mappings().first()
        if row is None:
            return None
        return Adaptation(**_numbered(dict(row)) | {"state": AdaptationState(row["state"])})

    def save(self, adaptation: Adaptation) -> None:
        """Store the adaptation's new state; it must be locked."""
        self._connection.execute(_SAVE_ADAPTATION, vars(adaptation))

    def look_at(self, adaptation_id: UUID, unit: str | None) -> Mapping[str, Any] | None:
        """The adaptation, shaped as `AdaptationView`, if it is `unit`'s; None for everybody's."""
        values = {"adaptation_id": adaptation_id, "unit": unit} | self._log
        row = self._connection.execute(_LOOK_AT_ADAPTATION, values).mappings().first()
        return _numbered(dict(row)) if row else None

    def page(
        self, unit: str | None, wanted: Mapping[str, Any], limit: int, offset: int
    ) -> Sequence[Mapping[str, Any]]:
        """Adaptations of `unit`, or everybody's, as `ListAdaptations` wants them.

        Each is shaped as `AdaptationSummary`.
        """
        state = wanted.get("state")
        only = (["unit = :unit"] if unit else []) + (["state = :state"] if state else [])
        order = order_by(_SORTED, wanted["sort"])
        statement = text(_PAGE.format(wanted=" AND ".join(only) or "true", order=order))
        values = {"unit": unit, "state": state, "limit": limit, "offset": offset}
        return [
            _numbered(dict(row)) for row in self._connection.execute(statement, values).mappings()
        ]


def _numbered(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "number"} | {
        "work_order_number": str(row["number"])
    }
