"""Registering work orders, carrying them out, and who may see and do what."""

import json
from datetime import datetime, timedelta, timezone

import pytest

from contracts.errors import ContractError
from contracts.maintenance import CANCEL_CAUSES, PAUSE_CAUSES, PauseWork
from services.maintenance import letters, sweeping
from tests.unit.maintenance.asks import (
    ACUTE,
    FOR_ANNA,
    SECRETS,
    assign,
    cancel,
    do,
    listed,
    look_at,
    message,
    refused,
    register,
    reported,
)
from tests.unit.maintenance.world import (
    ANNA,
    BO,
    CARE,
    COLLEAGUE,
    DEPOT_STAFF,
    JOHAN,
    KARIN,
    NOW,
    RULES,
    STRANGER,
    at,
)

HOUR = timedelta(hours=1)


@pytest.mark.rule("U-4")
@pytest.mark.rule("U-5")
def test_a_work_order_carries_what_the_technician_needs(world):
    number = register(world).number

    seen = look_at(world, number, JOHAN)

    wanted = message() | {"basic_need": "none", "agreement": "", "state": "registered"}
    wanted |= FOR_ANNA | {"technician": None, "version": 1}
    del wanted["command_id"]
    assert wanted.items() <= seen.items()


@pytest.mark.parametrize("number", ["HMC123456", " hmc 123-456 ", "12345", "1234567890"])
def test_an_individual_number_is_read_as_it_is_marked(world, number):
    order = register(world, individual_number=number)

    assert order.individual_number == number.upper().replace(" ", "").replace("-", "")


@pytest.mark.rule("U-5")
@pytest.mark.parametrize(
    "number", ["1234", "12345678901", "ABCD12345", "12A45", "HMC", "１２３４５"]
)
def test_a_number_of_another_form_is_refused(world, number):
    with refused("maintenance.individual_number.wrong") as refusal:
        register(world, individual_number=number)

    assert list(refusal.value.fields) == ["individual_number"]


@pytest.mark.rule("U-5")
@pytest.mark.parametrize("kind", ["corrective", "acute_corrective"])
def test_a_repair_says_where_on_the_device(world, kind):
    with refused("message.invalid") as refusal:
        register(world, **(ACUTE | {"kind": kind, "place_on_device": " "}))

    assert list(refusal.value.fields) == ["place_on_device"]


def test_preventive_work_need_not(world):
    assert register(world, kind="preventive", place_on_device="").state == "registered"


@pytest.mark.rule("M-2")
@pytest.mark.rule("U-2")
def test_acute_work_is_for_basic_needs_only(world):
    with refused("maintenance.acute.not_basic_need"):
        register(world, kind="acute_corrective")


@pytest.mark.rule("M-2")
@pytest.mark.rule("U-2")
@pytest.mark.parametrize(
    "need", ["eat_and_drink", "toilet_and_transfer", "care_injury_risk", "communication"]
)
def test_a_prescriber_orders_acute_work_for_each_of_them(world, need):
    order = register(world, **(ACUTE | {"basic_need": need}))

    start, finish = order.clocks(RULES.hours, NOW)
    assert (start.limit, str(finish.limit)) == (None, "8 working hours")


@pytest.mark.rule("M-2")
@pytest.mark.rule("U-2")
def test_acute_work_is_ordered_by_a_prescriber_only(world):
    with refused("maintenance.acute.not_by_prescriber"):
        register(world, BO, **ACUTE)

    assert register(world, BO).state == "registered"  # the ordinary order, which is offered


@pytest.mark.rule("U-2")
def test_customer_service_takes_a_prescribers_acute_order_by_telephone(world):
    order = reported(world, at("2026-08-03 09:15"), **ACUTE)

    assert (order.unit, order.prescriber) == (ANNA.unit, ANNA.hsa_id)
    assert order.history[0].recorded_by == KARIN.hsa_id


@pytest.mark.parametrize("actor", [CARE, DEPOT_STAFF])
def test_others_order_nothing(world, actor):
    with refused("role.may_not"):
        register(world, actor)


@pytest.mark.parametrize(
    "others",
    [{"unit": STRANGER.unit}, {"prescriber": COLLEAGUE.hsa_id}, {"reported_at": NOW.isoformat()}],
)
def test_a_prescriber_orders_for_herself_from_now_on(world, others):
    with refused("maintenance.unit.not_yours"):
        register(world, **others)


def test_customer_service_says_for_whom(world):
    with refused("maintenance.orderer.missing"):
        register(world, KARIN, unit=ANNA.unit)


def test_when_something_happened_and_when_it_was_told_are_both_kept(world):
    order = reported(world, at("2026-07-31 15:00"))
    assign(world, order)
    do(world, "start", order, at("2026-08-03 08:30"))

    history = look_at(world, order.number)["history"]

    assert [one["what"] for one in history] == ["registered", "assigned", "started"]
    assert history[0]["at"] == "2026-07-31T13:00:00+00:00"
    assert history[2]["at"] == "2026-08-03T06:30:00+00:00"
    assert {one["recorded_at"] for one in history} == {NOW.isoformat()}
    assert [one["recorded_by"] for one in history] == [KARIN.hsa_id, JOHAN.hsa_id, JOHAN.hsa_id]


