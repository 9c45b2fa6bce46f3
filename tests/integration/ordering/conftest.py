"""Ordering on a real database, filled with the small world of the unit tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import Engine, insert, select

from chassis import migrations, settings
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from chassis.tables import outbox
from contracts.actor import Actor
from services.ordering import tables
from services.ordering.repository import OrderingTransaction
from tests.fixtures.databases import execute
from tests.unit.ordering.world import ANNA, ROWS

REQUEST_ID = "4f6c2d0e"


class RealOrdering:
    """What `InMemoryOrdering` is, in the database at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = connect(settings.postgres(url), connections=12)

    def database(self, actor: Actor = ANNA) -> WorkerDatabase:
        return WorkerDatabase(self.engine, OrderingTransaction, Context(actor, REQUEST_ID))

    @contextmanager
    def transaction(self, actor: Actor = ANNA) -> Iterator[OrderingTransaction]:
        with self.database(actor).transaction() as tx:
            yield tx

    def told(self) -> list[tuple[str, dict]]:
        rows = self.rows(select(outbox.c.event_type, outbox.c.data).order_by(outbox.c.id))
        return [tuple(row) for row in rows]

    def logged(self) -> list[tuple]:
        log = tables.access_log.c
        columns = (log.action, log.patient_id, log.person, log.unit, log.reason)
        return [tuple(row) for row in self.rows(select(*columns).order_by(log.id))]

    def rows(self, statement) -> list:
        with self.engine.connect() as connection:
            return connection.execute(statement).all()

    def fill(self) -> None:
        """Write the rows of the small world."""
        with self.engine.begin() as connection:
            for table in tables.metadata.sorted_tables:
                if rows := ROWS.get(table.name):
                    connection.execute(insert(table), rows)


@pytest.fixture
def ordering(service_database) -> Iterator[RealOrdering]:
    ordering = RealOrdering(service_database("ordering"))
    ordering.fill()
    yield ordering
    ordering.engine.dispose()


@contextmanager
def made(server: str) -> Iterator[RealOrdering]:
    """Ordering on a database that several tests share."""
    name = f"test_ordering_{uuid4().hex[:8]}"
    ordering = RealOrdering(f"{server}/{name}")
    migrations.upgrade("ordering", settings.postgres(ordering.url))
    ordering.fill()
    yield ordering
    ordering.engine.dispose()
    execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')
