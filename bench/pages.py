"""How long pages take: against the slowest question that each asks of a service."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from bench.results import Line, Results, ms
from bench.suite import Suite
from chassis.context import Context
from chassis.rpc_client import RpcClient
from contracts.actor import Actor
from sandbox.demo.visitor import Visitor
from sandbox.demo_data.records import Person

ROUNDS = 60
AT_MOST = 3  # times the slowest question's time
TIMEOUT = 10  # seconds
HTML = {"Accept": "text/html"}
EIGHT: dict[str, Any] = {"limit": 8}
Question = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """A page, the role of whoever looks, and what it asks of services: service, method, message."""

    path: str
    role: str
    asks: tuple[Question, ...]


PAGES = (
    Page(
        "/",
        "prescriber",
        (
            ("signing", "list_signing_jobs", {"waits_for": "me", "state": "open", "limit": 8}),
            ("booking", "list_activities", EIGHT),
            ("ordering", "get_overview", {"first": 8}),
            ("training", "list_enrolments", EIGHT),
        ),
    ),
    Page("/articles", "prescriber", (("ordering", "list_articles", {}),)),
    Page("/orders", "prescriber", (("ordering", "list_orders", {}),)),
    Page("/consultations", "prescriber", (("booking", "list_activities", {}),)),
    Page("/courses", "prescriber", (("training", "list_courses", {}),)),
    Page("/devices", "technician", (("ordering", "list_devices", {}),)),
    Page("/maintenance", "technician", (("maintenance", "list_maintenance_orders", {}),)),
    Page("/occasions", "training_admin", (("training", "list_occasions", {}),)),
)


def measure(suite: Suite, results: Results) -> None:
    suite.report(f"{len(PAGES)} pages, {ROUNDS} rounds")
    rpc = RpcClient(suite.site.amqp_uri)
    rpc.start()
    rpc.link.up.wait(TIMEOUT)
    try:
        found = [(page, *_measured(suite, rpc, page)) for page in PAGES]
    finally:
        rpc.stop()
    ratio, worst = max((whole / slowest, page.path) for page, whole, slowest in found)
    what = f"a page, the slowest of {len(PAGES)} by ratio: {worst}"
    line = Line(what, f"{ratio:.2f}", "its slowest RPC", ratio, f"≤ {AT_MOST}", ratio <= AT_MOST)
    results.lines.append(line)
    results.details += [
        f"page {page.path}, {page.role}: {ms(whole)}, its slowest RPC {ms(slowest)}"
        for page, whole, slowest in found
    ]


def _measured(suite: Suite, rpc: RpcClient, page: Page) -> tuple[float, float]:
    """Medians of the page and of its slowest question, asked in turn."""
    person = next(_of_role(suite, page.role))
    held = next(one for one in person.commissions if one.role == page.role)
    context = Context(Actor(person.hsa_id, page.role, held.unit, ""))
    seconds: dict[str, list[float]] = {}
    site = suite.site
    with Visitor(site.url, site.address("identity"), f"{person.hsa_id}/{held.hsa_id}") as visitor:
        visitor.log_in()
        browser = httpx.Client(base_url=site.url, cookies=visitor.cookies, headers=HTML)
        for _ in range(ROUNDS):
            for name, work in _works(browser, rpc, context, page):
                began = perf_counter()
                work()
                seconds.setdefault(name, []).append(perf_counter() - began)
    whole = median(seconds.pop(page.path))
    return whole, max(median(found) for found in seconds.values())


def _works(
    browser: httpx.Client, rpc: RpcClient, context: Context, page: Page
) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield page.path, lambda: browser.get(page.path).raise_for_status()
    for service, method, message in page.asks:
        ask = (service, method, message, context, TIMEOUT)
        yield f"{service}.{method}", lambda ask=ask: rpc.call(*ask)


def _of_role(suite: Suite, role: str) -> Iterator[Person]:
    return (
        person
        for person in suite.world.data.people
        if any(held.role == role for held in person.commissions)
    )
