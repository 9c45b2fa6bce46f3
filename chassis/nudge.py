"""Wakes the relay soon after a commit, without making the commit wait."""

import logging

import eventlet
from eventlet.event import Event
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

CHANNEL = "outbox"
GATHER = 0.02  # seconds; commits within it share one NOTIFY, and one batch of the relay

_log = logging.getLogger(__name__)


class Nudge:
    """Sends NOTIFY from a connection of its own, once for all commits of the last moment.

    NOTIFY inside the transactions would make PostgreSQL commit them one after the other. One that
    is lost costs nothing but time: the relay looks by itself every second.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._given = Event()

    def give(self) -> None:
        if not self._given.ready():
            self._given.send()

    def run(self) -> None:
        while True:
            self._given.wait()
            eventlet.sleep(GATHER)
            self._given = Event()
            try:
                with self._engine.connect() as connection:
                    connection.execute(text(f"NOTIFY {CHANNEL}"))
            except SQLAlchemyError as error:
                _log.warning("could not wake the relay: %s", type(error).__name__)
