"""Work orders in the database."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from chassis.context import Context
from contracts.errors.common import CHANGED_MEANWHILE
from services.ordering.patients import access_log
from services.ordering.patients.repository import SEEN
from services.ordering.work_orders.model import WorkOrder, WorkOrderState

_COLUMNS = """
    number, activity_id, kind, customer_number, unit, patient_id, description, state, booking_id,
    fact_at, booked_start, cause, closed_at, orderer, registered_at, iso_code, reopened_at, version
"""
_ADD = text(f"""
    WITH added AS (
        INSERT INTO work_orders (activity_id, kind, customer_number, unit, patient_id, description,
            state, orderer, registered_at, iso_code)
        VALUES (:activity_id, :kind, :customer_number, :unit, :patient_id, :description,
            :state, :orderer, :registered_at, :iso_code)
        RETURNING number, patient_id
    ), logged AS (
        {access_log.writes("work_order.opened", "added", "'work order ' || number")}
    )
    SELECT number FROM added
""")
_OF_ACTIVITY = text(f"""
    SELECT {_COLUMNS} FROM work_orders WHERE activity_id = :activity_id FOR UPDATE
""")
_SAVE = text(f"""
    WITH saved AS (
        UPDATE work_orders SET state = :state, booking_id = :booking_id, fact_at = :fact_at,
            booked_start = :booked_start, cause = :cause, closed_at = :closed_at,
            reopened_at = :reopened_at, version = version + 1
        WHERE activity_id = :activity_id AND version = :version
        RETURNING number, patient_id
    ), logged AS (
        {access_log.writes("work_order.changed", "saved", "'work order ' || number")}
    )
    SELECT number FROM saved
""")
_OF_UNIT = text(f"""
    SELECT {_COLUMNS} FROM work_orders WHERE number = :number AND unit = :unit
""")
_PATIENT_OF = text(f"""
    WITH seen AS (
        SELECT {SEEN}, w.number, w.description
        FROM work_orders w JOIN patients p ON p.id = w.patient_id
        WHERE w.number = :number AND w.unit = :unit
    ), logged AS (
        {access_log.writes("work_order.looked_at", "seen", "'work order ' || number")}
    )
    SELECT patient_id, name, birth_date, municipality, description FROM seen
""")
# As in the list of orders: by the unit's own index.
_NEWEST = """
    SELECT {columns} FROM work_orders WHERE unit BETWEEN :unit AND :unit {state}
    ORDER BY unit DESC, number DESC LIMIT :limit OFFSET :offset
"""
_ALL = text(_NEWEST.format(columns=_COLUMNS, state=""))
_IN_STATE = text(_NEWEST.format(columns=_COLUMNS, state="AND state = :state"))
_OF_SAME_PATIENT = text(f"""
    SELECT {_COLUMNS} FROM work_orders
    WHERE patient_id = (SELECT patient_id FROM work_orders WHERE number = :number AND unit = :unit)
        AND unit = :unit AND number <> :number AND state = coalesce(:state, state)
    ORDER BY number DESC LIMIT :limit OFFSET :offset
""")
_AFTER = text(f"""
    SELECT {_COLUMNS} FROM work_orders WHERE number > :number AND kind = 'consultation'
    ORDER BY number LIMIT :limit
""")


class WorkOrderRepository:
    def __init__(self, connection: Connection, context: Context) -> None:
        self._connection, self._context = connection, context

    def add(self, work_order: WorkOrder) -> str:
        """Store a new work order; returns its number."""
        return str(self._execute(_ADD, vars(work_order)).scalar_one())

    def save(self, work_order: WorkOrder) -> None:
        """Store the work order's new state.

        Raises:
            Conflict: somebody else has changed it.
        """
        if self._execute(_SAVE, vars(work_order)).first() is None:
            raise CHANGED_MEANWHILE()
        work_order.version += 1

    def of_activity(self, activity_id: UUID) -> WorkOrder | None:
        """The activity's work order, kept from others until the transaction ends."""
        return self._one(_OF_ACTIVITY, activity_id=activity_id)

    def of_unit(self, work_order_number: str, unit: str) -> WorkOrder | None:
        return self._one(_OF_UNIT, number=int(work_order_number), unit=unit)

    def patient_of(self, work_order_number: str, unit: str) -> Mapping[str, Any] | None:
        """Whom it is for, shaped as `WorkOrderPatientView`; the look is logged."""
        values = {"number": int(work_order_number), "unit": unit}
        row = self._execute(_PATIENT_OF, values).mappings().first()
        return None if row is None else dict(row)

    def newest(self, unit: str, state: str | None, limit: int, offset: int) -> Sequence[WorkOrder]:
        """The unit's work orders, newest first."""
        values = {"unit": unit, "state": state, "limit": limit, "offset": offset}
        rows = self._connection.execute(_IN_STATE if state else _ALL, values).mappings()
        return [_work_order(dict(row)) for row in rows]

    def of_same_patient(
        self, number: str, unit: str, state: str | None, limit: int, offset: int
    ) -> Sequence[WorkOrder]:
        """The unit's other work orders for the patient of this one, newest first."""
        values = {"number": int(number), "unit": unit, "state": state}
        page = {"limit": limit, "offset": offset}
        rows = self._connection.execute(_OF_SAME_PATIENT, values | page).mappings()
        return [_work_order(dict(row)) for row in rows]

    def after(self, number: int, limit: int) -> Sequence[WorkOrder]:
        """The work orders of consultations after a number, in order of their numbers."""
        rows = self._connection.execute(_AFTER, {"number": number, "limit": limit}).mappings()
        return [_work_order(dict(row)) for row in rows]

    def _one(self, statement, **values: Any) -> WorkOrder | None:
        row = self._connection.execute(statement, values).mappings().first()
        return _work_order(dict(row)) if row else None

    def _execute(self, statement, values: dict[str, Any]):
        return self._connection.execute(statement, values | access_log.values(self._context))


def _work_order(row: dict[str, Any]) -> WorkOrder:
    return WorkOrder(
        work_order_number=str(row.pop("number")),
        state=WorkOrderState(row.pop("state")),
        **row,
    )
