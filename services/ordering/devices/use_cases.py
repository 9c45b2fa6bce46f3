"""Devices taken in, delivered and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from contracts.actor import CENTRE_ROLES, Actor
from contracts.devices import individual_number
from contracts.errors import ordering as errors
from services.ordering.catalogue import use_cases as catalogue
from services.ordering.customers import use_cases as customers
from services.ordering.customers.model import (
    MAY_ORDER,
    day_of,
    require_role,
)
from services.ordering.devices.model import Device
from services.ordering.patients.use_cases import read_number
from services.ordering.use_cases import found, paged


@dataclass(frozen=True)
class SupplyCentre:
    """Hjälpmedelscentralen: whose technicians and customer service keep the devices.

    Args:
        units: HSA-IDs.
    """

    units: frozenset[str]

    def has(self, actor: Actor) -> bool:
        return actor.keeps_devices(self.units)

    def require(self, actor: Actor) -> None:
        """
        Raises:
            Forbidden: the actor does not work there.
        """
        require_role(actor.role if self.has(actor) else "", CENTRE_ROLES)

    def sight(self, actor: Actor) -> str | None:
        """HSA-ID of the unit whose devices the actor sees; None for everybody's.

        Raises:
            Forbidden: the actor sees none.
        """
        if self.has(actor):
            return None
        require_role(actor.role, MAY_ORDER)
        return actor.unit


class Devices(Protocol):
    """The devices; what is seen or changed of one with a patient is logged with it."""

    def add(self, device: Device) -> bool: ...

    def locked(self, individual_number: str) -> Device | None: ...

    def save(self, device: Device) -> None: ...

    def look_at(self, individual_number: str, unit: str | None) -> Mapping[str, Any] | None: ...

    def page(
        self, unit: str | None, wanted: Mapping[str, Any], limit: int, offset: int
    ) -> Sequence[Mapping[str, Any]]: ...


class Transaction(customers.Transaction, catalogue.Transaction, Protocol):
    @property
    def devices(self) -> Devices: ...


def register_device(tx: Transaction, command: Mapping[str, Any], centre: SupplyCentre) -> Device:
    """
    Raises:
        ContractError: the number is wrong or known, or there is no such article.

    Source: U-5
    """
    centre.require(tx.actor)
    number, article = individual_number(command["individual_number"]), command["article_number"]
    if article not in tx.articles.by_numbers([article]):
        raise errors.ARTICLE_UNKNOWN(article_number=article)
    device = Device(number, article, tx.now)
    if not tx.devices.add(device):
        raise errors.DEVICE_KNOWN(individual_number=number)
    return device


def deliver_device(tx: Transaction, command: Mapping[str, Any], centre: SupplyCentre) -> Device:
    """
    Raises:
        Conflict: an adaptation of the device is not signed, or it is with somebody.
        ContractError: as the rule that stands in the way says; nothing is delivered.

    Source: S-1, O-2, O-4, G-1
    """
    centre.require(tx.actor)
    device = locked(tx, command)
    number = command["customer_number"]
    patient = patient_number(command)
    standing = tx.customers.standing(
        number, tx.actor.hsa_id, day_of(tx.now), personal_identity_number=patient
    )
    if standing is None:
        raise errors.CUSTOMER_UNKNOWN()
    standing.require_agreement()
    if patient and standing.patient_id is None:
        raise errors.PATIENT_UNKNOWN()
    tx.tell(device.deliver(number, standing.unit, standing.patient_id, tx.now))
    tx.devices.save(device)
    return device


def return_device(tx: Transaction, command: Mapping[str, Any], centre: SupplyCentre) -> Device:
    """
    Raises:
        NotFound: there is no such device.
        Conflict: it is in stock.
    """
    centre.require(tx.actor)
    device = locked(tx, command)
    tx.tell(device.take_back(tx.now))
    tx.devices.save(device)
    return device


def get_device(tx: Transaction, number: str, centre: SupplyCentre) -> Mapping[str, Any]:
    """One device, shaped as `DeviceView`.

    Raises:
        NotFound: there is none, or it is with another unit.
    """
    number = individual_number(number)
    return found(tx.devices.look_at(number, centre.sight(tx.actor)))


def list_devices(tx: Transaction, query: Mapping[str, Any], centre: SupplyCentre) -> dict[str, Any]:
    """A page of devices, each shaped as `DeviceView`."""
    unit = centre.sight(tx.actor)

    def fetch(limit: int, offset: int) -> Sequence[Mapping[str, Any]]:
        return tx.devices.page(unit, query, limit, offset)

    return paged(query, fetch)


def locked(tx: Transaction, command: Mapping[str, Any]) -> Device:
    """The device that a command names, kept from others until the transaction ends.

    Raises:
        Invalid: the number is none.
        NotFound: there is no such device.
    """
    number = individual_number(command["individual_number"])
    device = tx.devices.locked(number)
    if device is None:
        raise errors.DEVICE_UNKNOWN(individual_number=number)
    return device


def patient_number(command: Mapping[str, Any]) -> str | None:
    """The patient's number, if one is named."""
    if "personal_identity_number" not in command:
        return None
    return read_number(command["personal_identity_number"], "personal_identity_number")
