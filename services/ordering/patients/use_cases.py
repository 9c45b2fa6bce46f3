"""Finding a patient."""

from typing import Protocol

from contracts.errors import ordering as errors
from contracts.identity import WRONG, WrongNumber, person_number
from services.ordering.customers import use_cases as customers
from services.ordering.customers.model import MAY_ORDER, day_of, require_patients, require_role
from services.ordering.patients.model import Patient


class Patients(Protocol):
    """The patients; each look and each change is written to the access log with it."""

    def look_up(self, personal_identity_number: str, reason: str) -> Patient | None: ...


class Transaction(customers.Transaction, Protocol):
    @property
    def patients(self) -> Patients: ...


def find_patient(tx: Transaction, personal_identity_number: str, reason: str) -> Patient:
    """Look a patient up, for a reason that is logged.

    Raises:
        Forbidden: the actor may not order to patients.
        Invalid: the number is not a personal identity number.
        NotFound: no patient is registered under it.

    Source: P-3, P-4; HSLF-FS 2016:40 4 kap. 9 §
    """
    require_role(tx.actor.role, MAY_ORDER)
    number = read_number(personal_identity_number, "personal_identity_number")
    permission = tx.customers.permission(tx.actor.hsa_id, tx.actor.unit, day_of(tx.now))
    require_patients(permission)
    patient = tx.patients.look_up(number, reason)
    if patient is None:
        raise errors.PATIENT_UNKNOWN()
    return patient


def read_number(text: str, field: str) -> str:
    """The twelve digits of a personal identity number.

    Args:
        field: where in the message it stands.

    Raises:
        Invalid: it is none.
    """
    try:
        return person_number(text).value
    except WrongNumber as wrong:
        reason = wrong.reason
    raise errors.PERSONAL_IDENTITY_NUMBER_WRONG(fields={field: WRONG[reason]})
