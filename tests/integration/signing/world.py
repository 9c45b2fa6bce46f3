"""Signing on a real database, with the time that the tests say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, event, text

from chassis import settings
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from contracts.actor import Actor
from services.signing.repository import SigningTransaction
from tests.unit.signing.fakes import MICROSECOND, InMemoryFiles, PlainSigner
from tests.unit.signing.world import ANNA, NOW


class RealSigning:
    """What `InMemorySigning` is, in the database at `url`; counts its statements."""

    def __init__(self, url: str) -> None:
        self.url, self.time = url, NOW
        self.files, self.signer = InMemoryFiles(), PlainSigner()
        self.engine: Engine = connect(settings.postgres(url), connections=12)
        self.statements: list[str] = []
        event.listen(
            self.engine, "before_cursor_execute", lambda *args: self.statements.append(args[2])
        )

    def now(self) -> datetime:
        """The clock's reading, as the chassis asks for it; it goes on by itself."""
        self.time += MICROSECOND
        return self.time

    def database(self, actor: Actor = ANNA) -> WorkerDatabase:
        return WorkerDatabase(self.engine, SigningTransaction, Context(actor), clock=self)

    @contextmanager
    def transaction(self, actor: Actor = ANNA) -> Iterator[SigningTransaction]:
        with self.database(actor).transaction() as tx:
            yield tx

    def told(self) -> list[tuple[str, dict]]:
        return self.rows("SELECT event_type, data FROM outbox ORDER BY id")

    def mailed(self) -> list[tuple[str, str, str]]:
        return self.rows("SELECT recipient, subject, body FROM mails ORDER BY created_at")

    def logged(self) -> list[tuple]:
        return self.rows("SELECT action, case_id, person FROM access_log ORDER BY id")

    def released(self) -> int:
        return self.rows("SELECT count(*) FROM jobs WHERE state = 'signed'")[0][0]

    def rows(self, query: str, **values) -> list[tuple]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]
