"""Commands and queries: nameko's RPC with a contract, a deadline and repeatable answers.

@command(PlaceOrder)                  one transaction, once per command id
def place_order(self, tx, command): …

@query(GetOrder)                      read only
def get_order(self, tx, query): …

@process(BookTime)                    several transactions, with calls to others between them
def book_time(self, command): …
"""

import json
import logging
import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from nameko.exceptions import ContainerBeingKilled, MethodNotFound
from nameko.rpc import Rpc, RpcConsumer
from sqlalchemy.exc import OperationalError

from chassis import logs, metrics
from chassis.answers import LOST
from chassis.broker import Consumer, Producers
from chassis.context import Context
from chassis.topology import RPC_EXCHANGE
from contracts.base import Message
from contracts.errors import ContractError, Invalid
from contracts.errors.common import MESSAGE_INVALID, SERVICE_UNAVAILABLE

_log = logging.getLogger(__name__)


class ContractRpcConsumer(RpcConsumer):
    """Takes a service's RPC messages off their queue."""

    queue_consumer = Consumer()
    producers = Producers()

    def handle_message(self, _body: None, message) -> None:
        method = message.delivery_info["routing_key"].rpartition(".")[2]
        context = Context.from_headers(message.headers or {})
        if context.deadline is not None and time.time() > context.deadline:
            metrics.rpc_expired.labels(method).inc()
            self.queue_consumer.ack_message(message)  # its caller has given up
            return
        try:
            provider = self.get_provider_for_method(message.delivery_info["routing_key"])
            arguments = provider.read(message)
        except (ContractError, MethodNotFound) as error:
            self.answer(message, None, error)
            return
        provider.run(message, arguments, context)

    def answer(self, message, result: Any, error: BaseException | None) -> None:
        """Send the answer and take the message off the queue; a lost answer is asked for again."""
        answer = json.dumps(reply(result, error)).encode()
        try:
            if reply_to := message.properties.get("reply_to"):
                self.producers.answers.publish(
                    answer,
                    RPC_EXCHANGE,
                    reply_to,
                    message.properties.get("correlation_id"),
                )
        except LOST as lost:
            _log.warning("an answer was lost: %s", type(lost).__name__)
        self.queue_consumer.ack_message(message)


class ContractRpc(Rpc):
    """One method that may be called by RPC.

    Args:
        contract: what the message must hold.
    """

    rpc_consumer = ContractRpcConsumer()

    def __init__(self, contract: type[Message], **options) -> None:
        self.contract = contract
        super().__init__(expected_exceptions=(ContractError,), **options)

    def read(self, message) -> dict[str, Any]:
        """
        Raises:
            Invalid: the message is not JSON, or breaks the contract.
        """
        try:
            (argument,) = json.loads(message.body)["args"]
        except (ValueError, TypeError, LookupError):
            raise MESSAGE_INVALID() from None
        return self.contract.read(argument)

    def run(self, message, arguments: dict[str, Any], context: Context) -> None:
        try:
            self.container.spawn_worker(
                self,
                (arguments,),
                {},
                context_data={"context": context},
                handle_result=partial(self.finish, message, time.perf_counter()),
            )
        except ContainerBeingKilled:
            self.rpc_consumer.requeue_message(message)

    def finish(self, message, started: float, worker_ctx, result=None, exc_info=None):
        error = exc_info[1] if exc_info else None
        self.rpc_consumer.answer(message, result, error)
        note(self.method_name, started, error)
        return result, exc_info


def command(contract: type[Message], at_once: bool = False) -> Callable:
    """Expose `method(self, tx, command)` for one change; the same command id has one effect.

    Args:
        at_once: it only reads, and `Transaction.write`s: one statement instead of a transaction.
    """

    def carry_out(service, method, values):
        return service.database.once(
            method.__name__, values, lambda tx: method(service, tx, values), at_once
        )

    return _entrypoint(contract, carry_out)


def query(contract: type[Message]) -> Callable:
    """Expose `method(self, tx, query)` for a question."""

    def answer(service, method, values):
        with service.database.reading() as tx:
            return method(service, tx, values)

    return _entrypoint(contract, answer)


def process(contract: type[Message]) -> Callable:
    """Expose `method(self, values)`, which opens its own transactions and minds repetition."""
    return _entrypoint(contract, lambda service, method, values: method(service, values))


def _entrypoint(contract: type[Message], around: Callable) -> Callable:
    def decorate(method):
        @wraps(method)
        def run(service, values):
            with logs.request(service.database.context.request_id):
                return around(service, method, values)

        run.contract = contract
        return ContractRpc.decorator(contract)(run)

    return decorate


def reply(result: Any, error: BaseException | None) -> dict[str, Any]:
    """What a caller gets; `chassis.rpc_client.result` reads it."""
    return {"result": result, "error": None if error is None else _as_reply(error)}


def note(method: str, started: float, error: BaseException | None) -> None:
    """Note how long a call took, since `started` of `time.perf_counter`, and how it ended."""
    outcome = "done" if error is None else getattr(error, "code", "failed")
    metrics.rpc_seconds.labels(method, outcome).observe(time.perf_counter() - started)


def _as_reply(error: BaseException) -> dict[str, Any]:
    """The error as callers get it: a refusal as it is, anything else without what it says."""
    if isinstance(error, OperationalError):
        error = SERVICE_UNAVAILABLE()
    if not isinstance(error, ContractError):
        return {"exc_type": "RemoteError", "exc_args": [type(error).__name__], "value": ""}
    kind = next(kind for kind in type(error).__mro__ if kind.__module__ == Invalid.__module__)
    return {"exc_type": kind.__name__, "exc_args": list(error.args), "value": error.code}
