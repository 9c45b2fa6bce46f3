"""A work order and its states, which follow what booking tells."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4, uuid5

from contracts.errors import ContractError
from contracts.errors import ordering as errors

HMC = "HMC"  # Hjälpmedelscentralen, which gives the consultations


class ActivityUnknown(LookupError):
    """No work order has such an activity."""


class WorkOrderState(StrEnum):
    OPEN = "open"  # öppen, ingen tid bokad
    BOOKED = "booked"  # tid bokad
    CLOSED = "closed"  # stängd


@dataclass(frozen=True)
class CustomerService:
    """Where acute cases are turned to: telephone number and opening hours.

    Source: B-4, A-7
    """

    telephone: str
    opening_hours: str

    def refusal(self) -> ContractError:
        return errors.CONSULTATION_ACUTE(telephone=self.telephone, opening_hours=self.opening_hours)


@dataclass(frozen=True)
class ConsultationRequested:
    activity_id: UUID
    work_order_number: str
    customer_number: str
    unit: str
    principal: str
    prescriber: str
    registered_at: datetime
    agreement: str | None
    iso_code: str | None


@dataclass(eq=False)
class WorkOrder:
    """A piece of work for one patient (Swedish: arbetsorder).

    Args:
        unit: HSA-ID of the unit that asked for it.
        orderer: HSA-ID.
        booking_id: of the booking that the newest fact known is about.
        fact_at: when that fact came about, by booking's clock; None until there is one.
        iso_code: of the device or product area that it concerns; None when nobody has said.
        cause: why it was closed.
        reopened_at: when it last was opened again after having been closed.
        version: counts the changes; 0 until it is stored.

    Source: B-5, O-18
    """

    customer_number: str
    unit: str
    patient_id: UUID
    description: str
    orderer: str
    registered_at: datetime
    activity_id: UUID = field(default_factory=uuid4)
    work_order_number: str = ""
    kind: str = "consultation"
    state: WorkOrderState = WorkOrderState.OPEN
    booking_id: UUID | None = None
    fact_at: datetime | None = None
    booked_start: datetime | None = None
    cause: str | None = None
    closed_at: datetime | None = None
    iso_code: str | None = None
    reopened_at: datetime | None = None
    version: int = 0

    def stored(
        self, work_order_number: str, principal: str, agreement: str | None = None
    ) -> ConsultationRequested:
        """Take the number that the work order was stored under."""
        self.work_order_number, self.version = work_order_number, 1
        return ConsultationRequested(
            self.activity_id,
            work_order_number,
            self.customer_number,
            self.unit,
            principal,
            self.orderer,
            self.registered_at,
            agreement,
            self.iso_code,
        )

    def follow_up(self, now: datetime) -> "WorkOrder":
        """A work order for what remains; the same one, however often it is asked for."""
        return WorkOrder(
            customer_number=self.customer_number,
            unit=self.unit,
            patient_id=self.patient_id,
            description=self.description,
            orderer=self.orderer,
            registered_at=now,
            activity_id=uuid5(self.activity_id, "follow-up"),
            iso_code=self.iso_code,
        )

    # Facts may arrive in any order and more than once. Each of the methods below returns False,
    # and changes nothing, when what it is told was known or is past.

    def book(self, booking_id: UUID, start: datetime, at: datetime) -> bool:
        """Note that a time was booked."""
        known = booking_id == self.booking_id  # booked, or cancelled before this was heard
        if known or self._was_closed(at) or (self.fact_at is not None and at < self.fact_at):
            return False
        self._learn(WorkOrderState.BOOKED, booking_id, at)
        self.booked_start = start
        return True

    def rebook(self, booking_id: UUID, start: datetime, at: datetime) -> bool:
        """Note that the booked time was moved."""
        if self._was_closed(at) or (self.fact_at is not None and at <= self.fact_at):
            return False
        self._learn(WorkOrderState.BOOKED, booking_id, at)
        self.booked_start = start
        return True

    def reopen(self, booking_id: UUID, at: datetime) -> bool:
        """Note that a booked time was given back."""
        of_other = booking_id != self.booking_id
        past = of_other and self.fact_at is not None and at <= self.fact_at
        if past or self._was_closed(at) or (not of_other and self.state is WorkOrderState.OPEN):
            return False
        self._learn(WorkOrderState.OPEN, booking_id, at)
        self.booked_start = None
        return True

    def close(self, cause: str, at: datetime) -> bool:
        """Note that the activity was closed; for good, unless it is opened again.

        Source: B-6
        """
        if (self.fact_at is not None and at < self.fact_at) or self._was_closed(at):
            return False
        self._learn(WorkOrderState.CLOSED, self.booking_id, at)
        self.cause, self.closed_at = cause, at
        return True

    def open_again(self, at: datetime) -> bool:
        """Note that the closed activity was opened again.

        Source: B-6
        """
        if self.reopened_at is not None and at <= self.reopened_at:
            return False
        self.reopened_at = at
        if self.fact_at is None or self.fact_at <= at:
            self._learn(WorkOrderState.OPEN, self.booking_id, at)
            self.booked_start = None
        return True

    def _was_closed(self, at: datetime) -> bool:
        """Whether it was closed then; what comes later was told of it opened again."""
        return self.closed_at is not None and at <= self.closed_at

    def _learn(self, state: WorkOrderState, booking_id: UUID | None, at: datetime) -> None:
        self.state, self.booking_id, self.fact_at = state, booking_id, at
        self.cause = self.closed_at = None
