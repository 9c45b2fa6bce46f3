"""Closing what is overdue: against the same rows changed and inserted as plain SQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, text

from bench.results import Line, Results, ms, ratio
from bench.suite import Suite
from chassis import migrations
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from contracts.actor import system
from services.booking import clock
from services.booking.letters import SwedishLetters
from services.booking.repository import BookingTransaction

OVERDUE, OPEN, ROUNDS, SWEEPS = 100_000, 1_000_000, 3, 50
AT_MOST = 10  # times plain SQL's time
IDLE = 0.005  # seconds
DATABASE = "rampen_bench_booking"
LETTERS = SwedishLetters("bokning@example.se")
PLAIN = (Path(__file__).parent / "peers" / "closing.sql").read_text()
_FILL = text("""
    INSERT INTO activities (id, work_order_number, unit, prescriber, registered_at, due_at,
        window_rule, state, version)
    SELECT gen_random_uuid(), (1000000 + n)::text, 'SE-U' || n % 300, 'SE-P' || n % 8000,
        now() - interval '3 days', now() + CAST(:due AS interval) - n * interval '1 millisecond',
        '3 days', 'registered', 1
    FROM generate_series(1, :count) AS n
""")


def measure(suite: Suite, results: Results) -> None:
    with _database(suite) as engine:
        booking = WorkerDatabase(engine, BookingTransaction, Context(system("booking")))
        results.lines.append(_closing(suite, engine, booking))
        results.lines.append(_idle(suite, engine, booking))


def _closing(suite: Suite, engine: Engine, booking: WorkerDatabase) -> Line:
    suite.report(f"closing {OVERDUE} activities, {ROUNDS} rounds a side")
    sides = {"sweep": lambda: _sweep(booking), "plain": lambda: _plain(engine)}
    found: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, side in sides.items():
            _fill(engine, OVERDUE, due="-1 hour")
            found[name].append(_timed(side))
            _check(engine)
    times = ratio(found["sweep"], found["plain"])
    our, their = (f"{median(seconds):.1f} s" for seconds in found.values())
    what = f"closing {OVERDUE} overdue activities, outbox rows and mails included"
    return Line(what, our, f"plain SQL {their}", times, f"≤ {AT_MOST}", times <= AT_MOST)


def _idle(suite: Suite, engine: Engine, booking: WorkerDatabase) -> Line:
    suite.report(f"sweeping {OPEN} activities of which none is due, {SWEEPS} times")
    _fill(engine, OPEN, due="1 day")
    _sweep(booking)
    seconds = median(_timed(lambda: _sweep(booking)) for _ in range(SWEEPS))
    what = f"a sweep with nothing due at {OPEN} activities"
    return Line(what, ms(seconds), "–", None, f"≤ {ms(IDLE)}", seconds <= IDLE)


def _sweep(booking: WorkerDatabase) -> None:
    clock.close_overdue(booking, LETTERS)


def _plain(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(PLAIN)


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _check(engine: Engine) -> None:
    """Both sides have closed, told and mailed all of it."""
    for rows in ("activities WHERE state = 'closed'", "outbox", "mails"):
        with engine.connect() as connection:
            found = connection.execute(text(f"SELECT count(*) FROM {rows}")).scalar_one()
        assert found == OVERDUE, f"{found} {rows}"


def _fill(engine: Engine, count: int, due: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("TRUNCATE activities, outbox, mails CASCADE")
        connection.execute(_FILL, {"count": count, "due": due})
    quiet = engine.execution_options(isolation_level="AUTOCOMMIT")
    with quiet.connect() as connection:
        for statement in ("SET statement_timeout = 0", "VACUUM ANALYZE", "CHECKPOINT"):
            connection.exec_driver_sql(statement)


@contextmanager
def _database(suite: Suite) -> Iterator[Engine]:
    """Booking's tables in a database that no booking service sweeps."""
    migrations.upgrade("booking", suite.url(DATABASE))
    engine = connect(suite.url(DATABASE), connections=2)
    yield engine
    engine.dispose()
