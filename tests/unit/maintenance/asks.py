"""What the tests ask of maintenance."""

from contextlib import contextmanager
from uuid import uuid4

import pytest

from contracts import maintenance as contract
from contracts.errors import ContractError
from services.maintenance import adapting, reading, use_cases, views
from services.maintenance.model.happenings import What
from services.maintenance.ports import Sight
from tests.unit.maintenance.world import ANNA, JOHAN, KARIN, NOW, RULES

SECRETS = ("Tolvan Tolvansson", "070-174 06 05", "Storgatan 12", "4711#", "Ratten", "kärvar")
USUAL = {
    "kind": "corrective",
    "individual_number": "HMC123456",
    "description": "Bromsen kärvar",
    "place_on_device": "Ratten",
    "contacts": [{"name": SECRETS[0], "telephone": SECRETS[1]}],
    "address": "Storgatan 12, 503 30 Borås",
    "door_code": "4711#",
    "patient_can_come_in": False,
    "stand_in_needed": True,
}
ACUTE = {"kind": "acute_corrective", "basic_need": "toilet_and_transfer"}
FOR_ANNA = {"unit": ANNA.unit, "prescriber": ANNA.hsa_id}
ACTIONS = {
    "start": (contract.StartWork, What.STARTED),
    "pause": (contract.PauseWork, What.PAUSED),
    "resume": (contract.ResumeWork, What.RESUMED),
    "finish": (contract.FinishWork, What.FINISHED),
}


def message(**changes):
    """`RegisterMaintenance` as a caller sends it."""
    return {"command_id": str(uuid4())} | USUAL | changes


def register(world, actor=ANNA, **changes):
    command = contract.RegisterMaintenance.read(message(**changes))
    with world.transaction(actor) as tx:
        return use_cases.register(tx, command, RULES)


def reported(world, when, **changes):
    """Registered by customer service, which was rung up at `when`."""
    return register(world, KARIN, **FOR_ANNA, reported_at=when.isoformat(), **changes)


def do(world, action, order, when=None, actor=JOHAN, **rest):
    takes, what = ACTIONS[action]
    command = takes.read(_command(order, when) | rest)
    with world.transaction(actor) as tx:
        return use_cases.carry_on(tx, what, command, RULES)


def assign(world, order, technician=JOHAN, actor=JOHAN):
    told = {"command_id": str(uuid4()), "work_order_number": order.number}
    command = contract.AssignTechnician.read(told | {"technician": technician.hsa_id})
    with world.transaction(actor) as tx:
        return use_cases.assign(tx, command, RULES)


def hand_out(world, order, when=None, actor=JOHAN):
    command = contract.HandOutDevice.read(_command(order, when))
    with world.transaction(actor) as tx:
        return use_cases.hand_out(tx, command, RULES)


def adaptation(**changes):
    """`AdaptationOrderedV1` as ordering tells it."""
    usual = {
        "adaptation_id": uuid4(),
        "work_order_number": "500047",
        "individual_number": "HMC123456",
        "unit": ANNA.unit,
        "prescriber": ANNA.hsa_id,
        "ordered_at": NOW,
    }
    return usual | changes


def take_in(world, event):
    """Hear of an adaptation; return its work order."""
    with world.transaction() as tx:
        adapting.take_in(tx, event, RULES)
    with world.transaction() as tx:
        return tx.work_orders.get(event["work_order_number"], Sight(None))


def release(world, event, cause="signed"):
    with world.transaction() as tx:
        adapting.release(tx, event, cause)


def cancel(world, order, when=None, actor=JOHAN, cause="patient_not_reached"):
    command = contract.CancelWork.read(_command(order, when) | {"cause": cause})
    with world.transaction(actor) as tx:
        return use_cases.cancel(tx, command, RULES)


def look_at(world, number, actor=ANNA):
    with world.transaction(actor) as tx:
        return views.whole(reading.look_at(tx, number, RULES), RULES, tx.now)


def listed(world, actor=ANNA, **query):
    with world.transaction(actor) as tx:
        found, more = reading.page(tx, contract.ListMaintenanceOrders.read(query), RULES)
        return [views.summary(one, RULES, tx.now) for one in found], more


def fulfilment(world, actor=KARIN, **query):
    with world.transaction(actor) as tx:
        return views.fulfilment(reading.fulfilment(tx, contract.GetFulfilment.read(query), RULES))


@contextmanager
def refused(code: str, **params):
    """The block is refused with this code, and these values for its texts."""
    with pytest.raises(ContractError) as refusal:
        yield refusal
    assert (refusal.value.code, refusal.value.params) == (code, params)
    assert not [secret for secret in SECRETS if secret in repr(refusal.value.args)]


def _command(order, when):
    told = {"command_id": str(uuid4()), "work_order_number": order.number}
    return told if when is None else told | {"at": when.isoformat()}
