"""Dead letters: what a handler could not handle, with the reason; looked at, replayed or discarded.

A message is recognised by its event id. Looking takes it off the queue and puts it back.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pika
from kombu import Queue
from pika.adapters.blocking_connection import BlockingChannel

from chassis.amqp import parameters
from chassis.events import ATTEMPT, FAILED_AT, QUEUE, REASON, EventEntrypoint
from chassis.host import service_class, service_names
from chassis.topology import DEAD, dead_letter_queue, event_queue, shared_queues

PATIENCE = 2  # seconds until what was put back counts as taken by somebody else


@dataclass(frozen=True)
class DeadLetter:
    """One event that a handler gave up on."""

    queue: str
    event_id: str
    event_type: str
    reason: str
    attempts: int
    failed_at: datetime
    body: str


def event_queues() -> list[Queue]:
    """The queue of every handler of every service."""
    return [
        event_queue(service, handler.method_name, handler.contract.event_type)
        for service in service_names()
        for handler in handlers(service_class(service))
    ]


def handlers(service: type) -> Iterator[EventEntrypoint]:
    """The event entrypoints that a service class declares, each with its `method_name`."""
    for name in dir(service):
        for entrypoint in getattr(getattr(service, name), "nameko_entrypoints", ()):
            if isinstance(entrypoint, EventEntrypoint):
                entrypoint.method_name = name
                yield entrypoint


def declare_all(amqp_uri: str) -> None:
    """Make every queue exist, so that no event is told before somebody keeps it."""
    with channel(amqp_uri) as opened:
        for queue in [*shared_queues(), *event_queues()]:
            declare(opened, queue)
            if queue.name.startswith("evt-"):
                declare(opened, dead_letter_queue(queue.name))


def declare(opened: BlockingChannel, queue: Any) -> None:
    """Make one queue exist, with its exchange and binding."""
    opened.queue_declare(queue.name, durable=True, arguments=queue.queue_arguments)
    if queue.exchange.name:
        opened.exchange_declare(queue.exchange.name, queue.exchange.type, durable=True)
        opened.queue_bind(queue.name, queue.exchange.name, queue.routing_key)


def count(opened: BlockingChannel, queues: list[str]) -> dict[str, int]:
    """How many dead letters wait in each of `queues`."""
    return {
        queue: opened.queue_declare(queue, passive=True).method.message_count for queue in queues
    }


def letters(
    opened: BlockingChannel, queues: list[str], after: int = 0, most: int | None = None
) -> list[DeadLetter]:
    """The dead letters of `queues`, oldest first; all stay where they are.

    Args:
        after: how many to leave out before the first.
        most: None for all.
    """
    counts = count(opened, queues)
    shown = islice(_waiting(opened, counts), after, None if most is None else after + most)
    found = [_letter(queue, properties, body) for queue, _tag, properties, body in shown]
    _give_back(opened, counts)
    return found


def replay(
    opened: BlockingChannel, queues: list[str], event_id: str | None, most: int | None = None
) -> int:
    """Give dead letters back to their handlers, with all attempts before them.

    Each is published, and that confirmed, before it is taken off: killed in between, it is in both
    queues, and the handler knows an event that it has met.

    Args:
        event_id: None for every one.
        most: None for all.

    Returns:
        How many there were.
    """

    def give_back(queue: str, properties: pika.BasicProperties, body: bytes) -> None:
        properties.headers = _without_marks(properties.headers or {})
        opened.basic_publish("", queue.removeprefix(DEAD), body, properties, mandatory=True)

    return _take(opened, queues, event_id, give_back, most)


def discard(opened: BlockingChannel, queues: list[str], event_id: str) -> int:
    """Delete dead letters; returns how many there were."""
    return _take(opened, queues, event_id, lambda *_: None)


@contextmanager
def channel(amqp_uri: str) -> Iterator[BlockingChannel]:
    """A channel that waits for the broker to confirm each message."""
    connection = pika.BlockingConnection(parameters(amqp_uri))
    try:
        opened = connection.channel()
        opened.confirm_delivery()
        yield opened
    finally:
        connection.close()  # what was looked at and not taken goes back to its queue


def _take(
    opened: BlockingChannel, queues: list[str], event_id: str | None, first, most=None
) -> int:
    counts, taken = count(opened, queues), 0
    for queue, tag, properties, body in _waiting(opened, counts):
        if event_id in (None, properties.message_id or ""):
            first(queue, properties, body)
            opened.basic_ack(tag)
            counts[queue] -= 1
            taken += 1
            if taken == most:
                break
    _give_back(opened, counts)
    return taken


def _waiting(
    opened: BlockingChannel, counts: dict[str, int]
) -> Iterator[tuple[str, int, Any, bytes]]:
    """Each message that was counted, once; it is held until acknowledged or given back."""
    for queue, waiting in list(counts.items()):
        for _ in range(waiting):
            method, properties, body = opened.basic_get(queue)
            if method is None:
                break
            yield queue, method.delivery_tag, properties, body


def _give_back(opened: BlockingChannel, counts: dict[str, int]) -> None:
    """Put back what is held, and wait until it is there: whoever looks next would miss it."""
    opened.basic_nack(0, multiple=True, requeue=True)
    end = time.monotonic() + PATIENCE
    queues = [queue for queue, waiting in counts.items() if waiting]
    while any(found < counts[queue] for queue, found in count(opened, queues).items()):
        if time.monotonic() > end:
            return
        opened.connection.sleep(0.01)


def _letter(queue: str, properties: pika.BasicProperties, body: bytes) -> DeadLetter:
    headers = properties.headers or {}
    return DeadLetter(
        queue=queue.removeprefix(DEAD),
        event_id=properties.message_id or "",
        event_type=properties.type or "",
        reason=headers.get(REASON, ""),
        attempts=headers.get(ATTEMPT, 0),
        failed_at=datetime.fromtimestamp(headers.get(FAILED_AT, 0), UTC),
        body=body.decode(errors="replace"),
    )


def _without_marks(headers: dict[str, Any]) -> dict[str, Any]:
    marks = {ATTEMPT, REASON, FAILED_AT, QUEUE}
    return {name: value for name, value in headers.items() if name not in marks}


def as_json(letter: DeadLetter) -> str:
    return json.dumps(vars(letter), default=str, ensure_ascii=False)
