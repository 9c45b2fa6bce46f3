"""An order and its states."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from contracts.errors import ordering as errors


class OrderState(StrEnum):
    PLACED = "placed"  # beställd
    CANCELLED = "cancelled"  # återtagen


NEXT_STATES = {
    OrderState.PLACED: {OrderState.CANCELLED},
    OrderState.CANCELLED: set(),
}


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So many pieces of an article; `delivery_class` as it was when the order was placed.

    Source: O-54
    """

    article_number: str
    quantity: int
    delivery_class: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where the devices go: a patient, the unit itself, or one of its stores.

    Source: O-18
    """

    kind: str
    patient_id: UUID | None = None
    store_number: str | None = None


@dataclass(frozen=True)
class OrderPlaced:
    order_id: UUID
    order_number: str
    customer_number: str
    recipient_kind: str
    lines: list[OrderLine]
    placed_at: datetime


@dataclass(frozen=True)
class OrderCancelled:
    order_id: UUID
    cancelled_at: datetime


@dataclass(eq=False)
class Order:
    """A request for articles on a customer number (Swedish: kundorder).

    Args:
        unit: HSA-ID of the unit that the customer number defines.
        orderer: HSA-ID.
        order_number: that it is known under; several may never be used.
        version: counts the changes.
    """

    order_number: str
    customer_number: str
    unit: str
    recipient: Recipient
    lines: list[OrderLine]
    reference: str
    orderer: str
    placed_at: datetime
    order_id: UUID = field(default_factory=uuid4)
    state: OrderState = OrderState.PLACED
    cancelled_at: datetime | None = None
    version: int = 1

    def placed(self) -> OrderPlaced:
        return OrderPlaced(
            self.order_id,
            self.order_number,
            self.customer_number,
            self.recipient.kind,
            self.lines,
            self.placed_at,
        )

    def cancel(self, now: datetime) -> OrderCancelled:
        """Take the order back.

        Raises:
            Conflict: it is not open to that any more.
        """
        self._enter(OrderState.CANCELLED)
        self.cancelled_at = now
        return OrderCancelled(self.order_id, now)

    def _enter(self, state: OrderState) -> None:
        if state not in NEXT_STATES[self.state]:
            raise errors.ORDER_STATE(state=self.state.value)
        self.state = state
