"""RPC over a real broker and a real database."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from contracts.errors import Conflict, Invalid, TimedOut, Unavailable


def test_a_command_has_its_effect_and_its_answer(shared_toys):
    assert shared_toys.add("one") == {"count": 1}
    assert shared_toys.count("one") == 1


def test_the_same_command_twice_has_one_effect_and_the_same_answer(shared_toys):
    command_id = str(uuid4())

    answers = [shared_toys.add("twice", command_id=command_id) for _ in range(3)]

    assert answers == [{"count": 1}] * 3
    assert shared_toys.count("twice") == 1


def test_the_same_command_from_many_callers_at_once_has_one_effect(shared_toys):
    command_id = str(uuid4())

    with ThreadPoolExecutor(10) as callers:
        answers = list(
            callers.map(lambda _: shared_toys.add("many", command_id=command_id), range(10))
        )

    assert answers == [{"count": 1}] * 10
    assert shared_toys.count("many") == 1


def test_a_key_used_for_another_command_is_refused(shared_toys):
    command_id = str(uuid4())
    shared_toys.add("first", command_id=command_id)

    with pytest.raises(Conflict) as refused:
        shared_toys.add("second", command_id=command_id)

    assert refused.value.code == "command.key_reused"
    assert shared_toys.count("second") == 0


def test_a_message_that_breaks_its_contract_is_refused_by_the_service(shared_toys):
    with pytest.raises(Invalid) as refused:
        shared_toys.call("add", name="x", typo=1)

    assert set(refused.value.fields) == {"command_id", "typo"}


def test_a_call_past_its_deadline_times_out_and_its_effect_never_comes(shared_toys):
    with pytest.raises(TimedOut):
        shared_toys.add("slow", nap=1.0, timeout=0.3)
    shared_toys.add("after", nap=1.0)  # the slow one has ended by now

    assert shared_toys.count("slow") == 0


def test_a_message_that_waited_past_its_deadline_never_runs(toys):
    toys.start("TallyService").kill()
    with pytest.raises(TimedOut):
        toys.add("late", timeout=0.3)

    toys.start("TallyService")

    assert toys.count("late") == 0


def test_a_service_that_has_never_run_is_unavailable_at_once(toys):
    with pytest.raises(Unavailable):
        toys.add("nobody")


def test_four_waits_for_the_database_take_as_long_as_one(shared_toys):
    started = time.monotonic()

    with ThreadPoolExecutor(4) as callers:
        list(callers.map(lambda _: shared_toys.call("count", name="x", nap=2.0), range(4)))

    assert time.monotonic() - started < 5  # one after the other they would take 8
