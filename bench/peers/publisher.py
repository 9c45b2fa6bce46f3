"""The limit of the relay: pika alone, publishing messages that are ready, with confirms."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

import pika
from pika.adapters.select_connection import SelectConnection

Message = tuple[str, bytes, pika.BasicProperties]  # routing key, body, properties


class BarePublisher:
    """Publishes in batches: all of a batch at once, the next when the broker has confirmed it.

    Args:
        exchange: where to.
    """

    def __init__(self, uri: str, exchange: str) -> None:
        self._uri, self._exchange = uri, exchange

    def publish(self, messages: list[Message], batch: int) -> float:
        """Publish everything; return the seconds from the first message to the last confirm."""
        self._batches: Iterator[list[Message]] = (
            messages[at : at + batch] for at in range(0, len(messages), batch)
        )
        self._published = self._confirmed = 0
        connection = SelectConnection(
            pika.URLParameters(self._uri),
            on_open_callback=lambda opened: opened.channel(on_open_callback=self._opened),
            on_close_callback=lambda closed, _error: closed.ioloop.stop(),
        )
        connection.ioloop.start()
        return self._ended - self._began

    def _opened(self, channel: Any) -> None:
        self._channel = channel
        channel.confirm_delivery(self._acknowledged, callback=self._begin)

    def _begin(self, _frame: Any) -> None:
        self._began = perf_counter()
        self._next()

    def _next(self) -> None:
        batch = next(self._batches, None)
        if batch is None:
            self._ended = perf_counter()
            self._channel.connection.close()
            return
        self._published += len(batch)
        for message in batch:
            self._channel.basic_publish(self._exchange, *message, mandatory=True)

    def _acknowledged(self, frame: Any) -> None:
        tag = frame.method.delivery_tag
        self._confirmed = tag if frame.method.multiple else self._confirmed + 1
        if self._confirmed == self._published:
            self._next()
