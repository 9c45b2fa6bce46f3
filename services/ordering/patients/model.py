"""A patient."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Patient:
    """What an orderer sees of a patient (Swedish: patient, brukare); never the number.

    Args:
        municipality: empty for who has protected data (Swedish: skyddade personuppgifter).
    """

    patient_id: UUID
    name: str
    birth_date: date
    municipality: str
