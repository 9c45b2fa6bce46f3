"""Orders in the database."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from chassis.context import Context
from chassis.outbox import Change
from chassis.prepared import Prepared
from chassis.sorting import order_by
from contracts.errors.common import CHANGED_MEANWHILE
from services.ordering.orders.model import Order, OrderState, Recipient
from services.ordering.patients import access_log

_ADD = Change(
    "add_order",
    f"""
    placed AS (
        INSERT INTO orders (id, number, customer_number, unit, recipient_kind, patient_id,
            store_number, reference, state, orderer, placed_at)
        SELECT CAST(:order_id AS uuid), CAST(:number AS bigint), :customer_number, :unit,
            :recipient_kind, CAST(:patient_id AS uuid), :store_number, :reference, :state, :orderer,
            CAST(:placed_at AS timestamptz)
        FROM done RETURNING id, number, patient_id
    ), lined AS (
        INSERT INTO order_lines (order_id, position, article_number, quantity, delivery_class)
        SELECT placed.id, position, article_number, quantity, delivery_class
        FROM placed, unnest(
            CAST(:articles AS text[]), CAST(:quantities AS integer[]), CAST(:classes AS text[])
        ) WITH ORDINALITY AS line(article_number, quantity, delivery_class, position)
    ), logged AS ({access_log.writes("order.placed", "placed", "'order ' || number")})
""",
)
_OF_UNIT = text("""
    SELECT id, number, customer_number, unit, recipient_kind, patient_id, store_number, reference,
        state, orderer, placed_at, cancelled_at, version
    FROM orders WHERE id = :order_id AND unit = :unit FOR UPDATE
""")
_SAVE = text(f"""
    WITH saved AS (
        UPDATE orders SET state = :state, cancelled_at = :cancelled_at, version = version + 1
        WHERE id = :order_id AND version = :version
        RETURNING number, patient_id
    ), logged AS ({access_log.writes("order.changed", "saved", "'order ' || number")})
    SELECT number FROM saved
""")
_LOOK_AT = Prepared(
    "look_at_order",
    f"""
    WITH seen AS (
        SELECT o.id AS order_id, o.number, o.customer_number, u.name AS unit_name,
            o.recipient_kind, o.patient_id, p.name AS patient_name, o.store_number, o.reference,
            o.state, o.placed_at, o.orderer, o.version
        FROM orders o JOIN units u ON u.hsa_id = o.unit LEFT JOIN patients p ON p.id = o.patient_id
        WHERE o.id = :order_id AND o.unit = :unit
    ), logged AS ({access_log.writes("order.read", "seen", "'order ' || number")})
    SELECT *, (
        SELECT json_agg(
            json_build_object(
                'article_number', l.article_number, 'article_name', a.name,
                'quantity', l.quantity, 'delivery_class', l.delivery_class
            ) ORDER BY l.position
        ) FROM order_lines l JOIN articles a ON a.number = l.article_number
        WHERE l.order_id = seen.order_id
    ) AS lines FROM seen
""",
)
# BETWEEN, and the order by unit first, leave the planner one index: orders_of_unit. It would rather
# go through the orders of all units from the newest on, slow for a unit that orders seldom.
_SUMMARIES = """
    SELECT page.*, (SELECT count(*) FROM order_lines l WHERE l.order_id = page.order_id) AS lines
    FROM (
        SELECT id AS order_id, number, customer_number, recipient_kind, state, placed_at, orderer
        FROM orders WHERE unit BETWEEN :unit AND :unit {only}
        ORDER BY {unit}{order} LIMIT :limit OFFSET :offset
    ) page ORDER BY {order}
"""
_ONLY = {
    "all": "",
    "in_state": "AND state = :state",
    "numbered": "AND number = :number AND state = coalesce(:state, state)",
}
_SORTED = {
    "order_number": "number",
    "customer_number": "customer_number",
    "placed_at": "placed_at",
}


@cache
def _summaries(only: str, sort: str) -> Prepared:
    """A page of a unit's orders; of those for the same customer or time, the newest first."""
    unit = {"-order_number": "unit DESC, ", "order_number": "unit, "}.get(sort, "")
    order = f"{order_by(_SORTED, sort)}, number DESC"
    name = f"orders_of_unit_{only}_by_{sort.replace('-', 'last_')}"
    return Prepared(name, _SUMMARIES.format(only=_ONLY[only], unit=unit, order=order))


Write = Callable[[Change, dict[str, Any]], None]


class OrderRepository:
    """
    Args:
        write: makes a change with the last statement of the transaction.
    """

    def __init__(self, connection: Connection, context: Context, write: Write) -> None:
        self._connection, self._log, self._write = connection, access_log.values(context), write

    def add(self, order: Order) -> None:
        """Store a new order."""
        values = {
            "order_id": str(order.order_id),
            "number": order.order_number,
            "customer_number": order.customer_number,
            "unit": order.unit,
            "recipient_kind": order.recipient.kind,
            "patient_id": order.recipient.patient_id and str(order.recipient.patient_id),
            "store_number": order.recipient.store_number,
            "reference": order.reference,
            "state": order.state.value,
            "orderer": order.orderer,
            "placed_at": order.placed_at,
            "articles": [line.article_number for line in order.lines],
            "quantities": [line.quantity for line in order.lines],
            "classes": [line.delivery_class for line in order.lines],
        }
        self._write(_ADD, values | self._log)

    def of_unit(self, order_id: UUID, unit: str) -> Order | None:
        """The order, without its lines, kept from others until the transaction ends."""
        values = {"order_id": order_id, "unit": unit}
        row = self._connection.execute(_OF_UNIT, values).mappings().first()
        return _order(dict(row)) if row else None

    def save(self, order: Order) -> None:
        """Store the order's new state.

        Raises:
            Conflict: somebody else has changed it.
        """
        values = {
            "order_id": order.order_id,
            "version": order.version,
            "state": order.state.value,
            "cancelled_at": order.cancelled_at,
        }
        if self._connection.execute(_SAVE, values | self._log).first() is None:
            raise CHANGED_MEANWHILE()
        order.version += 1

    def look_at(self, order_id: UUID, unit: str) -> Mapping[str, Any] | None:
        """The order, shaped as `OrderView`; that it was seen is logged."""
        values = {"order_id": order_id, "unit": unit}
        row = _LOOK_AT.execute(self._connection, values | self._log).mappings().first()
        if row is None:
            return None
        recipient = {"kind": row["recipient_kind"]}
        recipient |= {name: row[name] for name in ("patient_id", "patient_name", "store_number")}
        return {**row, "order_number": str(row["number"]), "recipient": recipient}

    def summaries(
        self, unit: str, wanted: Mapping[str, Any], limit: int, offset: int
    ) -> Sequence[Mapping[str, Any]]:
        """The unit's orders as `ListOrders` wants them, each shaped as `OrderSummary`."""
        values = {"unit": unit, "limit": limit, "offset": offset}
        values |= {"state": wanted.get("state"), "number": wanted.get("order_number")}
        only = "numbered" if values["number"] else "in_state" if values["state"] else "all"
        rows = _summaries(only, wanted["sort"]).execute(self._connection, values).mappings()
        return [{**row, "order_number": str(row["number"])} for row in rows]


def _order(row: dict[str, Any]) -> Order:
    recipient = (row.pop("recipient_kind"), row.pop("patient_id"), row.pop("store_number"))
    return Order(
        order_id=row.pop("id"),
        order_number=str(row.pop("number")),
        recipient=Recipient(*recipient),
        lines=[],
        state=OrderState(row.pop("state")),
        **row,
    )
