"""An adaptation, which blocks its device until it is signed for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4


class AdaptationState(StrEnum):
    ORDERED = "ordered"  # beställd; hjälpmedlet är spärrat
    SIGNED = "signed"  # underskriven
    ON_PAPER = "on_paper"  # underskriven på papper
    CANCELLED = "cancelled"  # avbruten innan arbetet började


class AdaptationUnknown(LookupError):
    """There is no such adaptation."""


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
