"""Devices in the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from chassis.context import Context
from chassis.sorting import order_by
from services.ordering.devices.model import Device, DeviceState
from services.ordering.patients import access_log

#: The unsigned adaptation that blocks a device `d`: never more than one.
_BLOCKING = """(
    SELECT a.adaptation_id FROM adaptations a
    WHERE a.individual_number = d.individual_number AND a.state = 'ordered'
)"""
_ADD = text("""
    INSERT INTO devices (individual_number, article_number, state, changed_at)
    VALUES (:individual_number, :article_number, :state, :changed_at)
    ON CONFLICT DO NOTHING RETURNING individual_number
""")
# Locked first: what another transaction has just committed of its adaptations is seen after that.
_LOCK = text("SELECT FROM devices WHERE individual_number = :number FOR UPDATE")
_LOCKED = text(f"""
    SELECT d.individual_number, d.article_number, d.changed_at, d.state, d.customer_number, d.unit,
        d.patient_id, {_BLOCKING} AS adaptation_id
    FROM devices d WHERE d.individual_number = :number
""")
_SAVE = text(f"""
    WITH before AS (
        SELECT patient_id FROM devices WHERE individual_number = :individual_number
    ), saved AS (
        UPDATE devices SET state = :state, customer_number = :customer_number, unit = :unit,
            patient_id = :patient_id, changed_at = :changed_at
        WHERE individual_number = :individual_number
        RETURNING coalesce(patient_id, (SELECT patient_id FROM before)) AS patient_id
    ), logged AS ({access_log.writes("device.changed", "saved", "'device ' || :individual_number")})
    SELECT FROM saved
""")
_VIEW = f"""
    SELECT d.individual_number, d.article_number, a.name AS article_name, d.state,
        d.customer_number, d.unit, d.patient_id, d.patient_id IS NOT NULL AS with_patient,
        d.changed_at, {_BLOCKING} AS adaptation_id
    FROM devices d JOIN articles a ON a.number = d.article_number
"""
_LOOK_AT = text(f"""
    WITH seen AS ({_VIEW} WHERE d.individual_number = :number
        AND (CAST(:unit AS varchar) IS NULL OR d.unit IS NULL OR d.unit = :unit)
    ), logged AS ({access_log.writes("device.read", "seen", "'device ' || individual_number")})
    SELECT * FROM seen
""")
_PAGE = """
    {view} WHERE {wanted} ORDER BY {order}, d.individual_number LIMIT :limit OFFSET :offset
"""
_SORTED = {
    "individual_number": "d.individual_number",
    "article_name": "a.name",
    "changed_at": "d.changed_at",
}


class DeviceRepository:
    def __init__(self, connection: Connection, context: Context) -> None:
        self._connection, self._log = connection, access_log.values(context)

    def add(self, device: Device) -> bool:
        """Store a new device; False if its number is known."""
        return self._connection.execute(_ADD, vars(device)).first() is not None

    def locked(self, individual_number: str) -> Device | None:
        """The device, kept from others until the transaction ends."""
        number = {"number": individual_number}
        self._connection.execute(_LOCK, number)
        row = self._connection.execute(_LOCKED, number).mappings().first()
        return Device(**{**row, "state": DeviceState(row["state"])}) if row else None

    def save(self, device: Device) -> None:
        """Store the device's new state; it must be locked."""
        self._connection.execute(_SAVE, vars(device) | self._log)

    def look_at(self, individual_number: str, unit: str | None) -> Mapping[str, Any] | None:
        """The device, shaped as `DeviceView`, if it is in stock or with `unit`."""
        values = {"number": individual_number, "unit": unit} | self._log
        row = self._connection.execute(_LOOK_AT, values).mappings().first()
        return _device(dict(row)) if row else None

    def page(
        self, unit: str | None, wanted: Mapping[str, Any], limit: int, offset: int
    ) -> Sequence[Mapping[str, Any]]:
        """Devices with `unit`, or everybody's, as `ListDevices` wants them; each a `DeviceView`."""
        state = wanted.get("state")
        only = ["d.individual_number LIKE :search"]
        only += ["d.unit = :unit"] if unit else []
        only += ["d.state = :state"] if state else []
        order = order_by(_SORTED, wanted["sort"])
        statement = text(_PAGE.format(view=_VIEW, wanted=" AND ".join(only), order=order))
        values = {"unit": unit, "state": state, "limit": limit, "offset": offset}
        values["search"] = f"{_literal(wanted['search'].upper())}%"
        return [
            _device(dict(row)) for row in self._connection.execute(statement, values).mappings()
        ]


def _device(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "is_blocked": row["adaptation_id"] is not None}


def _literal(search: str) -> str:
    return search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
