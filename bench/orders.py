"""Placing orders of three lines: against the monolith, and against an echo behind the gateway."""

from collections.abc import Callable, Iterator
from statistics import median

from bench.http import Clients, Outcome, interleaved, load, request
from bench.meter import Meter
from bench.results import Line, Results, ms, ratio
from bench.suite import Suite
from bench.world import DISTINCT, Order, Orderer

CLIENTS = (8, 16)
ROUNDS, SECONDS = 5, 5
MONOLITH, ECHO = 1.2, 0.4  # times its rate


def measure(suite: Suite, results: Results) -> None:
    for clients in CLIENTS:
        meters = {name: Meter(suite) for name in ("rampen", "monolith", "echo")}
        sides = {
            "rampen": _side(
                suite, meters["rampen"], suite.site.port, _ours(suite, "/orders", clients)
            ),
            "monolith": _side(
                suite, meters["monolith"], suite.ports["monolith"], _theirs(suite, clients)
            ),
            "echo": _side(
                suite, meters["echo"], suite.ports["echo"], _ours(suite, "/echo", clients)
            ),
        }
        suite.report(f"placing orders: {clients} clients, {ROUNDS} rounds of {SECONDS} s a side")
        found = interleaved(sides, ROUNDS, SECONDS)
        results.lines += _lines(f"order of 3 lines, {clients} clients", found)
        results.details += [
            f"{clients} clients, {name}: {told(found[name])}; {meter.told()}"
            for name, meter in meters.items()
        ]


def place(suite: Suite, clients: int, seconds: float) -> Outcome:
    """Let clients place orders through the gateway."""
    return load(suite.site.port, _ours(suite, "/orders", clients), seconds, status=201)


def told(outcomes: list[Outcome]) -> str:
    """The medians of a side's rounds."""
    rate, p50, p99, busy = (
        median(getattr(it, name) for it in outcomes) for name in ("rate", "p50", "p99", "busy")
    )
    return f"{rate:.0f}/s, p50 {ms(p50)}, p99 {ms(p99)} (generator {busy:.0%} of a core)"


def rates(what: str, ours: list[Outcome], theirs: list[Outcome], name: str, asked: float) -> Line:
    """The line of the table that compares rates."""
    found = ratio([it.rate for it in ours], [it.rate for it in theirs])
    our, their = (median(it.rate for it in side) for side in (ours, theirs))
    return Line(
        what, f"{our:.0f}/s", f"{name} {their:.0f}/s", found, f"≥ {asked:g}", found >= asked
    )


def _lines(what: str, found: dict[str, list[Outcome]]) -> Iterator[Line]:
    ours, monolith = found["rampen"], found["monolith"]
    yield rates(what, ours, monolith, "monolith", MONOLITH)
    our, their = (median(it.p99 for it in side) for side in (ours, monolith))
    compared = ratio([it.p99 for it in ours], [it.p99 for it in monolith])
    yield Line(f"{what}, p99", ms(our), f"monolith {ms(their)}", compared, "≤ 1", compared <= 1)
    yield rates(what, ours, found["echo"], "echo", ECHO)


def _side(suite: Suite, meter: Meter, port: int, clients: Clients) -> Callable[[float], Outcome]:
    def turn(seconds: float) -> Outcome:
        with meter.running():
            outcome = load(port, clients, seconds, status=201)
        suite.relayed()  # what is left of a side's work is not to disturb the next one's
        meter.answered(outcome.count)
        return outcome

    return turn


def _ours(suite: Suite, path: str, clients: int) -> Clients:
    return [
        [
            request("POST", f"/api/v1{path}", headers(orderer), body(orderer, order))
            for order in orders
        ]
        for orderer, orders in _who(suite, clients)
    ]


def _theirs(suite: Suite, clients: int) -> Clients:
    return [
        [request("POST", "/orders", {}, _told_body(orderer, order)) for order in orders]
        for orderer, orders in _who(suite, clients)
    ]


def _who(suite: Suite, clients: int) -> Iterator[tuple[Orderer, list[Order]]]:
    """Each client, with what it orders."""
    for at, orderer in enumerate(suite.clients(clients)):
        yield orderer, suite.world.orders(orderer.supplier, at * DISTINCT)


def headers(orderer: Orderer) -> dict[str, str]:
    """The headers of a command that the orderer sends for the first time."""
    return {"Authorization": f"Bearer {orderer.token}", "Idempotency-Key": "$KEY"}


def body(orderer: Orderer, order: Order) -> dict[str, object]:
    number = order.personal_identity_number
    recipient = {"kind": "patient", "personal_identity_number": number}
    return {
        "customer_number": orderer.customer_number,
        "recipient": recipient,
        "lines": order.lines,
    }


def _told_body(orderer: Orderer, order: Order) -> dict[str, object]:
    """What the monolith is told instead of finding it out."""
    return {
        "customer_number": orderer.customer_number,
        "unit": orderer.unit,
        "orderer": orderer.hsa_id,
        "patient_id": str(order.patient_id),
        "lines": order.lines,
    }
