"""The local scheduler as a real process on a real socket, with a database of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Engine, create_engine, make_url, text

from services.booking.local_scheduler import database, seed
from tests.fixtures.databases import execute
from tests.integration.booking.scheduler.data import CATALOGUE

KEY = "a-key-for-tests-only"


@dataclass
class SchedulerProcess:
    """A running scheduler, and a way around its HTTP API into its database."""

    url: str
    engine: Engine
    process: subprocess.Popen

    def forget_bookings(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(text("TRUNCATE bookings RESTART IDENTITY CASCADE"))

    def forget_busy_times(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(text("TRUNCATE busy_times"))

    def expire_holds(self) -> None:
        """As if the time of every hold had run out."""
        with self.engine.begin() as connection:
            lapsed = "UPDATE bookings SET expires_at = now() - interval '1 second'"
            connection.execute(text(f"{lapsed} WHERE state = 'held'"))


@contextmanager
def running(database_url: str, catalogue: Mapping = CATALOGUE) -> Iterator[SchedulerProcess]:
    """A scheduler with a catalogue, stopped and forgotten at the end."""
    name = f"test_scheduler_{uuid4().hex[:8]}"
    url = make_url(f"{database_url}/{name}").set(drivername="postgresql+psycopg2")
    database.migrate(url)
    engine = create_engine(url)
    seed.load(engine, catalogue)
    address = url.render_as_string(hide_password=False)
    process = start(SCHEDULER_DATABASE_URL=address, ZOEZI_KEY=KEY)
    try:
        yield SchedulerProcess(listening(process), engine, process)
    finally:
        stop(process)
        engine.dispose()
        execute(database_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def start(**environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "services.booking.local_scheduler"],
        env=os.environ | {"SCHEDULER_PORT": "0"} | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def listening(process: subprocess.Popen) -> str:
    """The address that the process says it listens on; waits until it does."""
    words = process.stdout.readline().split()
    assert words, "the scheduler ended before it listened"
    return words[-1]


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)
    process.stdout.close()
