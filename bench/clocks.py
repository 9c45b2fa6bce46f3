"""Clocks of work orders computed from what has happened: against the bare read of just that."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, text

from bench.results import Line, Results, ratio
from bench.suite import Suite
from chassis import migrations
from chassis.calendar import Calendar
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from contracts.actor import system
from services.maintenance import statements, sweeping
from services.maintenance.model.limits import USUAL, AllTerms, Soon
from services.maintenance.opening_hours import CalendarLine
from services.maintenance.ports import Rules
from services.maintenance.repository import MaintenanceTransaction

ORDERS, ROUNDS = 100_000, 7
AT_MOST = 4  # times the bare read's time
DATABASE = "rampen_bench_maintenance"
RULES = Rules(CalendarLine(Calendar()), AllTerms(USUAL, {}), Soon(share=0.8), frozenset(), 400)

#: Each was registered within the last two months, assigned, started, paused and resumed.
_FILL = (
    """
    INSERT INTO work_orders (id, kind, individual_number, unit, prescriber, agreement, basic_need,
        start_limit, finish_limit, version, state, technician)
    SELECT md5('o' || n)::uuid, 'corrective', (100000 + n)::text, 'SE-U' || n % 300, 'SE-P1', '',
        'none', '3 working days', '10 working days', 5, 'started', 'SE-T' || n % 50
    FROM generate_series(1, :orders) AS n
    """,
    """
    INSERT INTO happenings (work_order_id, position, what, at, recorded_at, recorded_by)
    SELECT md5('o' || n)::uuid, position, what, at, at, 'SE-T' || n % 50
    FROM generate_series(1, :orders) AS n, unnest(
        ARRAY['registered', 'assigned', 'started', 'paused', 'resumed'], ARRAY[0, 1, 30, 50, 90]
    ) WITH ORDINALITY AS h(what, hours, position),
        LATERAL (SELECT now() - interval '10 days' - n % 1200 * interval '1 hour'
            - n % 61 * interval '1 minute' + hours * interval '1 hour' AS at) AS t
    """,
    "ANALYZE",
)


def measure(suite: Suite, results: Results) -> None:
    with _database(suite) as engine:
        suite.report(f"clocks of {ORDERS} work orders, {ROUNDS} rounds a side")
        sides = {"computed": lambda: _compute(engine), "read": lambda: _read(engine)}
        found: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(ROUNDS):
            for name, side in sides.items():
                found[name].append(_timed(side))
    times = ratio(found["computed"], found["read"])
    our, their = (f"{median(seconds):.2f} s" for seconds in found.values())
    what = f"both clocks of {ORDERS} work orders recomputed"
    results.lines.append(
        Line(what, our, f"bare read {their}", times, f"≤ {AT_MOST}", times <= AT_MOST)
    )


def _read(engine: Engine) -> int:
    """What has happened to each, as the driver gives it."""
    with engine.connect() as connection, closing(connection.connection.cursor()) as cursor:
        cursor.execute(statements.UNFINISHED.text)
        return len(cursor.fetchall())


def _compute(engine: Engine) -> int:
    """The same rows, and both clocks of each with their times."""
    database = WorkerDatabase(engine, MaintenanceTransaction, Context(system("maintenance")))
    now = datetime.now(UTC)
    with database.reading() as tx:
        return sum(1 for _ in sweeping.computed(tx.work_orders.unfinished(), RULES, now))


def _timed(work: Callable[[], int]) -> float:
    began = perf_counter()
    assert work() == ORDERS
    return perf_counter() - began


@contextmanager
def _database(suite: Suite) -> Iterator[Engine]:
    """Maintenance's tables in a database that no maintenance service sweeps."""
    migrations.upgrade("maintenance", suite.url(DATABASE))
    engine = connect(suite.url(DATABASE), connections=2)
    with engine.begin() as connection:
        for statement in _FILL:
            connection.execute(text(statement), {"orders": ORDERS})
    yield engine
    engine.dispose()
