"""Publishing in batches: returns when the broker has every message of the batch on disk."""

from dataclasses import dataclass
from threading import Event
from typing import Any, NamedTuple

import pika
from pika.spec import Basic

from chassis.amqp import BrokerDown, Link

TIMEOUT = 5  # seconds in which the broker must confirm a batch; after a restart it may forget one


class Message(NamedTuple):
    """Args: `routing_key`, `body`, and pika's `properties`."""

    routing_key: str
    body: bytes
    properties: pika.BasicProperties


class NotConfirmed(Exception):
    """The broker may not have all of the batch: publish it again."""


@dataclass
class _Batch:
    waiting: set[int]
    done: Event
    failed: str = ""

    def fail(self, why: str) -> None:
        self.failed = why
        self.done.set()


class Publisher:
    """Publishes persistent, mandatory messages, one batch at a time.

    Args:
        exchange: the topic exchange to publish to; made when it is not there.
    """

    def __init__(self, uri: str, exchange: str) -> None:
        self.exchange = exchange
        self.link = Link(uri, self._open, self._lost, name="publisher")
        self._channel: Any = None
        self._next_tag = 1
        self._batch: _Batch | None = None

    def publish(self, messages: list[Message]) -> None:
        """
        Raises:
            BrokerDown: there is no connection; nothing has been published.
            NotConfirmed: some may have been published.
        """
        batch = self._batch = _Batch(set(), Event())
        self.link.call(lambda: self._send(batch, messages))
        if not batch.done.wait(TIMEOUT):
            self.link.drop()
            raise NotConfirmed("no confirmation in time")
        if batch.failed:
            raise NotConfirmed(batch.failed)

    def _send(self, batch: _Batch, messages: list[Message]) -> None:
        batch.waiting.update(range(self._next_tag, self._next_tag + len(messages)))
        self._next_tag += len(messages)
        try:
            for message in messages:
                self._channel.basic_publish(self.exchange, *message, mandatory=True)
        except pika.exceptions.AMQPError as error:
            batch.fail(type(error).__name__)

    def _open(self, channel) -> None:
        self._channel, self._next_tag = channel, 1
        channel.add_on_return_callback(self._returned)
        channel.exchange_declare(self.exchange, "topic", durable=True)
        channel.confirm_delivery(self._confirmed, callback=lambda _frame: self.link.opened())

    def _lost(self) -> None:
        if self._batch is not None:
            self._batch.fail("the connection was lost")

    def _returned(self, _channel, method, _properties, _body) -> None:
        if self._batch is not None:
            self._batch.fail(f"no queue takes {method.routing_key}")

    def _confirmed(self, frame) -> None:
        batch, tag = self._batch, frame.method.delivery_tag
        if batch is None:
            return
        if isinstance(frame.method, Basic.Nack):
            batch.fail("the broker refused")
        if frame.method.multiple:
            batch.waiting = {waiting for waiting in batch.waiting if waiting > tag}
        else:
            batch.waiting.discard(tag)
        if not batch.waiting:
            batch.done.set()


__all__ = ["BrokerDown", "Message", "NotConfirmed", "Publisher"]
