"""One connection to the broker, kept open by a thread of its own, on pika.

Works in plain threads and, where gevent has patched them, in greenlets. Other threads hand it work
with `call`; everything that touches the channel runs in the connection's own thread, or greenlet.
"""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pika
from pika.exceptions import AMQPError

from chassis import settings
from chassis.connections import connection_class

HEARTBEAT = 20  # seconds
_log = logging.getLogger(__name__)
logging.getLogger("pika").setLevel(logging.CRITICAL)  # seven lines for each failure that we tell


class BrokerDown(Exception):
    """There is no connection to the broker at the moment."""


class Link:
    """A connection with one channel, opened again whenever it is lost.

    Args:
        on_open: called with each new channel, in the connection's thread.
        on_lost: called when that channel is gone.
    """

    def __init__(
        self,
        uri: str,
        on_open: Callable[[Any], None],
        on_lost: Callable[[], None] = lambda: None,
        name: str = "amqp",
    ) -> None:
        self._parameters = parameters(uri)
        self._on_open, self._on_lost = on_open, on_lost
        self._stopping = Event()
        self._connection: Any = None
        self._loop: Any = None  # what the last connection left to the next
        self.up = Event()
        self._was_up = False
        self._thread = Thread(target=self._run, daemon=True, name=name)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Close the connection and wait until its thread has ended."""
        self._stopping.set()
        connection = self._connection
        if connection is not None:
            connection.ioloop.add_callback(lambda: _close(connection))
        self._thread.join(timeout=5)

    def call(self, work: Callable[[], None]) -> None:
        """Run `work` in the connection's thread; if the channel is just going, drop it.

        Raises:
            BrokerDown: there is no connection.
        """
        connection = self._connection
        if connection is None or not self.up.is_set():
            raise BrokerDown
        connection.hand_over(lambda: _try(connection, work))

    def opened(self) -> None:
        """To be called when `on_open` has set up all that it needs."""
        self._was_up = True
        self.up.set()

    def drop(self) -> None:
        """Give this connection up, as after an answer that never came, and open another.

        Not by closing it: the broker would not answer that either.
        """
        self.up.clear()
        connection = self._connection
        if connection is not None:
            connection.ioloop.add_callback(lambda: _abort(connection))

    def _run(self) -> None:
        pause = 0.1  # seconds
        while not self._stopping.is_set():
            try:
                was_up = self._live()
            except Exception as error:  # a defect of the library must not end the only thread
                _log.error("the connection broke down: %r", error)
                was_up = False
            pause = 0.1 if was_up else min(pause * 2, 2)
            self._stopping.wait(pause)

    def _live(self) -> bool:
        """Keep one connection until it ends; return whether it was ever usable."""
        self._was_up = False
        self._connection = connection_class()(
            self._parameters,
            on_open_callback=lambda connection: connection.channel(on_open_callback=self._channel),
            on_open_error_callback=lambda connection, error: self._ended(connection, error),
            on_close_callback=self._ended,
            custom_ioloop=self._loop,
        )
        try:
            self._connection.ioloop.start()
        finally:
            connection, self._connection = self._connection, None
            self._on_lost()
            self._loop = connection.release()
        return self._was_up

    def _channel(self, channel) -> None:
        channel.add_on_close_callback(lambda channel, _reason: _close(channel.connection))
        self._on_open(channel)

    def _ended(self, connection, error) -> None:
        if not self._stopping.is_set():
            _log.warning("no broker: %s", type(error).__name__)
        self.up.clear()
        connection.ioloop.stop()


def parameters(uri: str) -> pika.URLParameters:
    """pika's parameters for `uri`, with our heartbeat and TLS settings."""
    found = pika.URLParameters(uri)
    found.heartbeat = HEARTBEAT
    found.blocked_connection_timeout = 30  # seconds
    if uri.startswith("amqps://"):
        found.ssl_options = pika.SSLOptions(settings.amqp_tls(), found.host)
    return found


def _abort(connection) -> None:
    if not connection.is_closed:
        connection._terminate_stream(BrokerDown())  # pika has no public way to drop a connection


def _close(connection) -> None:
    if connection.is_open:
        try:
            connection.close()
        except AMQPError as error:
            _log.debug("closing failed: %s", type(error).__name__)


def _try(connection, work: Callable[[], None]) -> None:
    try:
        work()
    except AMQPError as error:  # its callers hear of it when the connection has ended
        _log.warning("the channel is gone: %s", type(error).__name__)
        _close(connection)
