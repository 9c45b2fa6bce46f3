"""Hearing of gates, and showing them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from services.ordering import use_cases
from services.ordering.customers.model import day_of


class Gates(Protocol):
    """The copy; of two versions of the same the higher one stays, whichever comes first."""

    def note_requirement(self, requirement: Mapping[str, Any]) -> None: ...

    def note_gate(self, gate: Mapping[str, Any]) -> None: ...

    def note_heard(self, told_at: datetime) -> None: ...

    def of(self, person: str, role: str, unit: str, day: date) -> Sequence[Mapping[str, Any]]: ...

    def as_of(self) -> datetime | None: ...


class Transaction(use_cases.Transaction, Protocol):
    @property
    def gates(self) -> Gates: ...


def note_requirement(tx: Transaction, event: Mapping[str, Any]) -> None:
    """Training has told what a gate asks for."""
    tx.gates.note_requirement(event)
    tx.gates.note_heard(event["told_at"])


def note_gate(tx: Transaction, event: Mapping[str, Any]) -> None:
    """Training has told that a gate opened, or closed.

    Source: T-1
    """
    tx.gates.note_gate({"missing": [], **event})
    tx.gates.note_heard(event["told_at"])


def note_confirmed(tx: Transaction, event: Mapping[str, Any]) -> None:
    """Training is at work, and has told all there is."""
    tx.gates.note_heard(event["told_at"])


def list_gates(tx: Transaction) -> dict[str, Any]:
    """The actor's gates at the present unit, shaped as `Gates`."""
    actor = tx.actor
    found = tx.gates.of(actor.hsa_id, actor.role, actor.unit, day_of(tx.now))
    return {"as_of": tx.gates.as_of(), "items": found}
