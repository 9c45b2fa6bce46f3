"""The patients in the database."""

from sqlalchemy import Connection, text

from chassis.context import Context
from services.ordering.patients import access_log
from services.ordering.patients.model import Patient

#: What may be seen of `patients p`.
SEEN = """
    p.id AS patient_id, p.name, p.birth_date,
    CASE WHEN p.protected THEN '' ELSE p.municipality END AS municipality
"""
_LOOK_UP = text(f"""
    WITH seen AS (
        SELECT {SEEN} FROM patients p WHERE personal_identity_number = :number
    ), logged AS ({access_log.writes("patient.looked_up", "seen")})
    SELECT * FROM seen
""")


class PatientRepository:
    def __init__(self, connection: Connection, context: Context) -> None:
        self._connection, self._context = connection, context

    def look_up(self, personal_identity_number: str, reason: str) -> Patient | None:
        """The patient with this number; the look is logged."""
        values = {"number": personal_identity_number, "reason": reason}
        row = self._connection.execute(_LOOK_UP, values | access_log.values(self._context)).first()
        return Patient(**row._mapping) if row else None
