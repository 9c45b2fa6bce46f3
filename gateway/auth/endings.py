"""Sessions that were ended before their time, known to every process of the gateway.

The cookie holds the session, so no look-up is needed to believe it; only that it was ended has to
be known elsewhere. Each process tells the others through a stream of the broker, and reads it from
as far back as a session may last when it starts.

Source: ADR 0014
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any
from uuid import uuid4

import pika

from chassis.amqp import BrokerDown, Link
from chassis.topology import ENDED_SESSIONS

AT_ONCE = 100  # messages of the stream on their way
STREAM = {"x-queue-type": "stream"}


class Endings:
    """The ended sessions of one process, by their ids.

    Args:
        lifetime: how long a session may last; no ending matters longer.
        clock: tells the seconds since the epoch.
    """

    def __init__(self, lifetime: timedelta, clock: Callable[[], float] = time.time) -> None:
        self._lifetime = lifetime.total_seconds()
        self._clock = clock
        self._ended: dict[str, float] = {}  # oldest first
        self._lock = Lock()

    def end(self, session_id: str) -> None:
        """Let the session be no more."""
        with self._lock:
            self._ended[session_id] = self._clock()
            while self._clock() - self._ended[oldest := next(iter(self._ended))] > self._lifetime:
                del self._ended[oldest]

    def has(self, session_id: str) -> bool:
        return session_id in self._ended


class SharedEndings(Endings):
    """The ended sessions of all processes; `up` is set when all that was told is read.

    What this process tells stays `_untold` until the stream brings it back, and is told again with
    each new connection.
    """

    def __init__(self, uri: str, lifetime: timedelta) -> None:
        super().__init__(lifetime)
        self._untold: set[str] = set()
        self._channel: Any = None
        self._mark = ""
        self.link = Link(uri, self._open, name="sessions")
        self.up = self.link.up

    def end(self, session_id: str) -> None:
        super().end(session_id)
        self._untold.add(session_id)
        with suppress(BrokerDown):  # it is told when there is a broker again
            self.link.call(lambda: self._tell(session_id))

    def _open(self, channel: Any) -> None:
        self._channel, self._mark = channel, uuid4().hex
        since = datetime.now(UTC) - timedelta(seconds=self._lifetime)
        channel.queue_declare(ENDED_SESSIONS, durable=True, arguments=STREAM)
        channel.basic_qos(prefetch_count=AT_ONCE)
        channel.basic_consume(ENDED_SESSIONS, self._heard, arguments={"x-stream-offset": since})
        for session_id in [*self._untold, self._mark]:
            self._tell(session_id)

    def _tell(self, session_id: str) -> None:
        lasting = pika.BasicProperties(delivery_mode=pika.DeliveryMode.Persistent)
        self._channel.basic_publish("", ENDED_SESSIONS, session_id.encode(), lasting)

    def _heard(self, channel: Any, method: Any, _properties: Any, body: bytes) -> None:
        session_id = body.decode(errors="replace")
        super().end(session_id)
        self._untold.discard(session_id)
        if session_id == self._mark:  # all that was told before it has been read
            self.link.opened()
        channel.basic_ack(method.delivery_tag)
