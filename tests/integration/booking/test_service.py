"""The service as it runs: process, broker, database, scheduler."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from contracts.actor import Actor
from contracts.errors import Conflict, ContractError, Forbidden, Invalid, NotFound, Unavailable
from contracts.ordering import ConsultationRequestedV1
from tests.fault_proxy import Fault
from tests.fixtures.processes import wait_until
from tests.integration.booking.live import DAY
from tests.integration.booking.scheduler.data import BORAS, COMMUNICATION, WHEELCHAIR
from tests.unit.booking.world import PRESCRIBER, STRANGER

CLIENTS = 200


@pytest.mark.rule("B-8")
@pytest.mark.rule("B-9")
@pytest.mark.rule("B-12")
def test_a_time_is_chosen_held_booked_and_cancelled(live):
    activity_id = live.register()
    assert {"place_id": BORAS, "name": "Borås"} in live.call("list_places")["items"]
    assert len(live.call("list_service_products", place_id=BORAS)["items"]) == 3
    first = live.free_times()[0]

    held = live.hold(activity_id, first["start"], consultant_id=first["consultant_ids"][0])
    assert live.call("list_holds")["items"] == [held]
    booked = live.book(held["hold_id"])

    assert live.call("list_holds")["items"] == []
    assert (booked["start"], booked["telephone"]) == (first["start"], "+46701740605")
    assert live.call("get_booking", booking_id=booked["booking_id"]) == booked
    assert live.call("list_activities", state="booked")["items"] == [live.activity(activity_id)]
    assert live.scheduled() == [activity_id]

    cancelled = live.command("cancel_booking", booking_id=booked["booking_id"])

    assert cancelled == booked | {"state": "cancelled"}
    assert live.activity(activity_id)["state"] == "registered"
    assert live.scheduled() == []
    assert live.told() == ["booked", "cancelled"]
    assert live.mailed() == ["Bokad konsultation", "Avbokad konsultation"]


@pytest.mark.rule("B-12")
@pytest.mark.rule("X-25")
def test_a_booked_time_is_moved(live):
    activity_id = live.register()
    first, second = live.free_times()[:2]
    booked = live.book(live.hold(activity_id, first["start"])["hold_id"])

    moved = live.command(
        "rebook_time", booking_id=booked["booking_id"], start=second["start"], cause="other"
    )

    assert (moved["booking_id"], moved["start"]) == (booked["booking_id"], second["start"])
    assert live.activity(activity_id)["booking"] == moved
    assert live.scheduled() == [activity_id]
    assert live.told() == ["booked", "rebooked"]
    assert live.mailed() == ["Bokad konsultation", "Ombokad konsultation"]


@pytest.mark.rule("X-25")
@pytest.mark.parametrize("fault", [Fault.DROP, Fault.NEVER_ARRIVES])
def test_a_move_whose_answer_is_lost_happens_once(live, fault):
    activity_id = live.register()
    first, second = live.free_times()[:2]
    booked = live.book(live.hold(activity_id, first["start"])["hold_id"])
    live.proxy.lose(fault, matching="/resourcebooking/rebook")
    command = {
        "command_id": str(uuid4()),
        "booking_id": booked["booking_id"],
        "start": second["start"],
        "cause": "other",
    }

    with suppress(Unavailable):
        live.call("rebook_time", **command)
    live.proxy.lose(matching="")
    moved = live.call("rebook_time", **command)

    assert moved["start"] == second["start"]
    assert live.scheduled() == [activity_id]


def _both() -> dict[str, int]:
    products = {"service_product_id": WHEELCHAIR, "other_service_product_id": COMMUNICATION}
    return {"place_id": BORAS} | products


def _days() -> dict[str, str]:
    return {"first_day": DAY.isoformat(), "last_day": (DAY + timedelta(days=4)).isoformat()}


def _two_held(live):
    """Two activities, and how both are booked in one visit with the same consultant."""
    activities = [live.register(), live.register(work_order_number="1042002")]
    time = live.call("list_free_times", **_both(), **_days())["items"][0]
    consultant = {"consultant_id": time["consultant_ids"][0]}
    first = live.hold(activities[0], time["start"], **consultant)
    communication = {"service_product_id": COMMUNICATION}
    second = live.hold(activities[1], time["other_start"], **consultant, **communication)
    other = {"hold_id": second["hold_id"], "work_order_number": "1042002"}
    return activities, live.form(first["hold_id"]) | {"together_with": other}


@pytest.mark.rule("B-14")
def test_two_work_orders_are_booked_in_one_visit_and_cancelled_apart_and_together(live):
    activities, form = _two_held(live)

    booked = live.call("book_time", **form)

    assert live.call("book_time", **form) == booked
    assert live.scheduled() == activities
    first, second = (live.activity(one)["booking"] for one in activities)
    assert (first, second["together_with"]) == (booked, "1042001")
    assert live.told() == ["booked", "booked"]

    later = live.call("list_free_times", **_both(), **_days())["items"][-1]
    wanted = {"booking_id": booked["booking_id"], "start": later["start"], "cause": "other"}
    moved = live.command("rebook_time", **wanted, whole_visit=True)
    assert (moved["start"], moved["together_with"]) == (later["start"], "1042002")
    second = live.activity(activities[1])["booking"]
    assert second["start"] == later["other_start"]
    assert live.scheduled() == activities

    cancelled = live.command("cancel_booking", booking_id=second["booking_id"], whole_visit=True)

    assert cancelled["state"] == "cancelled"
    assert live.scheduled() == []
    assert [live.activity(one)["state"] for one in activities] == ["registered"] * 2

    activities, form = _two_held(live)
    booked = live.call("book_time", **form)
    live.command("cancel_booking", booking_id=booked["booking_id"])
    assert live.scheduled() == activities[1:]
    assert live.activity(activities[1])["booking"]["together_with"] is None


@pytest.mark.rule("B-14")
@pytest.mark.parametrize("had", [1, 2])
def test_killed_while_two_are_booked_both_are_had_or_neither(lone, had):
    again = {"RECONCILE_AFTER": "1", "SWEEP_EVERY": "1"}
    process = lone.start()
    activities, form = _two_held(lone)
    faults = [Fault.NONE] * (had - 1) + [Fault.SILENCE]
    lone.proxy.lose(*faults, matching="/resourcebooking/add")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lone.call, "book_time", timeout=5, **form)
        assert lone.proxy.answered.wait(60)
        process.kill()
        assert isinstance(waiting.exception(), ContractError)
    lone.proxy.lose(matching="")
    lone.start(**again)

    states = {1: "registered", 2: "booked"}
    wait_until(
        lambda: [lone.activity(one)["state"] for one in activities] == [states[had]] * 2,
        "both are had, or neither is",
        timeout=60,
    )

    assert lone.scheduled() == (activities if had == 2 else [])


def test_a_hold_is_kept_longer(live):
    activity_id = live.register()
    held = live.hold(activity_id, live.free_times()[0]["start"])

    longer = live.command("extend_hold", hold_id=held["hold_id"])

    assert longer["expires_at"] >= held["expires_at"]
    assert live.book(held["hold_id"])["start"] == held["start"]


def test_what_is_wrong_is_refused_with_its_code(live):
    activity_id = live.register()
    start = live.free_times()[0]["start"]
    hold_id = live.hold(activity_id, start)["hold_id"]

    def refused(kind: type[ContractError], code: str, work, *args, **values) -> None:
        with pytest.raises(kind) as error:
            work(*args, **values)
        assert error.value.code == code

    refused(Invalid, "booking.telephone.wrong", live.book, hold_id, telephone="112")
    refused(
        Conflict, "booking.work_order.not_open", live.book, hold_id, work_order_number="1042999"
    )
    refused(NotFound, "not_found", live.book, str(uuid4()))
    refused(NotFound, "not_found", live.call, "get_activity", STRANGER, activity_id=activity_id)
    refused(Conflict, "booking.slot.past", live.hold, activity_id, "2026-01-05T07:30:00+00:00")
    refused(Conflict, "booking.slot.not_open", live.hold, activity_id, "2037-05-18T01:07:00+00:00")
    refused(NotFound, "booking.place.unknown", live.call, "list_service_products", place_id=99)
    refused(
        NotFound, "booking.service_product.unknown", live.hold, activity_id, start,
        service_product_id=99,
    )  # fmt: skip
    technician = replace(PRESCRIBER, role="technician")
    refused(Forbidden, "role.may_not", live.hold, activity_id, start, technician)
    assert live.activity(activity_id)["state"] == "registered"


def test_an_event_that_comes_twice_opens_one_activity(live):
    activity_id = live.register()
    held = live.hold(activity_id, live.free_times()[0]["start"])
    live.book(held["hold_id"])

    event = {
        "activity_id": activity_id,
        "work_order_number": "1042001",
        "customer_number": "4711",
        "unit": PRESCRIBER.unit,
        "principal": PRESCRIBER.principal,
        "prescriber": PRESCRIBER.hsa_id,
        "registered_at": "2026-05-21T06:00:00+00:00",
    }
    live.tell(ConsultationRequestedV1.event_type, event, str(uuid4()))
    live.register()  # comes after it in the same queue

    assert live.activity(activity_id)["state"] == "booked"


@pytest.mark.rule("B-6")
def test_two_services_close_what_is_overdue_once(lone):
    for _ in range(2):
        lone.start(ACTIVITY_WINDOW="1 second", SWEEP_EVERY="1")
    activities = [lone.register() for _ in range(5)]

    wait_until(
        lambda: all(lone.activity(one)["state"] == "closed" for one in activities), "all closed"
    )

    assert lone.told() == ["closed"] * 5
    assert lone.mailed() == ["Konsultation avslutad"] * 5
    with pytest.raises(Conflict) as refused:
        lone.hold(activities[0], lone.free_times()[0]["start"])
    assert refused.value.params == {"window": "1 sekund"}


@pytest.mark.parametrize("fault", [Fault.SILENCE, Fault.DROP])
def test_a_scheduler_that_times_out_after_it_has_booked_has_booked_once(live, fault):
    activity_id = live.register()
    held = live.hold(activity_id, live.free_times()[0]["start"])
    live.proxy.lose(fault, matching="/resourcebooking/add")

    booked = live.book(held["hold_id"])

    assert live.proxy.answered.is_set()
    assert live.activity(activity_id)["booking"] == booked
    assert live.scheduled() == [activity_id]
    assert live.told() == ["booked"]


def _killed_while_booking(lone, **environment: str):
    """The service is killed when the scheduler has booked; return the activity and the form."""
    process = lone.start(**environment)
    activity_id = lone.register()
    form = lone.form(lone.hold(activity_id, lone.free_times()[0]["start"])["hold_id"])
    lone.proxy.lose(Fault.SILENCE, matching="/resourcebooking/add")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lone.call, "book_time", timeout=1, **form)
        assert lone.proxy.answered.wait(10)
        process.kill()
        assert isinstance(waiting.exception(), ContractError)
    lone.start(**environment)
    return activity_id, form


def test_killed_while_booking_the_command_is_repeated(lone):
    activity_id, form = _killed_while_booking(lone)
    assert lone.activity(activity_id)["state"] == "booking"

    answers = [lone.call("book_time", **form) for _ in range(2)]

    assert answers == [lone.activity(activity_id)["booking"]] * 2
    assert lone.scheduled() == [activity_id]
    assert (lone.told(), lone.mailed()) == (["booked"], ["Bokad konsultation"])


def test_killed_while_booking_and_never_repeated_it_is_reconciled(lone):
    activity_id, form = _killed_while_booking(lone, RECONCILE_AFTER="1", SWEEP_EVERY="1")

    wait_until(lambda: lone.activity(activity_id)["state"] == "booked", "it is reconciled")

    assert lone.call("book_time", **form) == lone.activity(activity_id)["booking"]
    assert lone.scheduled() == [activity_id]
    assert (lone.told(), lone.mailed()) == (["booked"], ["Bokad konsultation"])


def test_when_the_scheduler_is_down_callers_hear_so_and_nothing_changes(lone):
    lone.start()
    activity_id = lone.register()
    start = lone.free_times()[0]["start"]
    lone.proxy.close()

    with pytest.raises(Unavailable):
        lone.hold(activity_id, start)
    with pytest.raises(Unavailable):
        lone.call("list_places")

    assert lone.activity(activity_id)["state"] == "registered"


@pytest.mark.rule("B-9")
def test_of_200_clients_that_want_the_last_time_one_books_and_the_others_hear_so(live):
    activity_id = live.register()
    last = live.free_times()[-1]
    live.hold(activity_id, last["start"], consultant_id=last["consultant_ids"][0])

    answers = _all_at_once(live, activity_id, last["start"])

    (hold,) = [one for one in answers if isinstance(one, dict)]
    assert {one.code for one in answers if one is not hold} == {"booking.slot.taken"}
    booked = live.command("book_time", _client(hold["client"]), **live.form(hold["hold_id"]))
    assert booked["state"] == "booked"
    assert live.scheduled() == [activity_id]


def _client(number: int) -> Actor:
    return replace(PRESCRIBER, hsa_id=f"SE2321000131-C{number}")


def _all_at_once(live, activity_id: str, start: str) -> list[Any]:
    """What each client is answered when it wants the time."""
    together = Barrier(CLIENTS)

    def take(number: int) -> Any:
        together.wait()
        try:
            return live.hold(activity_id, start, _client(number)) | {"client": number}
        except ContractError as error:
            return error

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(take, range(CLIENTS)))
