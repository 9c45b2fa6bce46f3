"""Work orders as callers see them."""

from datetime import datetime, timedelta
from typing import Any

from contracts.maintenance import FulfilmentRow, MaintenanceOrderSummary, MaintenanceOrderView
from services.maintenance.model.clocks import Clock
from services.maintenance.model.work_order import WorkOrder
from services.maintenance.ports import Rules
from services.maintenance.reading import Fulfilment

Json = dict[str, Any]
MINUTE = timedelta(minutes=1)


def summary(order: WorkOrder, rules: Rules, now: datetime) -> Json:
    """Without personal data."""
    return MaintenanceOrderSummary.write(_summary(order, rules, now))


def whole(order: WorkOrder, rules: Rules, now: datetime) -> Json:
    details = order.details
    if details is None:
        raise LookupError("a work order is shown with its details")
    return MaintenanceOrderView.write(
        _summary(order, rules, now)
        | vars(details)
        | {
            "prescriber": order.prescriber,
            "agreement": order.agreement,
            "basic_need": order.basic_need,
            "contacts": [{"name": name, "telephone": to} for name, to in details.contacts],
            "history": [vars(one) for one in order.history],
            "version": order.version,
        }
    )


def fulfilment(rows: list[Fulfilment]) -> Json:
    return {"items": [FulfilmentRow.write(row) for row in rows]}


def _summary(order: WorkOrder, rules: Rules, now: datetime) -> Json:
    start, finish = order.clocks(rules.hours, now)
    return {
        "work_order_id": order.id,
        "work_order_number": order.number,
        "kind": order.kind.value,
        "individual_number": order.individual_number,
        "unit": order.unit,
        "technician": order.technician,
        "state": order.state.value,
        "cause": order.cause,
        "adaptation_id": order.adaptation_id,
        "registered_at": order.registered_at,
        "start_clock": _clock(start, rules),
        "finish_clock": _clock(finish, rules),
    }


def _clock(clock: Clock, rules: Rules) -> Json:
    return {
        "limit": "" if clock.limit is None else str(clock.limit),
        "state": clock.state(rules.soon).value,
        "due_at": None if clock.due is None else rules.hours.reached(clock.due),
        "limit_minutes": None if clock.allowed is None else clock.allowed // MINUTE,
        "gross_minutes": clock.gross // MINUTE,
        "net_minutes": clock.net // MINUTE,
    }
