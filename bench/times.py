"""Free times of many consultants over four weeks: against the slowest query that they need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from statistics import quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, text

from bench.results import Line, Results, ms
from bench.suite import Suite
from services.booking.local_scheduler import database, offers
from services.booking.local_scheduler.repository import Calendar, Wish
from services.booking.local_scheduler.seed import load

SIZES = (50, 100, 200, 500)  # consultants; the first is what is asked for
BOOKINGS, BUSY = 200, 40  # of each: 10 000 and 2 000 for fifty
ROUNDS = 40
AT_MOST = 3  # times the slowest query's time
DATABASE = "rampen_bench_times"
FIRST_DAY = date(2037, 5, 4)  # a Monday
LAST_DAY = FIRST_DAY + timedelta(days=27)
NOW = datetime(2037, 5, 1, tzinfo=UTC)
WISH = Wish((1,), 1)

Work = Callable[[], Any]

#: Ten visits a day for each consultant, and two meetings in his own calendar; twenty days.
_FILL = (
    """
    INSERT INTO bookings (state, staff_id, service_id, site_id, starts_at, ends_at, busy_until)
    SELECT 'booked', staff, 1, 1, at, at + interval '30 min', at + interval '30 min'
    FROM generate_series(1, :staff) AS staff, generate_series(0, :bookings - 1) AS n,
    LATERAL (SELECT (CAST(:first_day AS date) + n / 10 / 5 * 7 + n / 10 % 5 + time '07:00'
        + n % 10 * interval '1 hour') AT TIME ZONE 'Europe/Stockholm' AS at
    ) AS start
    """,
    """
    INSERT INTO busy_times (staff_id, source, starts_at, ends_at)
    SELECT staff, 'outlook', at, at + interval '50 min'
    FROM generate_series(1, :staff) AS staff, generate_series(0, :busy - 1) AS n,
    LATERAL (SELECT (CAST(:first_day AS date) + n / 2 / 5 * 7 + n / 2 % 5 + time '09:10'
        + (n % 2 * 300 + staff % 7 * 10) * interval '1 min') AT TIME ZONE 'Europe/Stockholm' AS at
    ) AS start
    """,
    "ANALYZE",
)


def measure(suite: Suite, results: Results) -> None:
    with _database(suite) as engine:
        found = [_measured(suite, engine, size) for size in SIZES]
    p95, slowest = found[0]
    ratio = p95 / slowest
    what = f"free times, {SIZES[0]} consultants, 4 weeks, {SIZES[0] * BOOKINGS} bookings: p95"
    against = f"slowest query {ms(slowest)}"
    line = Line(what, ms(p95), against, ratio, f"≤ {AT_MOST}", ratio <= AT_MOST)
    results.lines.append(line)
    for size, (whole, query) in zip(SIZES, found, strict=True):
        results.details.append(
            f"free times, {size} consultants: p95 {ms(whole)}, its slowest query {ms(query)}, "
            f"{ms(whole / size)} a consultant"
        )


def _measured(suite: Suite, engine: Engine, size: int) -> tuple[float, float]:
    """The 95th percentile of the free times, and of the slowest query among them."""
    suite.report(f"free times of {size} consultants, {ROUNDS} rounds")
    _fill(engine, size)
    with engine.connect() as connection:
        works = {"whole": lambda: _whole(connection), **_queries(connection, size)}
        seconds: dict[str, list[float]] = {name: [] for name in works}
        _whole(connection)  # once unmeasured: the holidays are looked up, the statements compiled
        for _ in range(ROUNDS):
            for name, work in works.items():
                seconds[name].append(_timed(work))
    p95 = {name: quantiles(found, n=20)[-1] for name, found in seconds.items()}
    return p95.pop("whole"), max(p95.values())


def _whole(connection: Connection) -> int:
    _, found = offers.find_free_times(Calendar(connection), WISH, FIRST_DAY, LAST_DAY, NOW)
    return len(found)


def _queries(connection: Connection, size: int) -> dict[str, Work]:
    """Each of the queries alone, as the reader gets its rows."""
    calendar, period = Calendar(connection), offers.seconds_of(FIRST_DAY, LAST_DAY)
    members = range(1, size + 1)
    return {
        "services": lambda: calendar.services(WISH),
        "windows": lambda: calendar.windows(WISH),
        "busy": lambda: calendar.busy(members, period),
    }


def _timed(work: Work) -> float:
    began = perf_counter()
    assert work()
    return perf_counter() - began


def _fill(engine: Engine, size: int) -> None:
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE staff CASCADE"))  # with all that is theirs
    plan = [{"weekdays": [1, 2, 3, 4, 5], "starts": "07:00", "ends": "17:00"}]
    member = {"services": [1], "sites": [1], "plan": plan}
    staff = [{"id": n, "name": f"Konsulent {n}", **member} for n in range(1, size + 1)]
    service = {"id": 1, "name": "Förväntningssamtal", "sites": [1], "duration": 30}
    load(engine, {"sites": [{"id": 1, "name": "Borås"}], "services": [service], "staff": staff})
    values = {"staff": size, "bookings": BOOKINGS, "busy": BUSY, "first_day": FIRST_DAY}
    with engine.begin() as connection:
        for statement in _FILL:
            connection.execute(text(statement), values)


@contextmanager
def _database(suite: Suite) -> Iterator[Engine]:
    database.migrate(suite.url(DATABASE))
    engine = database.connect(suite.url(DATABASE), connections=2)
    yield engine
    engine.dispose()
