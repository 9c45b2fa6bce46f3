"""The relay, ten thousand events: against bare pika that publishes them in the same batches."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

import pika
from sqlalchemy import Engine, text

from bench.peers.publisher import BarePublisher, Message
from bench.results import Line, Results, ratio
from bench.suite import Suite
from chassis import tables
from chassis.amqp import parameters
from chassis.context import Context
from chassis.database import connect
from chassis.migrations import create_database
from chassis.relay import _OLDEST as OLDEST
from chassis.relay import BATCH, Relay
from chassis.topology import events_exchange
from sandbox.process import wait_until

EVENTS, ROUNDS = 10_000, 5
ASKED = 0.6  # of bare pika's rate
SOURCE = "bench"
EXCHANGE, QUEUE = events_exchange(SOURCE).name, "evt-bench-nobody"
DATA = {"order_id": "0b9cbe6c-3b1c-4d53-9a25-96b1a3d1d4c5", "customer_number": "140001",
        "recipient_kind": "patient", "placed_at": "2026-11-22T10:00:00+00:00",
        "lines": [{"article_number": "20101", "quantity": 1}] * 3}  # fmt: skip
_FILL = text("""
    INSERT INTO outbox (event_type, data, headers)
    SELECT 'bench.order.placed.v1', jsonb_set(CAST(:data AS jsonb), '{order_number}', to_jsonb(n)),
        CAST(:headers AS jsonb)
    FROM generate_series(1, :count) AS n
""")


def measure(suite: Suite, results: Results) -> None:
    suite.report(f"relay: {EVENTS} events, {ROUNDS} rounds a side")
    uri = suite.site.amqp_uri
    rates: tuple[list[float], list[float]] = ([], [])
    with _outbox(suite) as engine, _queue(uri) as empty, _relay(engine, uri) as relay:
        peer = BarePublisher(uri, EXCHANGE)
        for _ in range(1 + ROUNDS):
            _fill(engine)
            rates[0].append(EVENTS / _drain(relay))
            empty()
            rates[1].append(EVENTS / peer.publish(_messages(engine, relay), BATCH))
            empty()
    ours, theirs = (side[1:] for side in rates)  # the first round warms up
    found = ratio(ours, theirs)
    what = f"relay, {EVENTS} events in batches of {BATCH}"
    our, their = f"{median(ours):.0f}/s", f"bare pika {median(theirs):.0f}/s"
    results.lines.append(Line(what, our, their, found, f"≥ {ASKED}", found >= ASKED))


def _fill(engine: Engine) -> None:
    headers = json.dumps(Context.of_service(SOURCE).told())
    values = {"data": json.dumps(DATA), "headers": headers, "count": EVENTS}
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE outbox"))
        connection.execute(_FILL, values)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE outbox"))


def _drain(relay: Relay) -> float:
    """Seconds that the relay takes for all that is in the outbox."""
    began = perf_counter()
    while relay.relay_batch():
        pass
    return perf_counter() - began


def _messages(engine: Engine, relay: Relay) -> list[Message]:
    """The same messages, ready to be published."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET published_at = NULL"))
        rows = connection.execute(OLDEST, {"batch": EVENTS}).all()
    return [relay._message(row) for row in rows]


@contextmanager
def _outbox(suite: Suite) -> Iterator[Engine]:
    """A database with nothing but an outbox, of a service that nobody else relays for."""
    url = suite.url("rampen_bench_relay")
    create_database(url)
    engine = connect(url, connections=2)
    tables.metadata.create_all(engine)
    yield engine
    engine.dispose()


@contextmanager
def _relay(engine: Engine, uri: str) -> Iterator[Relay]:
    """A relay that is connected, and publishes when it is told to."""
    relay = Relay(SOURCE, engine, uri)
    relay._publisher.link.start()
    wait_until(lambda: relay.broker_is_up, what="the relay")
    yield relay
    relay._publisher.link.stop()


@contextmanager
def _queue(uri: str) -> Iterator[Callable[[], object]]:
    """A queue like a handler's, bound to the events; what is given empties it."""
    with pika.BlockingConnection(parameters(uri)) as connection:
        channel = connection.channel()
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
        channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind(QUEUE, EXCHANGE, "bench.#")
        yield lambda: channel.queue_purge(QUEUE)
        channel.queue_delete(QUEUE)
        channel.exchange_delete(EXCHANGE)
