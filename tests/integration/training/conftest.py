"""Training on a real database, filled with the small curriculum of the unit tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, text

from chassis import settings
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from contracts.actor import Actor
from services.training import defining
from services.training.letters import SwedishLetters
from services.training.repository import TrainingTransaction
from tests.unit.training.world import ADMIN, define

LETTERS = SwedishLetters("utbildning@rampen.example")
OFFER_TIME = timedelta(hours=48)


class RealTraining:
    """Training's database as a worker of the service sees it, and the statements sent to it."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = connect(settings.postgres(url), connections=12)
        self.statements: list[str] = []
        event.listen(
            self.engine, "before_cursor_execute", lambda *args: self.statements.append(args[2])
        )

    def database(self, actor: Actor = ADMIN) -> WorkerDatabase:
        return WorkerDatabase(self.engine, TrainingTransaction, Context(actor, "4f6c2d0e"))

    @contextmanager
    def transaction(self, actor: Actor = ADMIN) -> Iterator[TrainingTransaction]:
        with self.database(actor).transaction() as tx:
            yield tx

    def define(self, **changes) -> dict:
        with self.transaction() as tx:
            return defining.define_curriculum(tx, define(**changes))

    def rows(self, query: str, **values) -> list:
        with self.engine.connect() as connection:
            return connection.execute(text(query), values).all()

    def do(self, statement: str, **values) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def told(self) -> list[tuple[str, dict]]:
        """Every event in the outbox, in order."""
        return [tuple(row) for row in self.rows("SELECT event_type, data FROM outbox ORDER BY id")]

    def mails(self) -> list[tuple[str, str]]:
        """Recipient and subject of every mail, its course and time left out."""
        rows = self.rows("SELECT recipient, subject FROM mails ORDER BY created_at, recipient")
        return [(row.recipient, row.subject.partition(":")[0]) for row in rows]

    def forget(self) -> None:
        self.do("TRUNCATE outbox, mails")
        self.statements.clear()


@pytest.fixture
def training(service_database) -> Iterator[RealTraining]:
    training = RealTraining(service_database("training"))
    training.define()
    training.forget()
    yield training
    training.engine.dispose()
