"""Who may order, on which customer number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.errors import ordering as errors
from contracts.errors.common import ROLE_MAY_NOT
from services.ordering.catalogue.model import Article
from services.ordering.gates.model import ClosedGate

STOCKHOLM = ZoneInfo("Europe/Stockholm")

MAY_ORDER = frozenset({"prescriber", "orderer", "social_coordinator"})  # Source: O-9, P-1, P-4
MAY_REGISTER_CONSULTATION = frozenset({"prescriber"})  # Source: B-5
SYSTEM = frozenset({"system"})


class PermissionType(StrEnum):
    """A person has one of these for a unit at a time.

    Source: P-2, P-3, P-4
    """

    TO_UNIT = "orderer_to_unit"  # beställare till enhet
    HEALTH_CARE = "orderer_health_care"  # av personliga hjälpmedel inom hälso- och sjukvård
    SOCIAL_SERVICES = "orderer_social_services"  # av personliga hjälpmedel inom socialtjänst

    @property
    def covers_patients(self) -> bool:
        """Whether it covers personal devices; each type covers orders to the unit."""
        return self is not PermissionType.TO_UNIT


@dataclass(frozen=True)
class Customer:
    """A customer number (Swedish: kundnummer), and the unit that it defines.

    Args:
        kind: unit, personal_social_services or basic_equipment.
        supplier: HMC or LMN.
        unit: HSA-ID.
        stores: numbers of the buffer stores (Swedish: buffertförråd) that it is linked to.

    Source: O-4, O-5, O-29, O-33
    """

    customer_number: str
    kind: str
    supplier: str
    unit: str
    unit_name: str
    stores: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How a customer number and a person stand to each other on one day.

    Args:
        unit: HSA-ID of the unit that the customer number defines.
        principal: HSA-ID of the unit's principal.
        in_cooperation: whether the unit's provider is a principal, or engaged by one.
        agreement: that the customer number orders under and the principal takes part in; the first
            by its code where there are several, None where there is none.
        permission: the person's, for that unit.
        patient_id: of the patient asked for, when there is one.
        store_found: whether the customer number is linked to the store asked for.
        closed_gates: of the person that day, in the legal area of the permission.
        articles: those of the articles to be ordered that there are, by number.
        order_number: for the order of them; used for no other, even if this one is refused.
    """

    customer_number: str
    supplier: str
    unit: str
    principal: str
    in_cooperation: bool
    agreement: str | None
    permission: PermissionType | None
    patient_id: UUID | None = None
    store_found: bool = False
    closed_gates: tuple[ClosedGate, ...] = ()
    articles: Mapping[str, Article] = field(default_factory=dict)
    order_number: str = ""

    def require_for_unit(self, unit: str) -> None:
        """
        Args:
            unit: HSA-ID of the unit in whose commission the person works.

        Raises:
            Forbidden: the person may not order on this customer number.

        Source: O-2, O-5, G-1, P-2
        """
        if self.unit != unit or self.permission is None:
            raise errors.UNIT_NOT_YOURS(customer_number=self.customer_number)
        self.require_agreement()

    def require_agreement(self) -> None:
        """
        Raises:
            Forbidden: nothing may go to the unit, whoever asks.

        Source: O-2, G-1
        """
        if not self.in_cooperation:
            raise errors.UNIT_OUTSIDE_COOPERATION()
        if self.agreement is None:
            raise errors.AGREEMENT_MISSING()

    def require_patient(self) -> UUID:
        """The patient's id.

        Raises:
            Forbidden: the permission does not cover orders to patients.
            NotFound: the patient is not registered.

        Source: P-2, P-3, P-4, O-18
        """
        require_patients(self.permission)
        if self.patient_id is None:
            raise errors.PATIENT_UNKNOWN()
        return self.patient_id

    def require_store(self, store_number: str) -> None:
        """
        Raises:
            NotFound: the customer number is linked to no such store.

        Source: O-18
        """
        if not self.store_found:
            raise errors.STORE_UNKNOWN(store_number=store_number)


def require_role(role: str, roles: frozenset[str]) -> None:
    """
    Raises:
        Forbidden: the role is none of `roles`.

    Source: P-13
    """
    if role not in roles:
        raise ROLE_MAY_NOT()


def require_patients(permission: PermissionType | None) -> None:
    """
    Raises:
        Forbidden: there is no permission, or it does not cover patients.

    Source: P-2, P-3, P-4
    """
    if permission is None:
        raise ROLE_MAY_NOT()
    if not permission.covers_patients:
        raise errors.PERMISSION_TYPE()


def day_of(instant: datetime) -> date:
    """The day in Sweden; memberships and permissions run whole days."""
    return instant.astimezone(STOCKHOLM).date()
