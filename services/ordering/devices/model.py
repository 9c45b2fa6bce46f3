"""A device, where it is, and whether an unsigned adaptation keeps it there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from contracts.errors import ordering as errors


class DeviceState(StrEnum):
    IN_STOCK = "in_stock"  # i lager
    DELIVERED = "delivered"  # levererat


class AdaptationState(StrEnum):
    ORDERED = "ordered"  # beställd; hjälpmedlet är spärrat
    SIGNED = "signed"  # underskriven
    ON_PAPER = "on_paper"  # underskriven på papper
    CANCELLED = "cancelled"  # avbruten innan arbetet började


class AdaptationUnknown(LookupError):
    """There is no such adaptation."""


@dataclass(frozen=True)
class DeviceDelivered:
    individual_number: str
    article_number: str
    customer_number: str
    unit: str
    delivered_at: datetime


@dataclass(frozen=True)
class DeviceReturned:
    individual_number: str
    article_number: str
    unit: str
    returned_at: datetime


@dataclass(frozen=True)
class AdaptationOrdered:
    adaptation_id: UUID
    work_order_number: str
    individual_number: str
    customer_number: str
    unit: str
    principal: str
    prescriber: str
    ordered_at: datetime


@dataclass(eq=False)
class Device:
    """A device that is marked with a number of its own (Swedish: individmärkt hjälpmedel).

    Args:
        customer_number, unit: whose it is now; None in stock.
        patient_id: whom it is with, if with anybody.
        adaptation_id: of the unsigned adaptation that blocks it.

    Source: S-1, U-5
    """

    individual_number: str
    article_number: str
    changed_at: datetime
    state: DeviceState = DeviceState.IN_STOCK
    customer_number: str | None = None
    unit: str | None = None
    patient_id: UUID | None = None
    adaptation_id: UUID | None = None

    @property
    def is_blocked(self) -> bool:
        return self.adaptation_id is not None

    def deliver(
        self, customer_number: str, unit: str, patient_id: UUID | None, at: datetime
    ) -> DeviceDelivered:
        """
        Raises:
            Conflict: an adaptation of it is not signed, or it is with somebody.

        Source: S-1
        """
        if self.is_blocked:
            raise errors.DEVICE_BLOCKED(individual_number=self.individual_number)
        self._require(DeviceState.IN_STOCK)
        self.state, self.changed_at = DeviceState.DELIVERED, at
        self.customer_number, self.unit, self.patient_id = customer_number, unit, patient_id
        return DeviceDelivered(
            self.individual_number, self.article_number, customer_number, unit, at
        )

    def take_back(self, at: datetime) -> DeviceReturned:
        """
        Raises:
            Conflict: it is in stock.
        """
        self._require(DeviceState.DELIVERED)
        returned = DeviceReturned(self.individual_number, self.article_number, str(self.unit), at)
        self.state, self.changed_at = DeviceState.IN_STOCK, at
        self.customer_number = self.unit = self.patient_id = None
        return returned

    def require_adaptable(self, unit: str) -> None:
        """
        Args:
            unit: HSA-ID of the unit that orders the adaptation.

        Raises:
            NotFound: it is with another unit.
            Conflict: it is being adapted already.
        """
        if self.unit not in (None, unit):
            raise errors.DEVICE_UNKNOWN(individual_number=self.individual_number)
        if self.is_blocked:
            raise errors.ADAPTATION_OPEN(individual_number=self.individual_number)

    def _require(self, state: DeviceState) -> None:
        if self.state is not state:
            raise errors.DEVICE_STATE(
                individual_number=self.individual_number, state=self.state.value
            )


@dataclass(eq=False)
class Adaptation:
    """A custom adaptation of one device (Swedish: specialanpassning).

    Args:
        unit: HSA-ID of the unit that ordered it.
        setback: how the newest document came back: declined or expired.

    Source: S-1, U-10, U-11
    """

    individual_number: str
    customer_number: str
    unit: str
    patient_id: UUID | None
    instruction: str
    risks: Sequence[Mapping[str, str]]
    cost_proposal_wanted: bool
    prescriber: str
    ordered_at: datetime
    adaptation_id: UUID = field(default_factory=uuid4)
    work_order_number: str = ""
    state: AdaptationState = AdaptationState.ORDERED
    setback: str | None = None
    setback_at: datetime | None = None
    ended_at: datetime | None = None
    diary_number: str | None = None

    def stored(self, work_order_number: str, principal: str) -> AdaptationOrdered:
        """Take the number that the adaptation was stored under."""
        self.work_order_number = work_order_number
        return AdaptationOrdered(
            self.adaptation_id,
            work_order_number,
            self.individual_number,
            self.customer_number,
            self.unit,
            principal,
            self.prescriber,
            self.ordered_at,
        )

    # Facts may arrive in any order and more than once. Each of the methods below returns False,
    # and changes nothing, when what it is told was known or is past.

    def end(self, state: AdaptationState, at: datetime, diary_number: str | None = None) -> bool:
        """Note that nothing blocks the device any more: it was signed for, or never changed.

        Source: S-1, S-3
        """
        if self.state is not AdaptationState.ORDERED:
            return False
        self.state, self.ended_at, self.diary_number = state, at, diary_number
        return True

    def set_back(self, how: str, at: datetime) -> bool:
        """Note that a document came back unsigned; the device stays blocked."""
        is_past = self.setback_at is not None and at <= self.setback_at
        if self.state is not AdaptationState.ORDERED or is_past:
            return False
        self.setback, self.setback_at = how, at
        return True
