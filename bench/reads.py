"""Getting an order, and a list of twenty: against the monolith."""

from collections.abc import Callable, Iterator
from uuid import UUID

from sqlalchemy import text

from bench.http import Clients, Outcome, interleaved, load, request
from bench.meter import Meter
from bench.orders import rates, told
from bench.results import Results
from bench.suite import MONOLITH, Suite
from bench.world import Orderer

CLIENTS = 8
ROUNDS, SECONDS = 5, 4
ASKED = 1.2  # times the monolith's rate
OF_EACH = 2000  # orders a unit
ASKED_FOR = 200  # different orders that a client gets
_FILL = text("""
    WITH added AS (
        INSERT INTO orders (id, customer_number, unit, recipient_kind, patient_id, reference,
            state, orderer, placed_at)
        SELECT md5(:unit || n)::uuid, :customer_number, :unit, 'patient',
            (CAST(:patients AS uuid[]))[1 + n % :count], '', 'placed', :orderer,
            now() - n * interval '1 minute'
        FROM generate_series(1, :orders) AS n RETURNING id
    )
    INSERT INTO order_lines (order_id, position, article_number, quantity, delivery_class)
    SELECT id, at, number, at, delivery_class FROM added, (
        SELECT row_number() OVER (ORDER BY number) AS at, number, delivery_class
        FROM articles ORDER BY number LIMIT 3
    ) AS article
""")


def measure(suite: Suite, results: Results) -> None:
    for database in ("rampen_ordering", MONOLITH):
        _fill(suite, database)
    for what, ours, theirs in (
        ("get an order", list(_our_orders(suite)), list(_their_orders(suite))),
        ("list of 20 orders", list(_our_lists(suite)), list(_their_lists(suite))),
    ):
        meters = {name: Meter(suite) for name in ("rampen", "monolith")}
        sides = {
            "rampen": _side(meters["rampen"], suite.site.port, ours),
            "monolith": _side(meters["monolith"], suite.ports["monolith"], theirs),
        }
        suite.report(f"{what}: {CLIENTS} clients, {ROUNDS} rounds of {SECONDS} s a side")
        found = interleaved(sides, ROUNDS, SECONDS)
        results.lines.append(rates(what, found["rampen"], found["monolith"], "monolith", ASKED))
        results.details += [
            f"{what}, {name}: {told(found[name])}; {meter.told()}" for name, meter in meters.items()
        ]


def _fill(suite: Suite, database: str) -> None:
    """The same orders, under the same ids, for both."""
    patients = [str(patient.id) for patient in suite.world.data.patients]
    with suite.connected(database) as connection:
        for orderer in suite.orderers:
            values: dict[str, object] = {"orderer": orderer.hsa_id, "unit": orderer.unit}
            values |= {"customer_number": orderer.customer_number, "orders": OF_EACH}
            connection.execute(_FILL, values | {"patients": patients, "count": len(patients)})
        connection.execute(text("VACUUM ANALYZE"))


def _side(meter: Meter, port: int, clients: Clients) -> Callable[[float], Outcome]:
    def turn(seconds: float) -> Outcome:
        with meter.running():
            outcome = load(port, clients, seconds, status=200)
        meter.answered(outcome.count)
        return outcome

    return turn


def _our_orders(suite: Suite) -> Iterator[list[str]]:
    for orderer in suite.clients(CLIENTS):
        who = _bearer(orderer)
        yield [request("GET", f"/api/v1/orders/{id_}", who) for id_ in _ids(suite, orderer)]


def _their_orders(suite: Suite) -> Iterator[list[str]]:
    for orderer in suite.clients(CLIENTS):
        yield [request("GET", f"/orders/{id_}", {}) for id_ in _ids(suite, orderer)]


def _our_lists(suite: Suite) -> Iterator[list[str]]:
    for orderer in suite.clients(CLIENTS):
        yield [request("GET", "/api/v1/orders?limit=20", _bearer(orderer))]


def _their_lists(suite: Suite) -> Iterator[list[str]]:
    for orderer in suite.clients(CLIENTS):
        yield [request("GET", f"/orders?limit=20&unit={orderer.unit}", {})]


def _ids(suite: Suite, orderer: Orderer) -> list[UUID]:
    """The ids that a client asks for: orders of its own unit."""
    own = text("SELECT md5(:unit || n)::uuid FROM generate_series(1, :count) AS n")
    with suite.connected("rampen_ordering") as connection:
        values = {"unit": orderer.unit, "count": ASKED_FOR}
        return list(connection.execute(own, values).scalars())


def _bearer(orderer: Orderer) -> dict[str, str]:
    return {"Authorization": f"Bearer {orderer.token}"}
