"""Adaptations ordered, and followed until they are signed for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from services.ordering.adaptations.model import Adaptation, AdaptationState, AdaptationUnknown
from services.ordering.customers import use_cases as customers
from services.ordering.customers.model import MAY_REGISTER_CONSULTATION, require_role
from services.ordering.devices import use_cases as devices
from services.ordering.devices.use_cases import SupplyCentre
from services.ordering.use_cases import found, paged


class Adaptations(Protocol):
    """The adaptations; what is seen or changed of a patient's is logged with it."""

    def add(self, adaptation: Adaptation) -> str: ...

    def locked(self, adaptation_id: UUID) -> Adaptation | None: ...

    def save(self, adaptation: Adaptation) -> None: ...

    def look_at(self, adaptation_id: UUID, unit: str | None) -> Mapping[str, Any] | None: ...

    def page(
        self, unit: str | None, wanted: Mapping[str, Any], limit: int, offset: int
    ) -> Sequence[Mapping[str, Any]]: ...


class Transaction(devices.Transaction, Protocol):
    @property
    def adaptations(self) -> Adaptations: ...


def order_adaptation(tx: Transaction, command: Mapping[str, Any]) -> Adaptation:
    """Order an adaptation of a device, which is blocked from now on.

    Raises:
        ContractError: as the rule that stands in the way says; nothing is ordered or blocked.

    Source: S-1, U-10, U-11
    """
    require_role(tx.actor.role, MAY_REGISTER_CONSULTATION)
    patient = devices.patient_number(command)
    standing = customers.stand(tx, command["customer_number"], personal_identity_number=patient)
    patient_id = standing.require_patient() if patient else None
    device = devices.locked(tx, command)
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
    """A page of adaptations, each shaped as `AdaptationSummary`."""
    unit = centre.sight(tx.actor)

    def fetch(limit: int, offset: int) -> Sequence[Mapping[str, Any]]:
        return tx.adaptations.page(unit, query, limit, offset)

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
