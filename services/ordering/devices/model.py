"""A device, where it is, and whether an unsigned adaptation keeps it there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.errors import ordering as errors


class DeviceState(StrEnum):
    IN_STOCK = "in_stock"  # i lager
    DELIVERED = "delivered"  # levererat


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
