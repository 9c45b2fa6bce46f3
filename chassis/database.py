"""A service's database: one transaction a message, with what it tells the world inside it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import RLock
from typing import Any, ClassVar
from uuid import UUID

from nameko.extensions import DependencyProvider
from psycopg2.errors import UniqueViolation
from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from chassis import settings, tables
from chassis.clock import Clock, SystemClock
from chassis.context import Context
from chassis.nudge import Nudge
from chassis.outbox import Change, Told
from contracts.base import Event
from contracts.errors import ContractError
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED

SPARE = 2  # connections beside the workers': for the nudge and the probes


def connect(url: URL, connections: int) -> Engine:
    """An engine with at most `connections` connections; a statement may take 30 seconds."""
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_use_lifo=True,
        hide_parameters=True,  # an error's text must not hold personal data
        connect_args={"options": "-c timezone=UTC -c statement_timeout=30000"},
    )


class Transaction:
    """What one use case reads, changes and tells; all of it happens, or none.

    A service subclasses it with its repositories.
    """

    #: The contract that tells each of the model's domain events.
    contracts: ClassVar[Mapping[type, type[Event]]] = {}

    def __init__(self, connection: Connection, context: Context, now: datetime) -> None:
        self.connection = connection
        self.context = context
        self.actor = context.actor
        self.now = now
        self._told = Told()
        self._answer: dict[str, Any] | None = None

    def tell(self, event: object) -> None:
        """Tell other services of a domain event, once this transaction is committed."""
        contract = self.contracts[type(event)]
        self._told.events.append((contract.event_type, contract.write(event)))

    def mail(self, recipient: str, subject: str, body: str, **calendar: Any) -> None:
        """Send a mail to the person with HSA-ID `recipient`, once this transaction is committed.

        Args:
            calendar: `calendar`, an iCalendar entry in bytes, and its `calendar_method`.
        """
        self._told.mails.append(
            {"recipient": recipient, "subject": subject, "body": body, **calendar}
        )

    def write(self, change: Change, values: dict[str, Any]) -> None:
        """Make a change with the last statement, the one that tells of it and keeps the answer."""
        self._told.change = (change, values)

    def answer(self, command_id: UUID, mark: bytes, reply: Mapping[str, Any]) -> None:
        """Keep what a command is answered, so that its repetition is answered the same."""
        self._answer = {"id": command_id, "fingerprint": mark, "reply": reply}

    def is_first(self, handler: str, event_id: UUID) -> bool:
        """Whether `handler` meets this event for the first time; from now on it has met it."""
        row = {"handler": handler, "event_id": event_id}
        met = insert(tables.inbox).values(row).on_conflict_do_nothing()
        return self.connection.execute(met.returning(tables.inbox.c.event_id)).first() is not None

    def finish(self) -> None:
        """Write all that is still to be written; the last step before commit.

        Raises:
            Conflict: the command was already carried out, by itself in another process.
        """
        self.context.check_deadline()
        if not self._told.write(self.connection, self.context, self._answer):
            raise CHANGED_MEANWHILE()

    @property
    def has_told(self) -> bool:
        return bool(self._told.events or self._told.mails)


class Database(DependencyProvider):
    """Gives each worker of a service its transactions.

    Args:
        transaction: the service's own subclass of `Transaction`.
    """

    def __init__(
        self, transaction: type[Transaction] = Transaction, clock: Clock | None = None
    ) -> None:
        self.transaction = transaction
        self.clock = clock or SystemClock()

    def setup(self) -> None:
        url = self.container.config.get("DATABASE_URL") or settings.database_url(
            self.container.service_name
        )
        self.engine = connect(url, self.container.max_workers + SPARE)
        self.nudge = Nudge(self.engine)

    def start(self) -> None:
        self.container.spawn_managed_thread(self.nudge.run)

    def stop(self) -> None:
        self.engine.dispose()

    kill = stop

    def get_dependency(self, worker_ctx) -> "WorkerDatabase":
        context = worker_ctx.data.get("context") or Context.of_service(worker_ctx.service_name)
        return WorkerDatabase(
            self.engine, self.transaction, context, clock=self.clock, nudge=self.nudge.give
        )


class WorkerDatabase:
    """The database as one worker sees it: in the context of one message."""

    def __init__(
        self,
        engine: Engine,
        transaction: type[Transaction],
        context: Context,
        *,
        clock: Clock | None = None,
        nudge: Callable[[], None] = lambda: None,
    ) -> None:
        self.context = context
        self._clock = clock or SystemClock()
        self._engine = engine
        self._transaction = transaction
        self._nudge = nudge
        self._one = RLock()

    @contextmanager
    def transaction(self, late: bool = False, at_once: bool = False) -> Iterator[Any]:
        """A transaction, committed at the end unless an error leaves it.

        Args:
            late: commit even when the caller has given up, for what is already done elsewhere.
            at_once: it changes nothing except by `Transaction.write`: then the last statement is
                all there is to commit, and what is asked before it needs no transaction.

        Raises:
            Conflict: somebody else changed the same row meanwhile.
        """
        context = replace(self.context, deadline=None) if late else self.context
        opened = _each_for_itself(self._engine) if at_once else self._engine.begin()
        with _doubled_is_conflict(), opened as connection:
            tx = self._transaction(connection, context, self._clock.now())
            yield tx
            tx.finish()
        if tx.has_told:
            self._nudge()

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """For questions: each statement for itself, which saves two round trips.

        One after the other: there are as many connections as workers, whatever one is asked.
        """
        with self._one, _each_for_itself(self._engine) as connection:
            yield self._transaction(connection, self.context, self._clock.now())

    def once(
        self,
        name: str,
        command: Mapping[str, Any],
        run: Callable[[Any], Mapping[str, Any]],
        at_once: bool = False,
    ) -> Mapping[str, Any]:
        """Carry a command out, or return the answer that it got before.

        The effect is tried first and the command's id written last, in the same transaction: a
        repetition then runs into its own effect, or into its id, and is answered from the row.
        Refusals leave no row: the same command may succeed later.

        Args:
            at_once: as of `transaction`.

        Raises:
            Conflict: the id has been used for another command.
        """

        def carry_out(mark: bytes) -> Mapping[str, Any]:
            with self.transaction(at_once=at_once) as tx:
                reply = run(tx)
                tx.answer(command["command_id"], mark, reply)
            return reply

        return self.repeatable(name, command, carry_out)

    def repeatable(
        self, name: str, command: Mapping[str, Any], run: Callable[[bytes], Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Carry a command out in several transactions, or return the answer that it got before.

        Args:
            run: gets the command's mark; its last transaction keeps the answer under it
                (`Transaction.answer`). What it does before that, it must be able to do again.

        Raises:
            Conflict: the id has been used for another command.
        """
        mark = fingerprint(name, command, self.context.actor.hsa_id)
        try:
            return run(mark)
        except ContractError:
            kept = self.kept(command["command_id"], mark)
            if kept is None:
                raise
            return kept

    def kept(self, command_id: UUID, mark: bytes) -> Mapping[str, Any] | None:
        """The answer that a command got when it was carried out, if it was."""
        by_id = select(tables.commands).where(tables.commands.c.id == command_id)
        with _each_for_itself(self._engine) as connection:
            row = connection.execute(by_id).one_or_none()
        if row is None:
            return None
        if bytes(row.fingerprint) != mark:
            raise KEY_REUSED()
        return row.reply


def fingerprint(name: str, command: Mapping[str, Any], actor: str) -> bytes:
    """What makes a command the same as one sent before, its id apart."""
    content = {key: value for key, value in command.items() if key != "command_id"}
    canonical = json.dumps([name, actor, content], sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).digest()


def is_ready(engine: Engine) -> bool:
    """Whether the database answers."""
    with engine.connect() as connection:
        return connection.execute(text("SELECT true")).scalar_one()


@contextmanager
def _each_for_itself(engine: Engine) -> Iterator[Connection]:
    """A connection on which each statement is a transaction of its own.

    Switched at psycopg2: SQLAlchemy's isolation level takes a round trip to switch back.
    """
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.autocommit = True
        try:
            yield connection
        finally:
            if not raw.closed:
                raw.autocommit = False


@contextmanager
def _doubled_is_conflict() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if isinstance(error.orig, UniqueViolation):
            raise CHANGED_MEANWHILE() from None
        raise
