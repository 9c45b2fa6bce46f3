"""How long pages take: against the slowest question that each asks of a service."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import groupby
from operator import itemgetter
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bench.http import WrongAnswers
from bench.page_list import PAGES, Page, Question, fill
from bench.results import Line, Results, ms
from bench.suite import Suite
from chassis.context import Context
from chassis.rpc_client import RpcClient
from contracts.actor import Actor
from sandbox.demo.visitor import Visitor

ROUNDS = 60
AT_MOST = 3  # times the slowest question's time
TIMEOUT = 10  # seconds


class Reader(NamedTuple):
    """Somebody who looks at pages, and the same person to services."""

    browser: HTTPConnection
    cookie: str
    context: Context

    def look(self, path: str) -> None:
        """
        Raises:
            WrongAnswers: the page is not there.
        """
        self.browser.request("GET", path, headers={"Accept": "text/html", "Cookie": self.cookie})
        answer = self.browser.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            raise WrongAnswers(f"{path} was answered {answer.status}")


@dataclass
class Timing:
    """A page and the questions it asks, each asked in turn.

    Args:
        look: gets the page.
        asks: ask each question, by its name.
        seconds: how long they took, in order; of the page under its path.
    """

    page: Page
    look: Callable[[], Any]
    asks: dict[str, Callable[[], Any]]
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def round(self) -> None:
        for name, work in {self.page.path: self.look, **self.asks}.items():
            began = perf_counter()
            work()
            self.seconds[name].append(perf_counter() - began)

    @property
    def whole(self) -> float:
        """The page's median."""
        return median(self.seconds[self.page.path])

    @property
    def slowest(self) -> tuple[float, str]:
        """The slowest question's median, and its name."""
        return max((median(self.seconds[name]), name) for name in self.asks)

    @property
    def ratio(self) -> float:
        return self.whole / self.slowest[0]

    def told(self) -> str:
        seconds, name = self.slowest
        took = f"page {self.page.path}, {self.page.role}: {ms(self.whole)}"
        return f"{took}, {self.ratio:.2f} of its slowest RPC {name}, {ms(seconds)}"


def measure(suite: Suite, results: Results) -> None:
    rpc = RpcClient(suite.site.amqp_uri)
    rpc.start()
    rpc.link.up.wait(TIMEOUT)
    try:
        fill(suite)
        suite.report(f"{len(PAGES)} pages, {ROUNDS} rounds")
        readers = {role: _reader(suite, role) for role in {page.role for page in PAGES}}
        timings = [_timing(rpc, readers[page.role], page) for page in PAGES]
        for _ in range(ROUNDS):
            for timing in timings:
                timing.round()
    finally:
        rpc.stop()
    results.lines.append(_line(timings))
    results.details += [timing.told() for timing in timings]


def _line(timings: list[Timing]) -> Line:
    ratio, worst = max((one.ratio, one.page.path) for one in timings)
    what = f"a page, the slowest of {len(timings)} by ratio: {worst}"
    return Line(what, f"{ratio:.2f}", "its slowest RPC", ratio, f"≤ {AT_MOST}", ratio <= AT_MOST)


def _timing(rpc: RpcClient, reader: Reader, page: Page) -> Timing:
    """The page with what its path and questions leave open filled in."""
    item = _ask(rpc, reader, page.of)["items"][0] if page.of else {}
    known = item | {"actor": reader.context.actor.hsa_id}
    path = page.path.format(**known)
    asks: dict[str, Callable[[], Any]] = {
        f"{ask[0]}.{ask[1]}": partial(_ask, rpc, reader, ask)
        for ask in _messages([_filled(ask, known) for ask in page.asks])
    }
    return Timing(page, partial(reader.look, path), asks)


def _messages(questions: list[Question]) -> Iterator[Question]:
    """The questions as they are sent: those to one service in one message."""
    by_service = groupby(sorted(questions, key=itemgetter(0)), key=itemgetter(0))
    for service, asked in by_service:
        first, *more = asked
        several = [{"method": method, "message": message} for _, method, message in [first, *more]]
        yield (service, "answer_all", {"questions": several}) if more else first


def _ask(rpc: RpcClient, reader: Reader, question: Question) -> Any:
    return rpc.call(*question, reader.context, TIMEOUT)


def _filled(question: Question, item: dict[str, Any]) -> Question:
    """The question with the item's fields where the message has `{field}`."""
    service, method, message = question
    filled = {
        name: value.format(**item) if isinstance(value, str) else value
        for name, value in message.items()
    }
    return service, method, filled


def _reader(suite: Suite, role: str) -> Reader:
    """Somebody of the role; a prescriber is the one who has ordered."""
    orderer = suite.orderers[0].hsa_id
    person, held = next(
        (person, held)
        for person in suite.world.data.people
        for held in person.commissions
        if held.role == role and (role != "prescriber" or person.hsa_id == orderer)
    )
    site, login = suite.site, f"{person.hsa_id}/{held.hsa_id}"
    with Visitor(site.url, site.address("identity"), login) as visitor:
        visitor.log_in()
        cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    browser = HTTPConnection(urlsplit(site.url).netloc)  # a fifth of httpx's own time
    return Reader(browser, cookie, Context(Actor(person.hsa_id, role, held.unit, "")))
