"""Several questions in one message, each answered as if it had come alone.

    class OrderingService(Service): …

A first page asks a service for three lists: one message is a third of the way for them.
"""

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from eventlet import GreenPool

from chassis.rpc import note, process, reply
from contracts import questions as contracts
from contracts.base import Query
from contracts.errors import ContractError
from contracts.errors.common import MESSAGE_INVALID

_log = logging.getLogger(__name__)


class QuestionEntrypoints:
    """A part of every service."""

    database: Any

    @process(contracts.AnswerAll)
    def answer_all(self, asked) -> dict[str, Any]:
        """All are worked at at once: one that waits for another system keeps no other."""
        questions = asked["questions"]
        threads = GreenPool(len(questions))
        return {"items": list(threads.imap(partial(_answered, self), questions))}


def _answered(service: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """The reply to one question, as if it had come alone."""
    method = question["method"]
    try:
        ask = _query(type(service), method)
        values = ask.contract.read(question["message"])
    except ContractError as error:
        return reply(None, error)
    started, answer, failure = time.perf_counter(), None, None
    try:
        answer = ask(service, values)
    except Exception as error:  # whatever it is, it has nothing to do with the other questions
        failure = error
        if not isinstance(error, ContractError):
            _log.error("%s failed", method, exc_info=True)
    note(method, started, failure)
    return reply(answer, failure)


def _query(service: type, method: str) -> Any:
    """The method of this name, if it is a question.

    Raises:
        Invalid: it is none.
    """
    found: Callable | None = getattr(service, method, None)
    contract = getattr(found, "contract", None)
    is_query = isinstance(contract, type) and issubclass(contract, Query)
    if not is_query or contract is contracts.AnswerAll:
        raise MESSAGE_INVALID(fields={"method": "Värdet godtas inte."})
    return found
