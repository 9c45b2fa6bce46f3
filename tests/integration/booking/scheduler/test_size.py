"""A region's worth of bookings: the number of statements stays, and so does the time."""

from datetime import UTC, date, datetime

import httpx
import pytest
from sqlalchemy import event, text

from services.booking.local_scheduler import offers
from services.booking.local_scheduler.repository import Calendar, Wish
from tests.integration.booking.scheduler.process import running

CONSULTANTS, DAYS = 20, 30
BOOKINGS = 100_000
NOW = datetime(2037, 5, 1, tzinfo=UTC)
PERIOD = date(2037, 5, 4), date(2037, 6, 2)

FULL_DAYS = {
    "sites": [{"id": 1, "name": "Borås"}],
    "services": [{"id": 1, "name": "Förväntningssamtal", "sites": [1], "duration": 30}],
    "staff": [
        {
            "id": n,
            "name": f"Konsulent {n}",
            "services": [1],
            "sites": [1],
            "plan": [{"weekdays": [1, 2, 3, 4, 5], "starts": "08:00", "ends": "16:00"}],
        }
        for n in range(1, CONSULTANTS + 1)
    ],
}
FILL = text(  # the first half of every hour from 08 to 16, each day up to June 2037
    """
    INSERT INTO bookings (state, staff_id, service_id, site_id, starts_at, ends_at, busy_until)
    SELECT 'booked', n % :staff + 1, 1, 1, at, at + interval '30 min', at + interval '30 min'
    FROM generate_series(0, :bookings - 1) n,
    LATERAL (SELECT n / :staff / 8 AS day, n / :staff % 8 AS hour) place,
    LATERAL (
        SELECT (timestamp '2037-06-05 08:00' - day * interval '1 day' + hour * interval '1 hour')
               AT TIME ZONE 'Europe/Stockholm'
    ) start(at)
    """
)


@pytest.fixture(scope="module")
def full_scheduler(database_url):
    with running(database_url, FULL_DAYS) as scheduler:
        with scheduler.engine.begin() as connection:
            connection.execute(FILL, {"staff": CONSULTANTS, "bookings": BOOKINGS})
        with scheduler.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.execute(text("VACUUM ANALYZE bookings"))
        yield scheduler


def statements(engine, work) -> list[str]:
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        with engine.connect() as connection:
            work(Calendar(connection))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def test_free_times_take_three_statements_however_much_is_booked(full_scheduler):
    wish = Wish((1,), 1)
    seen = statements(
        full_scheduler.engine,
        lambda calendar: offers.find_free_times(calendar, wish, *PERIOD, NOW),
    )

    assert len(seen) == 3


def test_a_month_has_every_start_of_every_working_hour(full_scheduler):
    query = {"services": 1, "site": 1, "start": str(PERIOD[0]), "end": str(PERIOD[1])}

    with httpx.Client(base_url=f"{full_scheduler.url}/api") as http:
        found = http.get("/public/resourcebooking/get", params=query).json()

    assert len(found) == 21 * 8  # a start in the second half of each working hour
