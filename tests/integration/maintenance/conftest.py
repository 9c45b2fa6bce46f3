"""Maintenance on a real database, with the time that the tests say."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, text

from chassis import migrations, settings
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from contracts.actor import Actor
from services.maintenance.ports import Due
from services.maintenance.repository import MaintenanceTransaction
from tests.fixtures.databases import execute
from tests.unit.maintenance.world import ANNA, NOW


class RealMaintenance:
    """What `InMemoryMaintenance` is, in the database at `url`; counts its statements."""

    def __init__(self, url: str) -> None:
        self.url, self.now = url, NOW
        self.engine: Engine = connect(settings.postgres(url), connections=12)
        self.statements: list[str] = []
        event.listen(
            self.engine, "before_cursor_execute", lambda *args: self.statements.append(args[2])
        )

    def database(self, actor: Actor = ANNA) -> WorkerDatabase:
        return WorkerDatabase(self.engine, MaintenanceTransaction, Context(actor))

    @contextmanager
    def transaction(self, actor: Actor = ANNA) -> Iterator[MaintenanceTransaction]:
        with self.database(actor).transaction() as tx:
            tx.now = self.now
            yield tx

    def told(self) -> list[tuple[str, dict]]:
        return self.rows("SELECT event_type, data FROM outbox ORDER BY id")

    def mailed(self) -> list[tuple[str, str, str]]:
        return self.rows("SELECT recipient, subject, body FROM mails ORDER BY created_at")

    def logged(self) -> list[tuple]:
        return self.rows("SELECT action, work_order_id, person FROM access_log ORDER BY id")

    def due(self, number: str) -> Due:
        columns = ", ".join(Due._fields)
        ((*due,),) = self.rows(
            f"SELECT {columns} FROM work_orders WHERE number = :n", n=int(number)
        )
        return Due(*due)

    def rows(self, query: str, **values) -> list[tuple]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def do(self, statement: str, **values) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)


@pytest.fixture
def world(service_database) -> Iterator[RealMaintenance]:
    world = RealMaintenance(service_database("maintenance"))
    yield world
    world.engine.dispose()


@contextmanager
def made(server: str) -> Iterator[RealMaintenance]:
    """Maintenance on a database that several tests share."""
    name = f"test_maintenance_{uuid4().hex[:8]}"
    world = RealMaintenance(f"{server}/{name}")
    migrations.upgrade("maintenance", settings.postgres(world.url))
    yield world
    world.engine.dispose()
    execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')
