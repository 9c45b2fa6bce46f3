"""The relay: publishes what services' transactions have told, in order, and marks it.

A plain process, one thread a service. Killed between publishing and marking, it publishes again:
handlers know an event by its id. Several may run; for each service one at a time publishes.
"""

import logging
import select
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pika
from sqlalchemy import Connection, Engine, delete, func, text, update
from sqlalchemy.exc import DBAPIError

from chassis import metrics, tables
from chassis.nudge import CHANNEL
from chassis.publisher import BrokerDown, Message, NotConfirmed, Publisher
from chassis.topology import events_exchange

BATCH = 500
IDLE = 1.0  # seconds between looks when nobody wakes us
KEPT = timedelta(days=30)  # more than the age of the oldest backup that may be restored

_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext('relay'))")
_OLDEST = text(
    "SELECT id, CAST(event_id AS text), event_type, CAST(data AS text) AS body, headers, created_at"
    " FROM outbox"
    " WHERE published_at IS NULL ORDER BY id LIMIT :batch"
)
_MARK = text("UPDATE outbox SET published_at = now() WHERE id = ANY(:ids)")
_log = logging.getLogger(__name__)


class Relay:
    """Relays the outbox of one service until told to stop.

    Args:
        source: the service's name, which names its exchange.
    """

    def __init__(self, source: str, engine: Engine, amqp_uri: str) -> None:
        self.source = source
        self._engine = engine
        self._publisher = Publisher(amqp_uri, events_exchange(source).name)
        self._stopping = Event()
        self._thread = Thread(target=self._run, name=f"relay-{source}", daemon=True)

    def start(self) -> None:
        self._publisher.link.start()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=10)
        self._publisher.link.stop()

    @property
    def broker_is_up(self) -> bool:
        return self._publisher.link.up.is_set()

    def relay_batch(self) -> int:
        """Publish the oldest unpublished events, mark them, and return how many there were.

        Raises:
            BrokerDown, NotConfirmed: nothing is marked.
        """
        with self._engine.begin() as connection:
            if not connection.execute(_LOCK).scalar_one():
                return 0  # another relay is at it
            events = connection.execute(_OLDEST, {"batch": BATCH}).all()
            self._measure_age(events)
            if events:
                self._publisher.publish([self._message(event) for event in events])
                connection.execute(_MARK, {"ids": [event.id for event in events]})
        metrics.published.labels(self.source).inc(len(events))
        return len(events)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with self._engine.connect() as listening:
                    self._listen(listening)
            except (DBAPIError, BrokerDown, NotConfirmed) as error:
                _log.warning("%s events wait: %s", self.source, type(error).__name__)
                self._stopping.wait(IDLE)

    def _listen(self, listening: Connection) -> None:
        """Relay whatever there is, then wait to be woken, until stopped."""
        listening = listening.execution_options(isolation_level="AUTOCOMMIT")
        listening.execute(text(f"LISTEN {CHANNEL}"))
        raw: Any = listening.connection.dbapi_connection
        self._publisher.link.up.wait(IDLE)
        while not self._stopping.is_set():
            if self.relay_batch() < BATCH:
                select.select([raw], [], [], IDLE)
                raw.poll()
                raw.notifies.clear()

    def _message(self, event) -> Message:
        properties = pika.BasicProperties(
            message_id=event.event_id,
            type=event.event_type,
            timestamp=int(event.created_at.timestamp()),
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=pika.DeliveryMode.Persistent,
            headers=event.headers,
        )
        return Message(event.event_type, event.body.encode(), properties)

    def _measure_age(self, events) -> None:
        age = (datetime.now(UTC) - events[0].created_at).total_seconds() if events else 0
        metrics.outbox_age.labels(self.source).set(age)


def prune(engine: Engine) -> None:
    """Delete what has been told, handled and answered so long ago that nobody repeats it."""
    with engine.begin() as connection:
        oldest = func.now() - KEPT
        connection.execute(delete(tables.outbox).where(tables.outbox.c.published_at < oldest))
        connection.execute(delete(tables.mails).where(tables.mails.c.sent_at < oldest))
        connection.execute(delete(tables.inbox).where(tables.inbox.c.handled_at < oldest))
        connection.execute(delete(tables.commands).where(tables.commands.c.done_at < oldest))


def publish_again(engine: Engine, since: datetime) -> int:
    """Mark what was published after `since` as unpublished, as after a broker was restored."""
    unpublished = (
        update(tables.outbox).where(tables.outbox.c.published_at >= since).values(published_at=None)
    )
    with engine.begin() as connection:
        return connection.execute(unpublished).rowcount
