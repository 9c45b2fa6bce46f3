"""Work orders: registered, assigned, carried out, paused, cancelled."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from contracts.actor import Actor
from contracts.devices import individual_number
from contracts.errors.common import MESSAGE_INVALID, NOT_FOUND, ROLE_MAY_NOT
from contracts.errors.maintenance import (
    ACUTE_NOT_BASIC_NEED,
    ACUTE_NOT_BY_PRESCRIBER,
    ADAPTATION_BY_PRESCRIBER,
    DEVICE_BLOCKED,
    ORDERER_MISSING,
    TIME_IN_FUTURE,
    TIME_TOO_OLD,
    UNIT_NOT_YOURS,
)
from services.maintenance import letters, sweeping
from services.maintenance.access import MAY_ORDER, PRESCRIBER, check_centre, is_centre, sight
from services.maintenance.model.happenings import Happening, What
from services.maintenance.model.work_order import (
    Details,
    Kind,
    WorkOrder,
)
from services.maintenance.ports import Due, Rules, Transaction

REPAIRS = frozenset({Kind.CORRECTIVE, Kind.ACUTE_CORRECTIVE})


def register(tx: Transaction, command: Mapping[str, Any], rules: Rules) -> WorkOrder:
    """Register a work order, and start its clocks.

    Raises:
        Forbidden: the actor may not order, not for others, or not acutely.
        Invalid: the individual number, or the time, is none.
        Conflict: it is acute without a basic need, or an adaptation.

    Source: M-1, M-2, U-2, U-5, U-10, X-4
    """
    unit, prescriber = _orderer(tx.actor, command, rules)
    kind = Kind(command["kind"])
    if kind is Kind.ADAPTATION:
        raise ADAPTATION_BY_PRESCRIBER()
    _check_acute(tx.actor, kind, command["basic_need"], rules)
    order = WorkOrder(
        id=uuid5(command["command_id"], "work order"),
        kind=kind,
        individual_number=individual_number(command["individual_number"]),
        unit=unit,
        prescriber=prescriber,
        terms=rules.terms.of(kind, command["agreement"]),
        agreement=command["agreement"],
        basic_need=command["basic_need"],
        details=_details(kind, command),
        history=[_happening(tx, What.REGISTERED, command["reported_at"], rules)],
    )
    order.number = tx.work_orders.add(order, _due(tx, order, rules))
    order.version = 1
    return order


def assign(tx: Transaction, command: Mapping[str, Any], rules: Rules) -> WorkOrder:
    """Give the work order to a technician."""
    check_centre(tx.actor, rules)
    order = _found(tx, command["work_order_number"], rules)
    technician = command["technician"]
    order.take(Happening(What.ASSIGNED, tx.now, tx.now, tx.actor.hsa_id, technician=technician))
    return _saved(tx, order, rules)


def carry_on(tx: Transaction, what: What, command: Mapping[str, Any], rules: Rules) -> WorkOrder:
    """The supply centre tells what happened to the work, now or earlier.

    Source: M-1, M-4
    """
    check_centre(tx.actor, rules)
    order = _found(tx, command["work_order_number"], rules)
    order.take(_happening(tx, what, command["at"], rules, command.get("cause")))
    return _saved(tx, order, rules)


def hand_out(tx: Transaction, command: Mapping[str, Any], rules: Rules) -> WorkOrder:
    """The device goes back to its user.

    Raises:
        Conflict: the work is not finished, or an adaptation of the device is not signed.

    Source: S-1
    """
    check_centre(tx.actor, rules)
    order = _found(tx, command["work_order_number"], rules)
    order.take(_happening(tx, What.HANDED_OUT, command["at"], rules))
    if tx.blocks.has(order.individual_number):
        raise DEVICE_BLOCKED(individual_number=order.individual_number)
    return _saved(tx, order, rules)


def cancel(tx: Transaction, command: Mapping[str, Any], rules: Rules) -> WorkOrder:
    """Nothing more is done. The prescriber is told why, and that a new order is needed.

    Source: U-3, U-4
    """
    if not is_centre(tx.actor, rules) and tx.actor.role not in MAY_ORDER:
        raise ROLE_MAY_NOT()
    if command["at"] is not None and not is_centre(tx.actor, rules):
        raise UNIT_NOT_YOURS()
    order = _found(tx, command["work_order_number"], rules)
    order.take(_happening(tx, What.CANCELLED, command["at"], rules, command["cause"]))
    if order.prescriber != tx.actor.hsa_id:
        tx.mail(order.prescriber, **letters.cancelled(order))
    if order.adaptation_id:
        tx.blocks.end(order.adaptation_id, order.individual_number, "cancelled")
    return _saved(tx, order, rules)


def _orderer(actor: Actor, command: Mapping[str, Any], rules: Rules) -> tuple[str, str]:
    """The unit and the prescriber that it is registered for.

    Source: P-2, U-2
    """
    unit, prescriber = command["unit"], command["prescriber"]
    if is_centre(actor, rules):
        if unit is None or prescriber is None:
            raise ORDERER_MISSING()
        return unit, prescriber
    if actor.role not in MAY_ORDER:
        raise ROLE_MAY_NOT()
    if (unit or actor.unit, prescriber or actor.hsa_id) != (actor.unit, actor.hsa_id):
        raise UNIT_NOT_YOURS()
    if command["reported_at"] is not None:
        raise UNIT_NOT_YOURS()
    return actor.unit, actor.hsa_id


def _check_acute(actor: Actor, kind: Kind, basic_need: str, rules: Rules) -> None:
    """Acute work is for basic needs, and a prescriber orders it, by telephone if she likes.

    Source: M-2, U-2
    """
    if kind is not Kind.ACUTE_CORRECTIVE:
        return
    if actor.role != PRESCRIBER and not is_centre(actor, rules):
        raise ACUTE_NOT_BY_PRESCRIBER()
    if basic_need == "none":
        raise ACUTE_NOT_BASIC_NEED()


def _details(kind: Kind, command: Mapping[str, Any]) -> Details:
    if kind in REPAIRS and not command["place_on_device"].strip():
        raise MESSAGE_INVALID(fields={"place_on_device": "Uppgiften saknas."})
    contacts = tuple((one["name"], one["telephone"]) for one in command["contacts"])
    names = ("description", "place_on_device", "address", "door_code")
    flags = ("patient_can_come_in", "stand_in_needed")
    return Details(contacts=contacts, **{name: command[name] for name in (*names, *flags)})


def _happening(
    tx: Transaction, what: What, at: datetime | None, rules: Rules, cause: str | None = None
) -> Happening:
    """
    Raises:
        Invalid: the time has not been yet, or lies too far back.
    """
    if at is not None and at > tx.now:
        name = "reported_at" if what is What.REGISTERED else "at"
        raise TIME_IN_FUTURE(fields={name: "Värdet godtas inte."})
    if at is not None and at < tx.now - timedelta(days=rules.back_days):
        raise TIME_TOO_OLD(days=rules.back_days)
    return Happening(what, at or tx.now, tx.now, tx.actor.hsa_id, cause)


def _found(tx: Transaction, number: str, rules: Rules) -> WorkOrder:
    order = tx.work_orders.get(number, sight(tx.actor, rules))
    if order is None:
        raise NOT_FOUND()
    return order


def _saved(tx: Transaction, order: WorkOrder, rules: Rules) -> WorkOrder:
    tx.work_orders.save(order, _due(tx, order, rules))
    return order


def _due(tx: Transaction, order: WorkOrder, rules: Rules) -> Due:
    return sweeping.due(order.clocks(rules.hours, tx.now), rules)
