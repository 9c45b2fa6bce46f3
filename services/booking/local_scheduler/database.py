"""The scheduler's own database: connections, transactions and schema."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from chassis import migrations
from services.booking.local_scheduler.model.errors import Overtaken, SlotTaken

ATTEMPTS = 10  # to find a consultant while others book at the same time
LOST_RACES = {"40P01", "55P03"}  # deadlock, lock timeout
OPTIONS = "-c timezone=UTC -c statement_timeout=10000 -c lock_timeout=3000"  # milliseconds

Result = TypeVar("Result")


def connect(url: URL, connections: int) -> Engine:
    """An engine with at most `connections` connections; more work waits its turn, up to 10 s."""
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        pool_use_lifo=True,
        hide_parameters=True,  # a telephone number must not reach the log with an error
        connect_args={"options": OPTIONS, "connect_timeout": 5},
    )


def transact(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Do the work in one transaction; overtaken by somebody else, roll back and look again.

    Raises:
        SlotTaken: there is nobody left, or others were faster each time.
    """
    for _ in range(ATTEMPTS):
        try:
            with engine.begin() as connection:
                return work(connection)
        except Overtaken:
            continue
        except OperationalError as error:
            if getattr(error.orig, "pgcode", None) not in LOST_RACES:
                raise
    raise SlotTaken


def migrate(url: URL) -> None:
    """Create the database if it is missing, and bring its schema to the newest version."""
    migrations.upgrade("booking/local_scheduler", url)
