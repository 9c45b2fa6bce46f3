"""Events: every handler has its own queue, meets each event once, and loses none.

    @on_event(ConsultationRequestedV1)
    def open_activity(self, tx, event): …

A handler that raises is tried again after growing delays. After the last one, or at once when the
message cannot be read, it goes to the handler's dead-letter queue with the reason. Attempts are
counted here, in a header: brokers differ in what they count.
"""

import json
import logging
import time
from functools import partial, wraps
from typing import Any
from uuid import UUID

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from nameko.exceptions import ContainerBeingKilled
from nameko.messaging import Consumer as ConsumerEntrypoint

from chassis import logs, metrics
from chassis.broker import Consumer, Producers
from chassis.context import Context
from chassis.topology import (
    DELIVERIES,
    RETRIES,
    dead_letter_queue,
    event_queue,
    retry_queue,
    shared_queues,
)
from contracts.base import Event
from contracts.errors import ContractError

ATTEMPT, REASON, FAILED_AT, QUEUE = "x-attempt", "x-reason", "x-failed-at", "x-queue"
_log = logging.getLogger(__name__)


class ProcessDied(Exception):
    """The process died each time that it handled this message."""


class EventEntrypoint(ConsumerEntrypoint):
    """Runs a method for every event of one contract.

    Args:
        contract: the event.
    """

    queue_consumer = Consumer()
    producers = Producers()

    def __init__(self, contract: type[Event], **options) -> None:
        self.contract = contract
        super().__init__(queue=None, **options)

    def setup(self) -> None:
        service = self.container.service_name
        self.queue = event_queue(service, self.method_name, self.contract.event_type)
        self.producers.declare([*shared_queues(), dead_letter_queue(self.queue.name)])
        super().setup()

    def handle_message(self, _body: None, message) -> None:
        try:
            if (message.headers or {}).get("x-delivery-count", 0) >= DELIVERIES:
                raise ProcessDied(f"{DELIVERIES} times")
            event_id, values = UUID(message.properties["message_id"]), self._read(message)
        except (ProcessDied, ContractError, ValueError, LookupError) as error:
            self._settle(message, partial(self._bury, message, error))
            return
        context = Context.from_headers(message.headers or {})
        try:
            self.container.spawn_worker(
                self,
                (event_id, values),
                {},
                context_data={"context": context},
                handle_result=partial(self.handle_result, message),
            )
        except ContainerBeingKilled:
            self.queue_consumer.requeue_message(message)

    def handle_result(self, message, worker_ctx, result=None, exc_info=None):
        if exc_info is None:
            self._count(result)
            self.queue_consumer.ack_message(message)
        else:
            self._settle(message, partial(self._retry, message, exc_info[1]))
        return result, exc_info

    def _read(self, message) -> dict[str, Any]:
        return self.contract.read(json.loads(message.body))

    def _settle(self, message, hand_on) -> None:
        """Hand a failed message on and take it off the queue; if that fails, put it back."""
        try:
            hand_on()
        except (OSError, AMQPError, KombuError) as error:
            _log.warning("no broker to hand a failed event to: %s", type(error).__name__)
            self.queue_consumer.requeue_message(message)
        else:
            self.queue_consumer.ack_message(message)

    def _retry(self, message, error: BaseException) -> None:
        attempt = (message.headers or {}).get(ATTEMPT, 0) + 1
        if attempt > RETRIES:
            self._bury(message, error)
            return
        self._hand_on(message, {ATTEMPT: attempt}, exchange=retry_queue(attempt).exchange.name)
        self._count("retried")

    def _bury(self, message, error: BaseException) -> None:
        code = error.code if isinstance(error, ContractError) else ""
        marks = {
            ATTEMPT: (message.headers or {}).get(ATTEMPT, 0),
            REASON: f"{type(error).__name__} {code}".strip(),  # no text: it may hold personal data
            FAILED_AT: int(time.time()),
            QUEUE: self.queue.name,
        }
        self._hand_on(message, marks, routing_key=dead_letter_queue(self.queue.name).name)
        self._count("dead")
        _log.error("%s gave up on event %s", self.queue.name, message.properties.get("message_id"))

    def _hand_on(self, message, marks: dict[str, Any], exchange="", routing_key=None) -> None:
        headers = {
            name: value
            for name, value in (message.headers or {}).items()
            if name.startswith("nameko.")
        }
        self.producers.publish(
            message.body,
            exchange=exchange,
            routing_key=routing_key or self.queue.name,
            headers=headers | marks,
            message_id=message.properties.get("message_id"),
            type=message.properties.get("type"),
            content_type=message.content_type or "application/octet-stream",
        )

    def _count(self, outcome: str) -> None:
        metrics.events.labels(self.queue.name, outcome).inc()


def on_event(contract: type[Event]):
    """Run `method(self, tx, event)` once for every event of `contract`, in one transaction."""

    def decorate(method):
        @wraps(method)
        def run(service, event_id: UUID, values: dict[str, Any]) -> str:
            with logs.request(service.database.context.request_id):
                with service.database.transaction() as tx:
                    if not tx.is_first(method.__name__, event_id):
                        return "repeated"
                    method(service, tx, values)
                return "done"

        return EventEntrypoint.decorator(contract)(run)

    return decorate