def test_work_goes_from_registered_to_finished_and_is_told(world):
    order = reported(world, NOW - 3 * HOUR)
    assert assign(world, order).technician == JOHAN.hsa_id
    assert do(world, "start", order, NOW - 2 * HOUR).state == "started"
    paused = do(world, "pause", order, NOW - HOUR, cause="spare_part")
    assert (paused.state, paused.cause) == ("paused", "spare_part")
    assert do(world, "resume", order).state == "started"
    finished = do(world, "finish", order)

    assert (finished.state, finished.version) == ("finished", 6)
    told = [event_type.split(".")[2] for event_type, _ in world.told()]
    assert told == ["started", "paused", "resumed", "finished"]
    assert world.told()[1][1] == {
        "work_order_id": str(order.id),
        "work_order_number": order.number,
        "kind": "corrective",
        "individual_number": "HMC123456",
        "unit": ANNA.unit,
        "cause": "spare_part",
        "paused_at": (NOW - HOUR).isoformat(),
    }


@pytest.mark.rule("M-4")
@pytest.mark.rule("U-4")
def test_work_may_wait_before_it_has_begun(world):
    order = register(world)
    do(world, "pause", order, cause="patient_not_reached")

    assert do(world, "resume", order).state == "registered"


def test_a_pause_has_a_cause_of_the_list():
    for wrong in ({}, {"cause": None}, {"cause": "holiday"}):
        with refused("message.invalid") as refusal:
            PauseWork.read({"command_id": str(STRANGE), "work_order_number": "60000000"} | wrong)
        assert list(refusal.value.fields) == ["cause"]


STRANGE = "0b7c1f4e-6a52-4f0e-9a43-6d8f5f6b9d10"


@pytest.mark.rule("M-4")
@pytest.mark.parametrize("cause", PAUSE_CAUSES)
def test_each_cause_of_a_pause_is_taken(world, cause):
    assert do(world, "pause", register(world), cause=cause).cause == cause


@pytest.mark.parametrize("action", ["start", "pause", "resume", "finish"])
def test_what_is_finished_stays_so(world, action):
    order = register(world)
    do(world, "start", order)
    do(world, "finish", order)
    rest = {"cause": "spare_part"} if action == "pause" else {}

    with refused("maintenance.work.state", work_order_number=order.number, state="finished"):
        do(world, action, order, **rest)
    with refused("maintenance.work.state", work_order_number=order.number, state="finished"):
        cancel(world, order)
    with refused("maintenance.work.state", work_order_number=order.number, state="finished"):
        assign(world, order)


@pytest.mark.parametrize("action", ["resume", "finish"])
def test_what_has_not_begun_does_not_end(world, action):
    order = register(world)

    with refused("maintenance.work.state", work_order_number=order.number, state="registered"):
        do(world, action, order)


@pytest.mark.rule("M-1")
def test_the_end_does_not_come_before_the_beginning(world):
    order = reported(world, at("2026-08-03 09:00"))
    do(world, "start", order, at("2026-08-03 10:00"))

    with refused("maintenance.time.before_last", last="2026-08-03 10:00"):
        do(world, "finish", order, at("2026-08-03 09:59"))


def test_nothing_happens_in_the_future_or_in_another_age(world):
    order = register(world)

    with refused("maintenance.time.future"):
        do(world, "start", order, NOW + timedelta(seconds=1))
    with refused("maintenance.time.future"):
        reported(world, NOW + timedelta(seconds=1))
    with refused("maintenance.time.too_old", days=400):
        reported(world, NOW - timedelta(days=401))
    with refused("maintenance.time.too_old", days=400):
        reported(world, datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))


@pytest.mark.rule("U-4")
@pytest.mark.parametrize("cause", CANCEL_CAUSES)
def test_the_prescriber_is_told_of_a_cancelling_with_its_cause(world, cause):
    order = register(world)

    cancelled = cancel(world, order, cause=cause)

    assert (cancelled.state, cancelled.cause) == ("cancelled", cause)
    ((recipient, subject, body),) = world.mailed()
    assert (recipient, subject) == (ANNA.hsa_id, f"Arbetsorder {order.number} är avbruten")
    assert letters.CAUSES[cause] in body
    assert "registrerar du en ny arbetsorder" in body
    assert world.told()[-1][1]["cause"] == cause


def test_who_ordered_may_cancel_and_is_not_written_to(world):
    order = register(world)

    assert cancel(world, order, actor=ANNA, cause="no_longer_needed").state == "cancelled"
    assert world.mailed() == []


def test_who_ordered_cancels_now_and_not_earlier(world):
    with refused("maintenance.unit.not_yours"):
        cancel(world, register(world), NOW - HOUR, actor=ANNA)


@pytest.mark.parametrize("actor", [ANNA, BO, CARE, DEPOT_STAFF])
def test_the_supply_centre_alone_carries_work_out(world, actor):
    order = register(world)

    with refused("role.may_not"):
        do(world, "start", order, actor=actor)
    with refused("role.may_not"):
        assign(world, order, actor=actor)


