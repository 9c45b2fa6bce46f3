"""RPC answers: published on one connection, which every worker of the process shares."""

from threading import Lock
from typing import Any

import kombu
from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError

LOST = (OSError, AMQPError, KombuError)


class Answers:
    """Publishes answers, without asking whether they arrive: whoever misses one asks again.

    Safe to share: a message is written in one piece.

    Args:
        connection: not yet opened; opened when first needed, and anew when it was lost.
    """

    def __init__(self, connection: kombu.Connection) -> None:
        self._template = connection
        self._connection: kombu.Connection | None = None
        self._channel: Any = None
        self._opening = Lock()

    def publish(self, body: bytes, exchange: str, routing_key: str, correlation_id: str) -> None:
        """
        Raises:
            OSError, AMQPError, KombuError: there is no broker.
        """
        channel = self._open()
        try:
            _publish(channel, body, exchange, routing_key, correlation_id)
        except LOST:
            self._give_up(channel)
            _publish(self._open(), body, exchange, routing_key, correlation_id)

    def close(self) -> None:
        self._give_up(self._channel)

    def _open(self) -> Any:
        with self._opening:
            if self._channel is None:
                self._connection = self._template.clone()
                self._connection.ensure_connection(max_retries=2, interval_start=0.2, timeout=5)
                self._channel = self._connection.channel()
            return self._channel

    def _give_up(self, channel: Any) -> None:
        """Give `channel` up, unless somebody has done so already."""
        with self._opening:
            if self._connection is not None and channel is self._channel:
                self._connection.collect()  # close() would wait for the broker's answer
                self._channel = None


def _publish(channel, body: bytes, exchange: str, routing_key: str, correlation_id: str) -> None:
    properties = {"correlation_id": correlation_id, "delivery_mode": 1}
    message = channel.prepare_message(
        body, content_type="application/json", content_encoding="utf-8", properties=properties
    )
    channel.basic_publish(message, exchange=exchange, routing_key=routing_key)
