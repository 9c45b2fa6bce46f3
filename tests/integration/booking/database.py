"""Booking's own database, as a worker of the service sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import Engine, event, text

from chassis import settings
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from contracts.actor import Actor
from services.booking.repository import BookingTransaction
from tests.unit.booking.world import PRESCRIBER


@dataclass
class BookingDatabase:
    """A fresh database, who acts on it, and the statements that were sent to it."""

    engine: Engine
    statements: list[str] = field(default_factory=list)

    def of(self, actor: Actor = PRESCRIBER) -> WorkerDatabase:
        return WorkerDatabase(self.engine, BookingTransaction, Context(actor))

    def rows(self, query: str, **values):
        with self.engine.connect() as connection:
            return connection.execute(text(query), values).all()

    def value(self, query: str, **values):
        ((value,),) = self.rows(query, **values)
        return value

    def do(self, statement: str, **values) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def register(self, due: str = "3 days", unit: str = PRESCRIBER.unit) -> UUID:
        """An open activity whose window ends in this time from now; `-1 second` is overdue."""
        activity_id = uuid4()
        self.do(
            "INSERT INTO activities (id, work_order_number, unit, prescriber, registered_at,"
            " due_at, window_rule, state, version)"
            " VALUES (:id, '1042001', :unit, :prescriber, now() - interval '3 days',"
            " now() + CAST(:due AS interval), '3 dagar', 'registered', 1)",
            id=activity_id, unit=unit, prescriber=PRESCRIBER.hsa_id, due=due,
        )  # fmt: skip
        return activity_id

    def forget(self) -> None:
        tables = "activities, closings, warnings, holds, bookings, outbox, mails, inbox, commands"
        self.do(f"TRUNCATE {tables}")


@contextmanager
def counted(url: str) -> Iterator[BookingDatabase]:
    """The database at `url`, with its statements noted."""
    engine = connect(settings.postgres(url), connections=8)
    made = BookingDatabase(engine)
    event.listen(
        engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: made.statements.append(statement),
    )
    yield made
    engine.dispose()
