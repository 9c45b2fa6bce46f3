"""Asks ordering for the states of its work orders."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from contracts.ordering import WorkOrderStates
from services.booking.reconciliation.model import WorkOrder

Ask = Callable[[str, str, Mapping[str, Any]], Any]


def work_orders(ask: Ask, after: int, limit: int) -> Sequence[WorkOrder]:
    """Those after a number, at most so many, in order of their numbers.

    Raises:
        ContractError: ordering does not answer.
    """
    answer = ask("ordering", "list_work_order_states", {"after": after, "limit": limit})
    return [WorkOrder(**one) for one in WorkOrderStates.read(answer)["items"]]
