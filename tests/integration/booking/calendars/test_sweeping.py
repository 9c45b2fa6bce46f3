"""From an address that a consultant gives to times that nobody can book."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from contracts.actor import Actor
from contracts.errors import ContractError
from services.booking.calendars import use_cases
from services.booking.calendars.busy_times import busy_times
from services.booking.calendars.subscription import subscription
from services.booking.calendars.sweeping import Sweep
from services.booking.schedule import SchedulerUnavailable
from services.booking.scheduler import ZoeziScheduler
from services.booking.zoezi_time import STOCKHOLM
from tests.integration.booking.calendars.server import CALENDAR, calendar_server
from tests.integration.booking.scheduler.data import ANNA, BORAS, COMMUNICATION
from tests.integration.booking.scheduler.process import KEY

CONSULTANT = Actor("SE2321000131-C000000000001", "device_consultant", "SE-U", "SE-P")
COLLEAGUE = Actor("SE2321000131-C000000000002", "device_consultant", "SE-U", "SE-P")
CENTRE = Actor("SE2321000131-S000000000001", "customer_service", "SE-U", "SE-P")
INTERVAL = timedelta(minutes=15)


@pytest.fixture
def server():
    with calendar_server() as found:
        yield found


@pytest.fixture
def scheduler(running_scheduler):
    running_scheduler.forget_bookings()
    found = ZoeziScheduler.at(running_scheduler.url, KEY)
    yield found
    found.close()
    running_scheduler.forget_busy_times()


@pytest.fixture
def database(booking_database):
    with booking_database.of(CENTRE).transaction() as tx:
        use_cases.link_consultant(tx, ANNA, CONSULTANT.hsa_id)
    return booking_database


@pytest.fixture
def sweep(database, scheduler):
    return Sweep(database.of(), scheduler, INTERVAL, ("127.0.0.1",))


@pytest.fixture
def day():
    """A day soon on which Anna works."""
    found = datetime.now(UTC).astimezone(STOCKHOLM).date() + timedelta(days=14)
    return found - timedelta(days=found.weekday() - 1 if found.weekday() else -1)


def morning(day):
    return datetime.combine(day, time(7, 30), STOCKHOLM).astimezone(UTC)


def starts(scheduler, day):
    return [one.start for one in scheduler.free_times(BORAS, COMMUNICATION, day, day, ANNA)]


def act(database, work, *args, actor=CONSULTANT):
    with database.of(actor).transaction() as tx:
        return work(tx, *args)


def due_now(database):
    database.do("UPDATE calendar_feeds SET next_at = now(), leased_until = NULL")


def feed(database):
    (found,) = act(database, use_cases.list_feeds)
    return found


@pytest.fixture
def busy_morning(database, server, day):
    """A calendar that is busy on the morning of `day`, which the consultant has added."""
    start = morning(day)
    server.content = CALENDAR.format(start=start, end=start + timedelta(hours=2)).encode()
    act(database, use_cases.add_feed, server.url)


@pytest.mark.rule("B-16")
def test_what_a_published_calendar_says_is_busy_cannot_be_booked(
    sweep, scheduler, database, busy_morning, day
):
    before = starts(scheduler, day)

    assert sweep.run() == 1

    assert morning(day) in before
    assert starts(scheduler, day) == [
        one for one in before if one >= morning(day) + timedelta(hours=2)
    ]
    assert (feed(database).busy_periods, feed(database).problem) == (1, None)


def test_a_calendar_that_has_not_changed_keeps_its_times(
    sweep, scheduler, database, busy_morning, day, server
):
    sweep.run()
    due_now(database)

    sweep.run()

    assert server.asked == [None, '"1"']
    assert morning(day) not in starts(scheduler, day)


def test_a_meeting_that_was_called_off_is_free_again(
    sweep, scheduler, database, busy_morning, day, server
):
    sweep.run()
    server.content, server.etag = (
        CALENDAR.replace("UID:1", "UID:1\r\nSTATUS:CANCELLED")
        .format(start=morning(day), end=morning(day) + timedelta(hours=2))
        .encode(),
        '"2"',
    )
    due_now(database)

    sweep.run()

    assert morning(day) in starts(scheduler, day)


BAD = {
    "booking.feed.no_calendar": {"content": b"<html>Logga in</html>"},
    "booking.feed.too_large": {"size": 50_000_000},
    "booking.feed.refused": {"status": 404},
    "booking.feed.address": {"status": 302, "location": "http://localhost/"},
    "booking.feed.too_many_times": {
        "content": CALENDAR.replace("UID:1", "UID:1\r\nRRULE:FREQ=SECONDLY")
        .format(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2026, 1, 1, tzinfo=UTC))
        .encode()
    },
}


@pytest.mark.rule("B-16")
@pytest.mark.parametrize(("problem", "behaviour"), BAD.items(), ids=BAD)
def test_a_calendar_that_cannot_be_read_says_why_and_changes_nothing(
    sweep, scheduler, database, busy_morning, day, server, problem, behaviour
):
    sweep.run()
    for name, value in behaviour.items() | {("etag", '"2"')}:
        setattr(server, name, value)
    due_now(database)

    sweep.run()

    assert feed(database).problem == problem
    assert feed(database).busy_periods == 1
    assert morning(day) not in starts(scheduler, day)


def test_each_failure_more_doubles_the_wait_up_to_six_hours(sweep, database, busy_morning, server):
    server.status = 500
    waits = []
    for _ in range(7):
        due_now(database)
        sweep.run()
        wait = database.value("SELECT extract(epoch FROM next_at - now()) FROM calendar_feeds")
        waits.append(round(float(wait) / 60))

    assert waits == [15, 30, 60, 120, 240, 360, 360]


def test_times_that_the_scheduler_does_not_take_are_read_again(database, busy_morning, scheduler):
    class Deaf:
        def block(self, *_args):
            raise SchedulerUnavailable

    Sweep(database.of(), Deaf(), INTERVAL, ("127.0.0.1",)).run()

    assert feed(database).problem == "booking.feed.not_taken"
    due_now(database)
    Sweep(database.of(), scheduler, INTERVAL, ("127.0.0.1",)).run()
    assert (feed(database).problem, feed(database).busy_periods) == (None, 1)


def test_two_replicas_do_not_read_the_same_calendar(sweep, database, busy_morning, server):
    with database.of().transaction() as tx:
        leased = tx.calendars.lease(4, timedelta(minutes=3))

    assert len(leased) == 1
    assert sweep.run() == 0
    assert server.asked == []


def test_what_a_replica_that_died_had_leased_is_read_by_another(sweep, database, busy_morning):
    with database.of().transaction() as tx:
        tx.calendars.lease(4, timedelta(seconds=-1))

    assert sweep.run() == 1


@pytest.mark.rule("B-16")
def test_a_calendar_that_its_owner_removes_blocks_no_more(
    sweep, scheduler, database, busy_morning, day
):
    sweep.run()
    act(database, use_cases.remove_feed, feed(database).id)
    assert act(database, use_cases.list_feeds) == []

    sweep.run()

    assert morning(day) in starts(scheduler, day)
    assert database.value("SELECT count(*) FROM calendar_feeds") == 0


def refusal(database, work, *args, actor=CONSULTANT):
    with pytest.raises(ContractError) as caught:
        act(database, work, *args, actor=actor)
    return caught.value.code


@pytest.mark.parametrize(
    "address", ["ftp://a.se/", "https://", "a", "http://a:b@c.se/", "http://a:x/"]
)
def test_an_address_that_is_none_of_the_webs_is_refused_at_once(database, address):
    assert refusal(database, use_cases.add_feed, address) == "booking.feed.address"
    assert database.value("SELECT count(*) FROM calendar_feeds") == 0


def test_the_address_that_calendar_programs_write_is_understood(database):
    act(database, use_cases.add_feed, "webcal://outlook.office365.com/owa/c.ics")

    assert feed(database).address == "https://outlook.office365.com/owa/c.ics"


def test_a_fourth_calendar_is_refused(database, server):
    for _ in range(3):
        act(database, use_cases.add_feed, server.url)

    assert refusal(database, use_cases.add_feed, server.url) == "booking.feed.too_many"


def test_who_is_no_consultant_has_no_calendar(database, server):
    who = {"actor": COLLEAGUE}

    assert (
        refusal(database, use_cases.add_feed, server.url, **who) == "booking.consultant.not_linked"
    )
    assert refusal(database, use_cases.list_feeds, **who) == "booking.consultant.not_linked"


def test_only_the_supply_centre_says_who_a_consultant_is(database):
    link = use_cases.link_consultant

    assert refusal(database, link, 102, COLLEAGUE.hsa_id) == "role.may_not"
    other = refusal(database, link, ANNA, COLLEAGUE.hsa_id, actor=CENTRE)
    assert other == "booking.consultant.linked"


def made(database):
    command = {"command_id": uuid4()}
    with database.of(CONSULTANT).transaction() as tx:
        return use_cases.make_address(tx, command, b"\0" * 32)


def secret(address):
    return address["path"].removeprefix("/calendars/").removesuffix(".ics")


def whose(database, address):
    hashed = use_cases.secret_hash(secret(address)).hex()
    with database.of().reading() as tx:
        return use_cases.whose_calendar(tx, hashed)


@pytest.mark.rule("B-16")
def test_a_secret_address_leads_to_its_consultant_until_the_next_is_made(database):
    first = made(database)
    assert whose(database, first) == ANNA

    second = made(database)

    assert whose(database, second) == ANNA
    with pytest.raises(ContractError, match="not_found"):
        whose(database, first)


def test_a_revoked_address_leads_nowhere(database):
    address = made(database)
    act(database, use_cases.revoke_address, UUID(address["address_id"]))

    with pytest.raises(ContractError, match="not_found"):
        whose(database, address)


@pytest.mark.rule("B-16")
def test_no_secret_is_kept(database):
    address = made(database)

    kept = database.rows("SELECT secret_hash::text FROM calendar_addresses")
    replies = database.rows("SELECT reply::text FROM commands")

    assert secret(address) not in f"{kept} {replies}"
    assert act(database, use_cases.list_addresses)[0]["path"] is None


@pytest.mark.rule("B-16")
def test_the_visits_of_a_consultant_are_a_calendar_that_names_no_patient(scheduler, day):
    start = morning(day)
    held = scheduler.hold(BORAS, COMMUNICATION, start, ANNA, activity_id="a-1")
    details = {"activity_id": "a-1", "work_order_number": "20000417", "telephone": "+46701740605"}
    scheduler.book(held.key, start=start, **details)

    text = subscription(scheduler, ANNA, day)

    assert "SUMMARY:Konsultation: Förväntningssamtal\\, kommunikation" in text
    assert "20000417" in text
    assert "701740605" not in text
    assert text == subscription(scheduler, ANNA, day)
    assert busy_times(text.encode(), start, start + timedelta(days=1)) == []  # our own entry
