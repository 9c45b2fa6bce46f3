"""Dead letters: what a handler could not handle, with the reason; looked at, replayed or discarded.

A message is recognised by its event id. Looking takes it off the queue and puts it back.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pika
from kombu import Queue
from pika.adapters.blocking_connection import BlockingChannel

from chassis.amqp import parameters
from chassis.events import ATTEMPT, FAILED_AT, QUEUE, REASON, EventEntrypoint
from chassis.host import service_class, service_names
from chassis.topology import DEAD, dead_letter_queue, event_queue, shared_queues


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


def letters(opened: BlockingChannel, queues: list[str]) -> list[DeadLetter]:
    """Every dead letter of `queues`, oldest first; all stay where they are."""
    return [
        _letter(queue, properties, body)
        for queue in queues
        for _tag, properties, body in _waiting(opened, queue)
    ]


def replay(opened: BlockingChannel, queues: list[str], event_id: str | None) -> int:
    """Give dead letters back to their handlers, with all attempts before them.

    Args:
        event_id: None for every one.

    Returns:
        How many there were.
    """

    def give_back(queue: str, properties: pika.BasicProperties, body: bytes) -> None:
        properties.headers = _without_marks(properties.headers or {})
        opened.basic_publish("", queue.removeprefix(DEAD), body, properties, mandatory=True)

    return _take(opened, queues, event_id, give_back)


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


def _take(opened: BlockingChannel, queues: list[str], event_id: str | None, first) -> int:
    taken = 0
    for queue in queues:
        for tag, properties, body in _waiting(opened, queue):
            if event_id in (None, properties.message_id):
                first(queue, properties, body)
                opened.basic_ack(tag)
                taken += 1
    return taken


def _waiting(opened: BlockingChannel, queue: str) -> Iterator[tuple[int, Any, bytes]]:
    """Each message of `queue`, once; those not acknowledged go back when the channel closes."""
    count = opened.queue_declare(queue, passive=True).method.message_count
    for _ in range(count):
        method, properties, body = opened.basic_get(queue)
        if method is None:
            return
        yield method.delivery_tag, properties, body


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
