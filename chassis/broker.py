"""One service process's side of the broker: what it consumes, and how it publishes answers."""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial

import kombu
from amqp.exceptions import AMQPError
from kombu.pools import ProducerPool
from nameko.extensions import SharedExtension
from nameko.messaging import QueueConsumer

from chassis import settings
from chassis.answers import Answers

HEARTBEAT = 20  # seconds
_log = logging.getLogger(__name__)


class Consumer(QueueConsumer):
    """nameko's consumer, except that messages reach their entrypoint undecoded, and that no
    process dies because the broker was gone when a message was done.

    kombu acknowledges, and so loses, a message whose body does not decode; an entrypoint can put it
    where somebody finds it.
    """

    connected = False
    last_seen = 0.0  # monotonic seconds; when the loop that takes messages last went round

    def on_iteration(self) -> None:
        self.last_seen = time.monotonic()
        super().on_iteration()

    def hangs(self) -> bool:
        """Whether the loop is connected but has stopped going round."""
        return self.connected and time.monotonic() - self.last_seen > 3 * HEARTBEAT

    def ack_message(self, message) -> None:
        with _broker_may_be_gone():
            super().ack_message(message)

    def requeue_message(self, message) -> None:
        with _broker_may_be_gone():
            super().requeue_message(message)

    @property
    def connection(self) -> kombu.Connection:
        return connection(self.container.config)

    def get_consumers(self, consumer_cls, channel):
        for provider in self._providers:
            consumer = consumer_cls(
                queues=[provider.queue], on_message=partial(self.handle_message, provider, None)
            )
            consumer.qos(prefetch_count=self.prefetch_count)
            self._consumers[provider] = consumer
        return self._consumers.values()

    def on_consume_ready(self, *args, **options) -> None:
        self.connected = True
        super().on_consume_ready(*args, **options)

    @contextmanager
    def extra_context(self, connection, channel):
        try:
            yield
        finally:
            self.connected = False

    def on_connection_error(self, exc, interval) -> None:
        _log.warning("no broker (%s); trying again in %s s", type(exc).__name__, interval)


class Producers(SharedExtension):
    """How a service publishes: answers may be lost, whatever else it publishes may not."""

    @cached_property
    def answers(self) -> Answers:
        return Answers(connection(self.container.config))

    @cached_property
    def _confirmed(self) -> ProducerPool:
        options = {"confirm_publish": True}
        pool = connection(self.container.config, transport_options=options).Pool(
            limit=self.container.max_workers
        )
        return ProducerPool(pool, limit=self.container.max_workers)

    def stop(self) -> None:
        self.answers.close()
        self._confirmed.force_close_all()

    kill = stop

    def declare(self, queues: Iterable[kombu.Queue]) -> None:
        """Make the queues exist, with their exchanges and bindings."""
        with self._confirmed.acquire(block=True) as producer:
            for queue in queues:
                queue.bind(producer.channel).declare()

    def publish(self, body: bytes, **options) -> None:
        """Publish a message and wait until the broker has it on disk.

        Raises:
            OSError, kombu.exceptions.KombuError: it may not have arrived.
        """
        with self._confirmed.acquire(block=True) as producer:
            producer.publish(
                body,
                delivery_mode=2,
                mandatory=True,
                content_type=options.pop("content_type", "application/json"),
                content_encoding="utf-8",
                retry=True,
                retry_policy={"max_retries": 2, "interval_start": 0, "interval_step": 0.2},
                timeout=10,
                **options,
            )


@contextmanager
def _broker_may_be_gone() -> Iterator[None]:
    """Go on when a message can be neither acknowledged nor put back.

    The broker gives it out again by itself; nameko would let the process die of a dead socket.
    """
    try:
        yield
    except (OSError, AMQPError) as error:
        _log.warning("no broker to settle a message with: %s", type(error).__name__)


def connection(config: dict, **options) -> kombu.Connection:
    """A connection, not yet opened, to the broker that the service is configured for."""
    context = settings.amqp_tls() if config["AMQP_URI"].startswith("amqps:") else None
    tls = {"ssl": {"context": context}} if context else {}
    return kombu.Connection(config["AMQP_URI"], heartbeat=HEARTBEAT, **tls, **options)
