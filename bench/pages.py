"""How long pages take: against the slowest question that each asks of a service."""

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import httpx

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
HTML = {"Accept": "text/html"}


class Reader(NamedTuple):
    """Somebody who looks at pages, and the same person to services."""

    browser: httpx.Client
    context: Context


class Measured(NamedTuple):
    """Medians, in seconds."""

    page: Page
    whole: float
    slowest: float


def measure(suite: Suite, results: Results) -> None:
    rpc = RpcClient(suite.site.amqp_uri)
    rpc.start()
    rpc.link.up.wait(TIMEOUT)
    try:
        fill(suite)
        suite.report(f"{len(PAGES)} pages, {ROUNDS} rounds")
        readers = {role: _reader(suite, role) for role in {page.role for page in PAGES}}
        found = [_measured(rpc, readers[page.role], page) for page in PAGES]
    finally:
        rpc.stop()
    results.lines.append(_line(found))
    results.details += [
        f"page {page.path}, {page.role}: {ms(whole)}, its slowest RPC {ms(slowest)}"
        for page, whole, slowest in found
    ]


def _line(found: list[Measured]) -> Line:
    ratio, worst = max((one.whole / one.slowest, one.page.path) for one in found)
    what = f"a page, the slowest of {len(found)} by ratio: {worst}"
    return Line(what, f"{ratio:.2f}", "its slowest RPC", ratio, f"≤ {AT_MOST}", ratio <= AT_MOST)


def _measured(rpc: RpcClient, reader: Reader, page: Page) -> Measured:
    """The page and its questions, asked in turn."""
    path, asks = page.path, page.asks
    if page.of:
        item = _ask(rpc, reader, page.of)["items"][0]
        path, asks = path.format(**item), tuple(_filled(one, item) for one in asks)
    seconds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, work in _works(rpc, reader, path, asks):
            began = perf_counter()
            work()
            seconds.setdefault(name, []).append(perf_counter() - began)
    whole = median(seconds.pop(path))
    return Measured(page, whole, max(median(found) for found in seconds.values()))


def _works(
    rpc: RpcClient, reader: Reader, path: str, asks: tuple[Question, ...]
) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield path, lambda: reader.browser.get(path).raise_for_status()
    for ask in asks:
        yield str(ask), lambda ask=ask: _ask(rpc, reader, ask)


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
        browser = httpx.Client(base_url=site.url, cookies=visitor.cookies, headers=HTML)
    return Reader(browser, Context(Actor(person.hsa_id, role, held.unit, "")))
