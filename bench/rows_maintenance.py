"""Clocks of 100 000 work orders recomputed, against the bare read of what they follow from.

python -m bench.rows_maintenance: measures on a database of its own, at DATABASE_URL or else on a
private server that is thrown away after.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, text

from chassis import migrations, settings
from chassis.calendar import Calendar
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from contracts.actor import system
from sandbox.postgres import Postgres
from services.maintenance import statements, sweeping
from services.maintenance.model.limits import USUAL, AllTerms, Soon
from services.maintenance.opening_hours import CalendarLine
from services.maintenance.ports import Rules
from services.maintenance.repository import MaintenanceTransaction

ORDERS, ROUNDS = 100_000, 7
ASKED = 4.0  # times the bare read, at most
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


def measure(engine: Engine) -> tuple[list[float], list[float]]:
    """Seconds of reading alone, and of reading and computing, turn by turn."""
    with engine.begin() as connection:
        for statement in _FILL:
            connection.execute(text(statement), {"orders": ORDERS})
    turns = []
    for _ in range(ROUNDS + 1):  # the first warms up
        turns.append((_timed(lambda: _read(engine)), _timed(lambda: _compute(engine))))
    read, computed = zip(*turns[1:], strict=True)
    return list(read), list(computed)


def _read(engine: Engine) -> int:
    """The rows as the driver gives them."""
    with engine.connect() as connection, connection.connection.cursor() as cursor:
        cursor.execute(statements.UNFINISHED.text)
        return len(cursor.fetchall())


def _compute(engine: Engine) -> int:
    """The same rows, and both clocks of each with their times."""
    database = WorkerDatabase(engine, MaintenanceTransaction, Context(system("bench")))
    now = datetime.now(UTC)
    with database.reading() as tx:
        return sum(1 for _ in sweeping.computed(tx.work_orders.unfinished(), RULES, now))


def _timed(work: Callable[[], int]) -> float:
    began = time.perf_counter()
    if work() != ORDERS:
        raise AssertionError("not all were there")
    return time.perf_counter() - began


@contextmanager
def _database() -> Iterator[Engine]:
    with _server() as server:
        url = settings.postgres(f"{server}/{DATABASE}")
        migrations.upgrade("maintenance", url)
        engine = connect(url, connections=2)
        yield engine
        engine.dispose()


@contextmanager
def _server() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres(Path(folder))
        server.start()
        yield server.uri
        server.kill()


if __name__ == "__main__":
    with _database() as made:
        bare, whole = measure(made)
    ratio = median(ours / theirs for ours, theirs in zip(whole, bare, strict=True))
    print(f"{ORDERS} work orders, {ROUNDS} rounds")
    print(f"bare read {median(bare):.2f} s, recomputed {median(whole):.2f} s")
    print(f"ratio {ratio:.2f}; asked: at most {ASKED}")
