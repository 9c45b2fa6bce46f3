"""What every service answers to operators: its own outbox, and its own handlers' dead letters.

    class OrderingService(Service): …

Whoever looks at a message holds it meanwhile, so one at a time looks or takes: a lock in the
service's database sees to that, over all its processes.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError
from sqlalchemy import text

from chassis import dead_letters, settings
from chassis.rpc import process, query
from chassis.topology import DEAD, event_queue
from contracts import operating as contracts
from contracts.actor import Actor
from contracts.errors.common import ROLE_MAY_NOT, SERVICE_UNAVAILABLE
from contracts.errors.operating import DEAD_LETTER_GONE, HANDLER_UNKNOWN

OPERATOR = "operator"
MOST = 200  # dead letters replayed in one call: all are confirmed one by one before its deadline
_OUTBOX = text(
    "SELECT count(*) AS waiting, min(created_at) AS oldest_at"
    " FROM outbox WHERE published_at IS NULL"
)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('dead letters'))")
_log = logging.getLogger(__name__)


class OperatorEntrypoints:
    """A part of every service."""

    name: str
    database: Any

    @query(contracts.GetOutbox)
    def get_outbox(self, tx, _query) -> dict:
        _require_operator(tx.actor)
        return contracts.OutboxView.write(tx.connection.execute(_OUTBOX).mappings().one())

    @process(contracts.ListDeadLetters)
    def list_dead_letters(self, query) -> dict:
        limit, after = query["limit"], query["limit"] * (query["page"] - 1)
        queues = _queues(type(self))
        with _alone(self.database) as (_tx, opened):
            waiting = sum(dead_letters.count(opened, list(queues)).values())
            found = dead_letters.letters(opened, list(queues), after, limit)
        items = [vars(letter) | {"handler": queues[DEAD + letter.queue]} for letter in found]
        page = {"items": items, "more": waiting > after + limit, "waiting": waiting}
        return contracts.DeadLetterPage.write(page)

    @process(contracts.ReplayDeadLetters)
    def replay_dead_letters(self, command) -> Mapping[str, Any]:
        def replay(opened: BlockingChannel, queue: str) -> int:
            return dead_letters.replay(opened, [queue], command.get("event_id"), MOST)

        return _settle(self, "replay_dead_letters", command, replay)

    @process(contracts.DiscardDeadLetter)
    def discard_dead_letter(self, command) -> Mapping[str, Any]:
        def discard(opened: BlockingChannel, queue: str) -> int:
            return dead_letters.discard(opened, [queue], command["event_id"])

        return _settle(self, "discard_dead_letter", command, discard)


def _settle(
    service: Any,
    name: str,
    command: Mapping[str, Any],
    settle: Callable[[BlockingChannel, str], int],
) -> Mapping[str, Any]:
    """Do something to the dead letters of one handler, once for each command.

    Killed before its answer is kept, it does the rest when it is repeated.

    Raises:
        NotFound: there is no such handler, or no such dead letter.
    """
    database = service.database

    def run(mark: bytes) -> Mapping[str, Any]:
        with _alone(database) as (tx, opened):
            queue = _queue(type(service), command["handler"])
            if answered := database.kept(command["command_id"], mark):
                return answered
            count = settle(opened, queue)
            if not count and "event_id" in command:
                raise DEAD_LETTER_GONE()
            waiting = dead_letters.count(opened, [queue])[queue]
            reply = contracts.DeadLettersTaken.write({"count": count, "waiting": waiting})
            tx.answer(command["command_id"], mark, reply)
        _note(name, tx.actor, queue, command.get("event_id", "*"), count)
        return reply

    return database.repeatable(name, command, run)


def _note(name: str, actor: Actor, queue: str, event_id: str, count: int) -> None:
    """Who did what: the only trace of it, so the operator stands there by HSA-ID."""
    _log.warning("%s by %s: %s of %s, %s", name, actor.hsa_id, event_id, queue, count)


@contextmanager
def _alone(database: Any) -> Iterator[tuple[Any, BlockingChannel]]:
    """A transaction and a channel, for an operator, while nobody else handles dead letters.

    The transaction is committed even when nobody waits any more: what was done is done.

    Raises:
        Forbidden: whoever asks is no operator.
        Unavailable: the broker does not answer.
    """
    with database.transaction(late=True) as tx:
        _require_operator(tx.actor)
        tx.connection.execute(_LOCK)
        try:
            with dead_letters.channel(settings.amqp_uri()) as opened:
                yield tx, opened
        except AMQPError as error:
            _log.warning("no broker for dead letters: %s", type(error).__name__)
            raise SERVICE_UNAVAILABLE() from None


def _require_operator(actor: Actor) -> None:
    """
    Raises:
        Forbidden: the actor is no operator.
    """
    if actor.role != OPERATOR:
        raise ROLE_MAY_NOT()


def _queues(service: Any) -> dict[str, str]:
    """The dead-letter queues of a service, with the name of the handler of each."""
    return {
        DEAD + event_queue(service.name, one.method_name, one.contract.event_type).name: (
            one.method_name
        )
        for one in dead_letters.handlers(service)
    }


def _queue(service: Any, handler: str) -> str:
    """
    Raises:
        NotFound: the service has no such handler.
    """
    for queue, name in _queues(service).items():
        if name == handler:
            return queue
    raise HANDLER_UNKNOWN()
