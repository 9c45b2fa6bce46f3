"""What a page asks services for: all at once, and each part by itself, found or missing."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, NamedTuple

from chassis.rpc_client import RemoteFailure, result
from contracts.errors import ContractError
from gateway import bus, refusals
from gateway.bus import Method, Question
from gateway.problems import problem
from gateway.web import language

PATIENCE = 3.0  # seconds until a part counts as silent, where silence is what one looks for
THREADS = ThreadPoolExecutor(100)  # kept: starting some for each page doubles what they cost


class Part(NamedTuple):
    """One part of a page: what it shows, or why it cannot.

    Args:
        wrong: what is wrong with that which was asked for, of one thing each.
    """

    found: Any = None
    missing: str = ""
    wrong: tuple[str, ...] = ()
    error: ContractError | RemoteFailure | None = None

    @property
    def needed(self) -> Any:
        """What was found, of a part without which there is no page.

        Raises:
            ContractError, RemoteFailure: as the service refused, or failed.
        """
        if self.error:
            raise self.error
        return self.found

    @property
    def items(self) -> list[Any]:
        return self.found["items"] if self.found else []

    @property
    def more(self) -> bool:
        return bool(self.found and self.found.get("more"))


def part(ask: Callable[[], Any]) -> Part:
    """What `ask` finds; a part that is refused or does not answer spoils no other."""
    try:
        return Part(ask())
    except (ContractError, RemoteFailure) as error:
        refusal = error if isinstance(error, ContractError) else refusals.FAILURE()
        told = problem(refusal, language.spoken())
        wrong = tuple(one["detail"] for one in told.get("errors", ()))
        return Part(missing=f"{told['title']} {told['detail']}", wrong=wrong, error=error)


def together(**asks: Callable[[], Any]) -> dict[str, Part]:
    """Several parts, all asked for at once: the page waits for the slowest only.

    The `Question`s to one service go in one message: it is asked once for all that it knows.
    """
    by_service: dict[str, dict[str, Question]] = {}
    jobs: list[Callable[[], dict[str, Part]]] = []
    for name, ask in asks.items():
        if isinstance(ask, Question):
            by_service.setdefault(ask.method.service, {})[name] = ask
        else:
            jobs.append(partial(_asked, name, ask))
    jobs += [partial(_answered, questions) for questions in by_service.values()]
    found: dict[str, Part] = {}
    for parts in _at_once(jobs):
        found |= parts
    return {name: found[name] for name in asks}


def _at_once(jobs: list[Callable[[], dict[str, Part]]]) -> Iterator[dict[str, Part]]:
    """What each of `jobs` returns: the last is done here, the others meanwhile."""
    *others, last = jobs
    begun = [THREADS.submit(copy_context().run, job) for job in others]
    yield last()
    yield from (job.result() for job in begun)


def _asked(name: str, ask: Callable[[], Any]) -> dict[str, Part]:
    return {name: part(ask)}


def _answered(questions: Mapping[str, Question]) -> dict[str, Part]:
    """The parts that one service knows."""
    if len(questions) == 1:
        [(name, question)] = questions.items()
        return _asked(name, question)
    first = next(iter(questions.values()))
    asked = [{"method": one.method.name, "message": one.message} for one in questions.values()]
    whole = part(lambda: bus.SERVICES[first.method.service].answer_all({"questions": asked}))
    if whole.error:
        return dict.fromkeys(questions, whole)
    answers = zip(questions, whole.found["items"], strict=True)
    return {name: part(partial(result, answer)) for name, answer in answers}


def briefly(method: Method, message: dict[str, Any]) -> Callable[[], Any]:
    """A question that is not waited for long: a silent service keeps the page for `PATIENCE`."""
    return lambda: method(message, timeout=PATIENCE)
