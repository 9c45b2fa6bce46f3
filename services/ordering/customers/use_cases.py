"""Who may order on a customer number."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from contracts.errors import ordering as errors
from services.ordering import use_cases
from services.ordering.customers.model import (
    MAY_ORDER,
    SYSTEM,
    Customer,
    PermissionType,
    Standing,
    day_of,
    require_role,
)


class Customers(Protocol):
    """Customer numbers, agreements and the register of permissions."""

    def standing(
        self,
        customer_number: str,
        person: str,
        day: date,
        *,
        personal_identity_number: str | None = None,
        store_number: str | None = None,
        gate_role: str | None = None,
        to_order: Sequence[str] = (),
    ) -> Standing | None: ...

    def open_to(self, person: str, unit: str, day: date) -> Sequence[Customer]: ...

    def permission(self, person: str, unit: str, day: date) -> PermissionType | None: ...

    def addresses(self, hsa_ids: Sequence[str]) -> Mapping[str, str]: ...

    def names(self, hsa_ids: Sequence[str]) -> Mapping[str, str]: ...


class Transaction(use_cases.Transaction, Protocol):
    @property
    def customers(self) -> Customers: ...


def stand(
    tx: Transaction,
    customer_number: str,
    *,
    personal_identity_number: str | None = None,
    store_number: str | None = None,
    gate_role: str | None = None,
    to_order: Sequence[str] = (),
) -> Standing:
    """How the actor stands to a customer number that the actor may order on.

    Args:
        gate_role: the role whose gates count; none do without it.
        to_order: numbers of the articles to be ordered.

    Raises:
        NotFound: there is no such customer number.
        Forbidden: the actor may not order on it.

    Source: O-2, O-4, O-5, G-1, P-2
    """
    standing = tx.customers.standing(
        customer_number,
        tx.actor.hsa_id,
        day_of(tx.now),
        personal_identity_number=personal_identity_number,
        store_number=store_number,
        gate_role=gate_role,
        to_order=to_order,
    )
    if standing is None:
        raise errors.CUSTOMER_UNKNOWN()
    standing.require_for_unit(tx.actor.unit)
    return standing


def list_customers(tx: Transaction) -> Sequence[Customer]:
    """The customer numbers that the actor may order on.

    Source: O-5, P-2
    """
    if tx.actor.role not in MAY_ORDER:
        return []
    return tx.customers.open_to(tx.actor.hsa_id, tx.actor.unit, day_of(tx.now))


def find_contacts(tx: Transaction, hsa_ids: Sequence[str]) -> Mapping[str, str]:
    """The mail addresses, from the register of permissions, of those who are in it.

    Raises:
        Forbidden: somebody else than Rampen itself asks.

    Source: P-5
    """
    require_role(tx.actor.role, SYSTEM)
    return tx.customers.addresses(hsa_ids)


def find_names(tx: Transaction, hsa_ids: Sequence[str]) -> Mapping[str, str]:
    """The names, from the register of permissions, of those who are in it.

    Source: P-5
    """
    return tx.customers.names(hsa_ids)
