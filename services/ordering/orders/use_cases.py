"""Placing orders, taking them back, and seeing them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from contracts.errors import ordering as errors
from contracts.errors.common import MESSAGE_INVALID
from services.ordering.customers import use_cases as customers
from services.ordering.customers.model import MAY_ORDER, Standing, day_of, require_role
from services.ordering.gates.model import GATE_FROM, gate_role, require_open
from services.ordering.orders.model import Order, OrderLine, Recipient
from services.ordering.patients.use_cases import read_number
from services.ordering.use_cases import found, paged

#: The field that a recipient of each kind is known by.
KNOWN_BY = {"patient": "personal_identity_number", "unit": None, "store": "store_number"}
MISSING = "Uppgiften saknas."
STRAY = "Uppgiften hör inte till en sådan mottagare."


class Orders(Protocol):
    """The orders; what is seen or changed of one to a patient is logged with it."""

    def add(self, order: Order) -> None: ...

    def of_unit(self, order_id: UUID, unit: str) -> Order | None: ...

    def save(self, order: Order) -> None: ...

    def look_at(self, order_id: UUID, unit: str) -> Mapping[str, Any] | None: ...

    def summaries(
        self, unit: str, wanted: Mapping[str, Any], limit: int, offset: int
    ) -> Sequence[Mapping[str, Any]]: ...


class Transaction(customers.Transaction, Protocol):
    @property
    def orders(self) -> Orders: ...


def place_order(tx: Transaction, command: Mapping[str, Any], gate_from: date = GATE_FROM) -> Order:
    """
    Args:
        command: `PlaceOrder`.
        gate_from: the first day on which who prescribes needs a gate.

    Raises:
        ContractError: as the rule that stands in the way says.

    Source: O-4, O-5, O-18, P-2, T-1, T-2
    """
    require_role(tx.actor.role, MAY_ORDER)
    kind, known_by = command["recipient"]["kind"], _known_by(command["recipient"])
    role = gate_role(tx.actor.role, kind, day_of(tx.now), gate_from)
    numbers = [line["article_number"] for line in command["lines"]]
    standing = customers.stand(
        tx, command["customer_number"], gate_role=role, to_order=numbers, **known_by
    )
    order = Order(
        order_number=standing.order_number,
        customer_number=standing.customer_number,
        unit=standing.unit,
        recipient=_recipient(kind, standing, known_by),
        lines=_lines(command["lines"], standing),
        reference=command["reference"],
        orderer=tx.actor.hsa_id,
        placed_at=tx.now,
    )
    tx.orders.add(order)
    tx.tell(order.placed())
    return order


def cancel_order(tx: Transaction, order_id: UUID) -> Order:
    """
    Raises:
        NotFound: the actor's unit has no such order.
        Conflict: it cannot be taken back any more.
    """
    require_role(tx.actor.role, MAY_ORDER)
    order = found(tx.orders.of_unit(order_id, tx.actor.unit))
    cancelled = order.cancel(tx.now)
    tx.orders.save(order)
    tx.tell(cancelled)
    return order


def get_order(tx: Transaction, order_id: UUID) -> Mapping[str, Any]:
    """One order of the actor's unit, shaped as `OrderView`.

    Raises:
        NotFound: the actor's unit has no such order.
    """
    return found(tx.orders.look_at(order_id, tx.actor.unit))


def list_orders(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the orders of the actor's unit, each shaped as `OrderSummary`."""

    def fetch(limit: int, offset: int) -> Sequence[Mapping[str, Any]]:
        return tx.orders.summaries(tx.actor.unit, query, limit, offset)

    return paged(query, fetch)


def _known_by(recipient: Mapping[str, Any]) -> dict[str, str]:
    """What the recipient is known by: one field, and only of its own kind.

    Raises:
        Invalid: another field is given, it is missing, or the number is wrong.
    """
    expected = KNOWN_BY[recipient["kind"]]
    complaints = {name: STRAY for name in recipient if name not in ("kind", expected)}
    if expected and expected not in recipient:
        complaints[expected] = MISSING
    if complaints:
        raise MESSAGE_INVALID(
            fields={f"recipient/{name}": said for name, said in complaints.items()}
        )
    if expected == "personal_identity_number":
        return {expected: read_number(recipient[expected], f"recipient/{expected}")}
    return {expected: recipient[expected]} if expected else {}


def _recipient(kind: str, standing: Standing, known_by: Mapping[str, str]) -> Recipient:
    if kind == "patient":
        return Recipient(kind, patient_id=standing.require_patient())
    if kind == "store":
        standing.require_store(known_by["store_number"])
    return Recipient(kind, store_number=known_by.get("store_number"))


def _lines(asked: Sequence[Mapping[str, Any]], standing: Standing) -> list[OrderLine]:
    """
    Raises:
        NotFound: there is no such article.
        Conflict: an article has ended, or comes from another supplier.
        Forbidden: the gate to an article's product area is closed.
    """
    known = standing.articles
    lines = []
    for line in asked:
        article = known.get(line["article_number"])
        if article is None:
            raise errors.ARTICLE_UNKNOWN(article_number=line["article_number"])
        article.require_orderable_from(standing.supplier)
        lines.append(OrderLine(article.article_number, line["quantity"], article.delivery_class))
    require_open(standing.closed_gates, [known[one.article_number].iso_code for one in lines])
    return lines
