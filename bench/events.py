"""Events: how long from the commit that tells one to the commit that acts on it.

Consultations are registered through the gateway at a steady pace. Ordering commits each with its
event; the relay publishes that; booking's handler opens the activity. PostgreSQL itself has noted
when it committed either.
"""

from statistics import median, quantiles

from sqlalchemy import text

from bench.http import Clients, load, request
from bench.orders import headers
from bench.results import Line, Results, ms
from bench.suite import Suite
from sandbox.process import wait_until

RATE, CLIENTS, SECONDS = 200, 16, 15
P50, P99 = 0.050, 0.500  # seconds
_TOLD = text("""
    SELECT activity_id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8
    FROM work_orders
""")
_DONE = text("""
    SELECT id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 FROM activities
""")
_HANDLED = text("SELECT count(*) FROM activities")


def measure(suite: Suite, results: Results) -> None:
    suite.report(f"events: {RATE}/s for {SECONDS} s")
    clients, interval = _consultations(suite), CLIENTS / RATE
    load(suite.site.port, clients, 2, status=201, interval=interval)
    warm = _commits(suite, "rampen_ordering", _TOLD).keys()
    outcome = load(suite.site.port, clients, SECONDS, status=201, interval=interval)
    told, done = settled(suite)
    delays = [done[it] - told[it] for it in told.keys() - warm]
    p50, p99 = median(delays), quantiles(delays, n=100)[98]
    what = f"event, commit to effect, at {outcome.rate:.0f}/s"
    results.lines += [
        Line(f"{what}, p50", ms(p50), "–", None, f"≤ {ms(P50)}", p50 <= P50),
        Line(f"{what}, p99", ms(p99), "–", None, f"≤ {ms(P99)}", p99 <= P99),
    ]


def registered(suite: Suite, seconds: float) -> None:
    """Register consultations for so long, and wait until booking knows them."""
    interval = CLIENTS / RATE
    load(suite.site.port, _consultations(suite), seconds, status=201, interval=interval)
    settled(suite)


def settled(suite: Suite) -> tuple[dict, dict]:
    """When each event was told, and when each was acted on, once all are."""
    suite.relayed()
    told = _commits(suite, "rampen_ordering", _TOLD)
    with suite.connected("rampen_booking") as connection:
        wait_until(
            lambda: connection.execute(_HANDLED).scalar_one() >= len(told), what="booking's handler"
        )
    return told, _commits(suite, "rampen_booking", _DONE)


def _commits(suite: Suite, database: str, query) -> dict:
    with suite.connected(database) as connection:
        return dict(connection.execute(query).all())


def _consultations(suite: Suite) -> Clients:
    clients = []
    for patient, orderer in zip(suite.world.data.patients, suite.clients(CLIENTS), strict=False):
        body = {
            "customer_number": orderer.customer_number,
            "personal_identity_number": patient.personal_identity_number,
        }
        clients.append([request("POST", "/api/v1/consultations", headers(orderer), body)])
    return clients