@pytest.mark.parametrize("actor", [ANNA, COLLEAGUE, BO, JOHAN, KARIN])
def test_the_unit_and_the_supply_centre_see_a_work_order(world, actor):
    order = register(world)

    assert look_at(world, order.number, actor)["address"] == message()["address"]
    assert [one["work_order_number"] for one in listed(world, actor)[0]] == [order.number]


@pytest.mark.parametrize("actor", [STRANGER, CARE, DEPOT_STAFF])
def test_nobody_else_does(world, actor):
    order = register(world)

    with refused("not_found"):
        look_at(world, order.number, actor)
    if actor is STRANGER:
        assert listed(world, actor) == ([], False)
        with refused("not_found"):
            cancel(world, order, actor=actor)
    else:
        with refused("not_found"):
            listed(world, actor)


def test_a_number_that_nobody_has_is_not_found(world):
    with refused("not_found"):
        look_at(world, "9999999999", JOHAN)


def test_a_look_at_what_may_be_personal_is_logged(world):
    order = register(world)
    look_at(world, order.number, JOHAN)
    listed(world, JOHAN)

    assert world.logged() == [
        ("work_order.registered", order.id, ANNA.hsa_id),
        ("work_order.read", order.id, JOHAN.hsa_id),
    ]


def test_a_list_begins_with_what_runs_out_first(world):
    usual = register(world)
    acute = register(world, **ACUTE)
    quick = register(world, agreement="quick")
    waiting = register(world)
    do(world, "pause", waiting, cause="supplier")
    untimed = register(world, kind="preventive")

    found = [one["work_order_number"] for one in listed(world)[0]]

    assert found == [one.number for one in (acute, quick, usual, untimed, waiting)]


def test_a_list_is_narrowed_and_turned(world):
    orders = [register(world, individual_number=f"1000{at}") for at in range(5)]
    assign(world, orders[3])
    do(world, "start", orders[3])
    register(world, STRANGER, individual_number="10003")

    def numbers(actor=ANNA, **query):
        return [one["work_order_number"] for one in listed(world, actor, **query)[0]]

    assert numbers(state="started") == [orders[3].number]
    assert numbers(technician=JOHAN.hsa_id) == [orders[3].number]
    assert numbers(individual_number="100 03") == [orders[3].number]
    assert len(numbers(KARIN, individual_number="10003")) == 2
    assert numbers(kind="adaptation") == []
    pages = [listed(world, limit=2, page=page) for page in (1, 2, 3)]
    assert [(len(items), more) for items, more in pages] == [(2, True), (2, True), (1, False)]


def test_a_list_is_sorted_as_it_is_asked_for(world):
    acute = register(world, **ACUTE | {"individual_number": "10002"})
    usual = register(world, individual_number="10001")
    done = register(world, individual_number="10003")
    do(world, "start", done)
    do(world, "finish", done)

    def numbers(sort):
        return [one["work_order_number"] for one in listed(world, sort=sort)[0]]

    acute, usual, done = acute.number, usual.number, done.number
    assert numbers("work_order_number") == [acute, usual, done]
    assert numbers("-work_order_number") == [done, usual, acute]
    assert numbers("individual_number") == [usual, acute, done]
    assert numbers("-individual_number") == [done, acute, usual]
    assert numbers("due") == numbers("finish_due") == [acute, usual, done]
    assert numbers("-due") == numbers("-finish_due") == [usual, acute, done]
    assert numbers("start_due") == numbers("-start_due") == [usual, done, acute]


def test_no_list_event_mail_or_refusal_holds_personal_data(world):
    order = register(world)
    do(world, "start", order)
    cancel(world, order)

    said = json.dumps([listed(world, JOHAN), world.told(), world.mailed()], default=str)

    assert [secret for secret in SECRETS if secret in said] == []
    assert [secret for secret in SECRETS if secret in repr(look_at_model(world, order))] == []


def look_at_model(world, order):
    with world.transaction(JOHAN) as tx:
        return tx.work_orders.look_at(order.number, type("All", (), {"unit": None}))


def test_two_who_change_the_same_at_once_do_not_overwrite_each_other(world):
    order = register(world)
    do(world, "start", order)

    with refused("changed_meanwhile"), world.transaction(JOHAN) as tx:
        order.version = 1
        tx.work_orders.save(order, sweeping.due(order.clocks(RULES.hours, NOW), RULES))


@pytest.mark.rule("X-4")
def test_an_agreement_has_limits_of_its_own(world):
    usual, quick = register(world), register(world, agreement="quick")

    limits = [look_at(world, one.number)["start_clock"]["limit"] for one in (usual, quick)]
    assert limits == ["3 working days", "1 working day"]


def test_a_refused_command_changes_nothing(world):
    with pytest.raises(ContractError):
        register(world, individual_number="?????")

    assert (world.told(), world.mailed(), world.logged()) == ([], [], [])
    assert listed(world) == ([], False)
