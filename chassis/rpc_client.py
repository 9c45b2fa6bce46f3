"""Calls services by RPC: one connection a process, answers matched by correlation id.

Safe to share between threads and, where gevent has patched them, greenlets.
"""

import json
import time
import uuid
from dataclasses import replace
from threading import Event
from typing import Any

import pika

from chassis.amqp import BrokerDown, Link
from chassis.context import Context
from chassis.topology import RPC_EXCHANGE
from contracts import errors
from contracts.errors.common import DEADLINE_PASSED, SERVICE_UNAVAILABLE


class RemoteFailure(Exception):
    """The service failed in a way that it did not foresee; its log says how."""


class _Call:
    __slots__ = ("answered", "lost", "reply")

    def __init__(self) -> None:
        self.answered = Event()
        self.reply: bytes = b""
        self.lost = False


class RpcClient:
    """
    Args:
        timeout: seconds until a caller gives up; the message expires then too.
    """

    def __init__(self, uri: str, timeout: float = 10.0) -> None:
        self.timeout = timeout
        self.link = Link(uri, self._open, self._lost, name="rpc")
        self._channel: Any = None
        self._reply_to = ""
        self._calls: dict[str, _Call] = {}

    def start(self) -> None:
        self.link.start()

    def stop(self) -> None:
        self.link.stop()

    def call(
        self,
        service: str,
        method: str,
        message: dict[str, Any],
        context: Context,
        timeout: float | None = None,
    ) -> Any:
        """Return what `service`'s `method` answers to `message`.

        Args:
            message: as JSON can carry it.

        Raises:
            ContractError: as the service refused; TimedOut when no answer came before the
                deadline; Unavailable when there is no broker, or no such service.
            RemoteFailure: the service failed.
        """
        timeout = timeout or self.timeout
        context = replace(context, deadline=time.time() + timeout)
        correlation_id, call = uuid.uuid4().hex, _Call()
        self._calls[correlation_id] = call
        try:
            self._send(f"{service}.{method}", message, context, correlation_id, timeout)
            if not call.answered.wait(timeout):
                raise DEADLINE_PASSED()
        finally:
            self._calls.pop(correlation_id, None)
        if call.lost:
            raise SERVICE_UNAVAILABLE()
        return result(json.loads(call.reply))

    def _send(self, routing_key, message, context, correlation_id, timeout) -> None:
        properties = pika.BasicProperties(
            content_type="application/json",
            content_encoding="utf-8",
            reply_to=self._reply_to,
            correlation_id=correlation_id,
            expiration=str(int(timeout * 1000)),
            headers=context.headers(),
        )
        body = json.dumps({"args": [message], "kwargs": {}}).encode()

        def publish() -> None:
            self._channel.basic_publish(RPC_EXCHANGE, routing_key, body, properties, mandatory=True)

        try:
            self.link.call(publish)
        except BrokerDown:
            raise SERVICE_UNAVAILABLE() from None

    def _open(self, channel) -> None:
        self._channel, self._reply_to = channel, uuid.uuid4().hex
        queue = f"rpc.reply-{self._reply_to}"
        channel.add_on_return_callback(self._returned)
        channel.exchange_declare(RPC_EXCHANGE, "topic", durable=True)
        channel.queue_declare(queue, exclusive=True, auto_delete=True)
        channel.queue_bind(queue, RPC_EXCHANGE, self._reply_to)
        channel.basic_consume(
            queue, self._answered, auto_ack=True, callback=lambda _frame: self.link.opened()
        )

    def _answered(self, _channel, _method, properties, body: bytes) -> None:
        call = self._calls.get(properties.correlation_id)
        if call is not None:
            call.reply = body
            call.answered.set()

    def _returned(self, _channel, _method, properties, _body) -> None:
        """No such service has ever run: its queue does not exist."""
        self._lose(self._calls.get(properties.correlation_id))

    def _lost(self) -> None:
        for call in list(self._calls.values()):
            self._lose(call)

    @staticmethod
    def _lose(call: _Call | None) -> None:
        if call is not None:
            call.lost = True
            call.answered.set()


def result(reply: dict[str, Any]) -> Any:
    """What a reply holds.

    Raises:
        ContractError, RemoteFailure: it holds that.
    """
    error = reply["error"]
    if error is None:
        return reply["result"]
    kind = getattr(errors, error["exc_type"], None)
    if kind is None:
        raise RemoteFailure(*error["exc_args"])
    raise kind(*error["exc_args"])
