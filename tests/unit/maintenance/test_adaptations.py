"""Adaptations: their device is handed out by nobody before they are signed for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import ContractError
from tests.unit.maintenance.asks import (
    adaptation,
    cancel,
    do,
    fulfilment,
    hand_out,
    look_at,
    refused,
    register,
    release,
    take_in,
)
from tests.unit.maintenance.fakes import InMemoryMaintenance
from tests.unit.maintenance.world import ANNA, JOHAN

DEVICE = "HMC123456"
BLOCKED = {"individual_number": DEVICE}


def kinds(world):
    return [event_type for event_type, _ in world.told()]


@pytest.mark.rule("U-10")
def test_an_adaptation_comes_from_ordering_under_the_number_that_it_has_there(world):
    order = take_in(world, event := adaptation())

    assert (order.number, order.kind, order.state) == ("500047", "adaptation", "registered")
    seen = look_at(world, "500047")
    assert seen["adaptation_id"] == str(event["adaptation_id"])
    assert (seen["prescriber"], seen["unit"]) == (ANNA.hsa_id, ANNA.unit)
    assert int(register(world).number) >= 60_000_000


@pytest.mark.rule("U-10")
def test_an_adaptation_is_not_registered_here(world):
    with refused("maintenance.adaptation.by_prescriber"):
        register(world, kind="adaptation")


@pytest.mark.rule("S-1")
def test_a_built_adaptation_is_told_and_handed_out_once_it_is_signed_for(world):
    order = take_in(world, event := adaptation())
    do(world, "start", order)
    do(world, "finish", order)

    built = dict(world.told())["maintenance.adaptation.built.v1"]
    assert (built["adaptation_id"], built["technician"], built["prescriber"]) == (
        str(event["adaptation_id"]),
        JOHAN.hsa_id,
        ANNA.hsa_id,
    )
    with refused("maintenance.device.blocked", **BLOCKED):
        hand_out(world, order)
    release(world, event)
    release(world, event)  # told again

    assert hand_out(world, order).state == "finished"
    assert look_at(world, order.number)["history"][-1]["what"] == "handed_out"


@pytest.mark.rule("S-1")
def test_the_block_is_the_devices_whichever_order_it_was_worked_on_by(world):
    repair = register(world, individual_number=DEVICE)
    do(world, "start", repair)
    do(world, "finish", repair)
    event = adaptation()
    take_in(world, event)

    with refused("maintenance.device.blocked", **BLOCKED):
        hand_out(world, repair)
    release(world, event, "on_paper")
    hand_out(world, repair)


@pytest.mark.rule("S-1")
def test_a_signature_heard_of_before_the_order_counts_too(world):
    event = adaptation()
    release(world, event)
    order = take_in(world, event)
    do(world, "start", order)
    do(world, "finish", order)

    hand_out(world, order)


@pytest.mark.rule("S-1")
@pytest.mark.rule("U-4")
def test_an_adaptation_is_called_off_only_before_anybody_has_worked_on_the_device(world):
    order = take_in(world, adaptation())
    cancel(world, order, cause="no_longer_needed")
    assert "maintenance.adaptation.cancelled.v1" in kinds(world)
    begun = take_in(world, adaptation(work_order_number="500048"))
    do(world, "start", begun)
    do(world, "pause", begun, cause="spare_part")

    with refused("maintenance.adaptation.begun", work_order_number="500048"):
        cancel(world, begun)
    with refused("maintenance.device.blocked", **BLOCKED):
        repair = register(world, individual_number=DEVICE)
        do(world, "start", repair)
        do(world, "finish", repair)
        hand_out(world, repair)


def test_only_finished_work_is_handed_out_and_only_by_the_supply_centre(world):
    order = register(world)
    with refused("maintenance.work.state", work_order_number=order.number, state="registered"):
        hand_out(world, order)
    do(world, "start", order)
    do(world, "finish", order)
    with refused("role.may_not"):
        hand_out(world, order, actor=ANNA)
    hand_out(world, order)


@pytest.mark.rule("M-3")
def test_a_hand_out_changes_no_clock(world):
    order = register(world)
    do(world, "start", order)
    do(world, "finish", order)
    before = look_at(world, order.number)["finish_clock"], fulfilment(world)

    hand_out(world, order)

    assert (look_at(world, order.number)["finish_clock"], fulfilment(world)) == before


@pytest.mark.rule("S-1")
@given(st.lists(st.sampled_from(["order", "start", "finish", "hand_out", "cancel", "sign"])))
def test_nothing_begun_is_handed_out_unsigned_whatever_comes_in_whatever_order(steps):
    world, event, order, signed = InMemoryMaintenance(), adaptation(), None, False
    for step in steps:
        try:
            if step == "sign":
                release(world, event)
                signed = True
            elif step == "order" and order is None:
                order = take_in(world, event)
            elif step == "hand_out" and order:
                hand_out(world, order)
                assert signed
            elif step == "cancel" and order:
                assert not cancel(world, order).has_begun
            elif step in ("start", "finish") and order:
                do(world, step, order)
        except ContractError:
            continue
