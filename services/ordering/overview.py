"""What waits at ordering for whoever asks."""

from typing import Any, Protocol

from services.ordering.gates import use_cases as gates
from services.ordering.notices import use_cases as notices
from services.ordering.orders import use_cases as orders


class Transaction(gates.Transaction, notices.Transaction, orders.Transaction, Protocol):
    """All that the three need."""


def get_overview(tx: Transaction, first: int) -> dict[str, Any]:
    """The actor's unread notices, gates and open orders, shaped as `Overview`.

    Source: A-1, T-1
    """
    page = {"limit": first, "page": 1}
    return {
        "notices": notices.list_notices(tx, page | {"scope": "unread"}),
        "gates": gates.list_gates(tx),
        "orders": orders.list_orders(tx, page | {"state": "placed"}),
    }
