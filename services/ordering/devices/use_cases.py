"""Devices delivered and taken back; adaptations ordered, and followed until they are signed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from contracts.actor import Actor
from contracts.devices import individual_number
from contracts.errors import ordering as errors
from services.ordering.catalogue import use_cases as catalogue
from services.ordering.customers import use_cases as customers
from services.ordering.customers.model import (
    MAY_ORDER,
    MAY_REGISTER_CONSULTATION,
    day_of,
    require_role,
)
from services.ordering.devices.model import (
    Adaptation,
    AdaptationState,
    AdaptationUnknown,
    Device,
)
from services.ordering.patients.use_cases import read_number
from services.ordering.use_cases import found, paged

CENTRE = frozenset({"technician", "customer_service"})


@dataclass(frozen=True)
class SupplyCentre:
    """Hjälpmedelscentralen: whose technicians and customer service keep the devices.

    Args:
        units: HSA-IDs.
    """

    units: frozenset[str]

    def has(self, actor: Actor) -> bool:
        return actor.role in CENTRE and actor.unit in self.units

    def require(self, actor: Actor) -> None:
        """
        Raises:
            Forbidden: the actor does not work there.
        """
        require_role(actor.role if self.has(actor) else "", CENTRE)

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
        self, unit: str | None, state: str | None, search: str, limit: int, offset: int
    ) -> Sequence[Mapping[str, Any]]: ...


class Adaptations(Protocol):
    """The adaptations; what is seen or changed of a patient's is logged with it."""

    def add(self, adaptation: Adaptation) -> str: ...

    def locked(self, adaptation_id: UUID) -> Adaptation | None: ...

    def save(self, adaptation: Adaptation) -> None: ...

    def look_at(self, adaptation_id: UUID, unit: str | None) -> Mapping[str, Any] | None: ...

    def newest(
        self, unit: str | None, state: str | None, limit: int, offset: int
    ) -> Sequence[Mapping[str, Any]]: ...


class Transaction(customers.Transaction, catalogue.Transaction, Protocol):
    @property
    def devices(self) -> Devices: ...

    @property
    def adaptations(self) -> Adaptations: ...


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
    device = _locked(tx, command)
    number = command["customer_number"]
    patient = _patient(command)
    standing = tx.customers.standing(
        number, tx.actor.hsa_id, day_of(tx.now), personal_identity_number=patient
    )
    if standing is None:
        raise errors.CUSTOMER_UNKNOWN(customer_number=number)
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
    device = _locked(tx, command)
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
        return tx.devices.page(unit, query.get("state"), query["search"], limit, offset)

    return paged(query, fetch)


def order_adaptation(tx: Transaction, command: Mapping[str, Any]) -> Adaptation:
    """Order an adaptation of a device, which is blocked from now on.

    Raises:
        ContractError: as the rule that stands in the way says; nothing is ordered or blocked.

    Source: S-1, U-10, U-11
    """
    require_role(tx.actor.role, MAY_REGISTER_CONSULTATION)
    patient = _patient(command)
    standing = customers.stand(tx, command["customer_number"], personal_identity_number=patient)
    patient_id = standing.require_patient() if patient else None
    device = _locked(tx, command)
    device.require_adaptable(standing.unit)
    adaptation = Adaptation(
        individual_number=device.individual_number,
        customer_number=standing.customer_number,
        unit=standing.unit,
        patient_id=patient_id or device.patient_id,
        instruction=command["instruction"],
        risks=command["risks"],
        cost_proposal_wanted=command["cost_proposal_wanted"],
        prescriber=tx.actor.hsa_id,
        ordered_at=tx.now,
    )
    tx.tell(adaptation.stored(tx.adaptations.add(adaptation), standing.principal))
    return adaptation


def get_adaptation(tx: Transaction, adaptation_id: UUID, centre: SupplyCentre) -> Mapping[str, Any]:
    """One adaptation, shaped as `AdaptationView`.

    Raises:
        NotFound: there is none, or it is another unit's.

    Source: U-10
    """
    return found(tx.adaptations.look_at(adaptation_id, centre.sight(tx.actor)))


def list_adaptations(
    tx: Transaction, query: Mapping[str, Any], centre: SupplyCentre
) -> dict[str, Any]:
    """A page of adaptations, newest first, each shaped as `AdaptationSummary`."""
    unit = centre.sight(tx.actor)

    def fetch(limit: int, offset: int) -> Sequence[Mapping[str, Any]]:
        return tx.adaptations.newest(unit, query.get("state"), limit, offset)

    return paged(query, fetch)


def note_signed(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `DocumentSignedV1`.

    Source: S-1
    """
    at, number = event["signed_at"], event["diary_number"]
    _note(tx, event, lambda known: known.end(AdaptationState.SIGNED, at, number))


def note_taken_on_paper(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `DocumentTakenOnPaperV1`.

    Source: S-1, S-3
    """
    at, number = event["verified_at"], event["diary_number"]
    _note(tx, event, lambda known: known.end(AdaptationState.ON_PAPER, at, number))


def note_called_off(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `AdaptationCancelledV1`: the device is as it was.

    Source: S-1, U-4
    """
    at = event["cancelled_at"]
    _note(tx, event, lambda known: known.end(AdaptationState.CANCELLED, at))


def note_declined(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `DocumentDeclinedV1`.

    Source: S-10
    """
    _note(tx, event, lambda known: known.set_back("declined", event["declined_at"]))


def note_expired(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `DocumentExpiredV1`.

    Source: S-7
    """
    _note(tx, event, lambda known: known.set_back("expired", event["expired_at"]))


def _note(tx: Transaction, event: Mapping[str, Any], change: Callable[[Adaptation], bool]) -> None:
    """
    Raises:
        AdaptationUnknown: there is no such adaptation; the event is tried again.
    """
    adaptation = tx.adaptations.locked(event["adaptation_id"])
    if adaptation is None:
        raise AdaptationUnknown()
    if change(adaptation):
        tx.adaptations.save(adaptation)


def _locked(tx: Transaction, command: Mapping[str, Any]) -> Device:
    number = individual_number(command["individual_number"])
    device = tx.devices.locked(number)
    if device is None:
        raise errors.DEVICE_UNKNOWN(individual_number=number)
    return device


def _patient(command: Mapping[str, Any]) -> str | None:
    """The patient's number, if one is named."""
    if "personal_identity_number" not in command:
        return None
    return read_number(command["personal_identity_number"], "personal_identity_number")
