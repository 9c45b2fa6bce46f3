"""The broker or the database is gone for a while: nothing is lost, and no process dies of it."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest

from contracts.errors import ContractError, TimedOut, Unavailable
from sandbox.rabbitmq import NODE, RabbitMQ
from tests.fixtures.processes import wait_until
from tests.fixtures.toys import Toys, declare_queues, engine, make_toys, rows


@pytest.fixture
def toys(private_rabbitmq, database_url, processes):
    """Toys on a broker that may be killed."""
    declare_queues(private_rabbitmq.uri)
    yield from make_toys(private_rabbitmq.uri, database_url, processes)


@pytest.fixture
def homeless_toys(vhost, private_postgres, processes):
    """Toys on a database server that may be killed."""
    yield from make_toys(vhost.uri, private_postgres.uri, processes)


def test_without_a_broker_work_is_committed_and_its_events_follow_when_it_is_back(
    toys, private_rabbitmq
):
    ticking, mirror = toys.start("TickingService"), toys.start("MirrorService")
    toys.relay().start()
    ticks = engine(toys.tally_url)
    _kill(private_rabbitmq)
    wait_until(lambda: ticking.probe("/readyz") == 503, "readiness says so")
    before = rows(ticks, "tallies")

    wait_until(lambda: rows(ticks, "tallies") >= before + 5, "the service goes on committing")
    assert toys.unpublished() > 0
    assert ticking.probe("/healthz") == mirror.probe("/healthz") == 200
    private_rabbitmq.start()

    wait_until(ticking.is_ready, "the service is ready again")
    ticking.stop()
    committed = rows(ticks, "tallies")
    wait_until(lambda: toys.unpublished() == 0, "all events are published")
    wait_until(lambda: toys.count("tick", "mirror") == committed, "each has its effect once")
    assert mirror.is_alive()


def test_a_call_without_a_broker_is_refused_at_once_and_works_when_it_is_back(
    toys, private_rabbitmq
):
    toys.start("TallyService")
    _kill(private_rabbitmq)
    started = time.monotonic()

    with pytest.raises(Unavailable):
        toys.add("down")

    assert time.monotonic() - started < 3
    private_rabbitmq.start()
    assert wait_until(lambda: _tried(toys, str(uuid4())), "calls work again")


def test_whatever_was_acknowledged_while_broker_and_service_were_killed_is_there_once(
    toys, private_rabbitmq
):
    mirror = toys.start("MirrorService")
    toys.relay().start()
    tally, stop = toys.start("TallyService"), Event()

    def caller(_number: int) -> int:
        """Place commands as a careful client does: the same one again until it is answered."""
        answered = 0
        while not stop.is_set():
            command_id = str(uuid4())
            wait_until(lambda sent=command_id: _tried(toys, sent), "the command is answered", 60)
            answered += 1
        return answered

    with ThreadPoolExecutor(4) as callers:
        counts = [callers.submit(caller, number) for number in range(4)]
        for _ in range(2):
            _pass_commands(toys, 20)
            tally.signal(signal.SIGKILL)
            tally = toys.start("TallyService")
            _pass_commands(toys, 20)
            _kill(private_rabbitmq)
            private_rabbitmq.start()
        _pass_commands(toys, 20)
        stop.set()
        answered = sum(count.result() for count in counts)

    assert rows(engine(toys.tally_url), "tallies") == answered
    assert rows(engine(toys.tally_url), "commands") == answered
    wait_until(lambda: toys.unpublished() == 0, "all events are published", 60)
    mirrored = engine(toys.mirror_url)
    wait_until(
        lambda: rows(mirrored, "tallies") == answered,
        lambda: f"of {answered}, once each: {toys.whereabouts()}\n{mirror.log.read_text()}",
        60,
    )


def test_a_service_that_is_told_to_stop_stops_even_without_a_broker(toys, private_rabbitmq):
    tally = toys.start("TallyService")
    _kill(private_rabbitmq)
    wait_until(lambda: tally.probe("/readyz") == 503, "it has noticed")

    assert tally.stop() == 0

    private_rabbitmq.start()


def test_without_a_database_a_call_is_refused_and_works_when_it_is_back(
    homeless_toys, private_postgres
):
    toys = homeless_toys
    tally = toys.start("TallyService")
    toys.add("before")
    private_postgres.kill()

    with pytest.raises(Unavailable):
        toys.add("during")

    assert tally.probe("/readyz") == 503
    private_postgres.start()
    wait_until(lambda: _tried(toys, str(uuid4())), "calls work again")
    assert toys.count("before") == 1
    assert tally.is_alive()


def _kill(broker: RabbitMQ) -> None:
    """Kill the broker, as soon as it would survive that.

    RabbitMQ 3.10 writes the names of quorum queues to disk half a second after they were declared;
    a node killed before that never finds them again.
    """
    names = broker.folder / "data" / NODE / "quorum" / NODE / "names.dets"
    wait_until(lambda: b"retry.5" in names.read_bytes(), "the queues' names are on disk")
    broker.kill()


def _tried(toys: Toys, command_id: str) -> bool:
    try:
        toys.add("load", command_id=command_id, timeout=2)
    except (Unavailable, TimedOut):
        return False
    except ContractError as refused:
        pytest.fail(f"an unexpected refusal: {refused}")
    return True


def _pass_commands(toys: Toys, count: int) -> None:
    commands = engine(toys.tally_url)
    enough = rows(commands, "commands") + count
    wait_until(lambda: rows(commands, "commands") >= enough, f"{count} commands more are done", 60)
