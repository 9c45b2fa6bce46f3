"""Calls from the gateway's greenlets to a service, over a real broker."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.rabbitmq import NODE
from tests.fixtures.processes import wait_until
from tests.integration.gateway.conftest import Site, start


def search(program, text):
    return program.get("/api/v1/articles", params={"search": text})


def test_a_hundred_greenlets_share_one_connection_and_each_gets_its_own_answer(program):
    with ThreadPoolExecutor(100) as callers:
        answers = list(callers.map(lambda n: search(program, f"article {n}"), range(1000)))

    names = [answer.json()["items"][0]["name"] for answer in answers]
    assert names == [f"article {n}" for n in range(1000)]


def test_waiting_for_one_answer_keeps_nobody_else_waiting(program):
    started = time.monotonic()

    with ThreadPoolExecutor(4) as callers:
        answers = list(callers.map(lambda _: search(program, "nap 3"), range(4)))

    assert [answer.status_code for answer in answers] == [200] * 4
    assert time.monotonic() - started < 6  # one after the other they would take 12


def test_an_answer_that_comes_too_late_is_a_504_and_disturbs_no_other(program):
    started = time.monotonic()

    late = search(program, "nap 30")

    assert (late.status_code, late.json()["code"]) == (504, "deadline.passed")
    assert time.monotonic() - started < 12
    assert search(program, "next").json()["items"] == [{"name": "next"}]


def test_a_service_that_never_ran_is_a_503_at_once(program):
    started = time.monotonic()

    answer = program.get("/api/v1/places")

    assert (answer.status_code, answer.json()["code"]) == (503, "service.unavailable")
    assert time.monotonic() - started < 3  # without waiting the 8 s for an answer


def test_a_failure_of_a_service_is_told_without_its_text(program):
    answer = search(program, "fail")

    assert (answer.status_code, answer.json()["code"]) == (500, "failure")
    assert "must not show" not in answer.text


@pytest.fixture
def mortal_site(processes, private_rabbitmq, tmp_path):
    """A gateway on a broker that may be killed."""
    site = Site(processes, private_rabbitmq.uri, tmp_path)
    start(site.identity)
    start(site.service())
    return site


def kill(broker):
    """Kill the broker, as soon as it would survive that.

    RabbitMQ 3.10 writes down that there are streams half a second after the first was declared; a
    node killed before that never finds them again.
    """
    names = broker.folder / "data" / NODE / "coordination" / NODE / "names.dets"
    known = b"rabbit_stream_coordinator"
    wait_until(lambda: names.exists() and known in names.read_bytes(), "the stream is on disk", 60)
    broker.kill()


def test_the_gateway_survives_its_broker(mortal_site, private_rabbitmq):
    gateway = start(mortal_site.gateway())
    with mortal_site.program() as program:
        assert search(program, "before").status_code == 200

        kill(private_rabbitmq)
        wait_until(lambda: program.get("/readyz").status_code == 503, "readiness says so")
        answer = search(program, "down")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert program.get("/healthz").status_code == 200

        private_rabbitmq.start()
        wait_until(lambda: search(program, "after").status_code == 200, "calls work again", 40)
        wait_until(lambda: program.get("/readyz").json() == {"missing": []}, "it is ready", 60)
        assert gateway.is_alive()


def test_requests_under_way_when_the_broker_dies_are_answered(mortal_site, private_rabbitmq):
    start(mortal_site.gateway(RPC_TIMEOUT="20"))
    with mortal_site.program() as program, ThreadPoolExecutor(8) as callers:
        search(program, "warm")
        waiting = [callers.submit(search, program, "nap 15") for _ in range(8)]
        wait_until(lambda: search(program, "all sent").status_code == 200, "the calls are out")

        kill(private_rabbitmq)

        assert {one.result(timeout=60).status_code for one in waiting} == {503}
    private_rabbitmq.start()
