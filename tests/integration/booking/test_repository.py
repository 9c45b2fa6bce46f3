"""The repository on PostgreSQL, and its fake in memory, do the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from chassis.clock import SystemClock
from contracts.errors import Conflict
from services.booking.model.activity import Activity
from services.booking.model.booking import Asked, Hold
from services.booking.model.visit import attempt_visit
from services.booking.schedule import SchedulerBooking
from tests.unit.booking.fakes import InMemoryDatabase
from tests.unit.booking.world import PRESCRIBER, UNIT

NOTICE = {"subject": "{work_order_number}", "body": "{work_order_number} {closes_at}"}
LIMIT = 3


@pytest.fixture(params=["memory", "postgres"])
def database(request):
    if request.param == "memory":
        return InMemoryDatabase(SystemClock(), PRESCRIBER)
    return request.getfixturevalue("booking_database").of(PRESCRIBER)


def now() -> datetime:
    return datetime.now(UTC)


def added(database, **values) -> Activity:
    activity = Activity(
        **{
            "id": uuid4(),
            "work_order_number": "1042001",
            "unit": UNIT,
            "prescriber": PRESCRIBER.hsa_id,
            "registered_at": now(),
            "due_at": now() + timedelta(days=3),
            "window": "3 dagar",
        }
        | values
    )
    with database.transaction() as tx:
        tx.activities.add(activity)
    return activity


def held(database, activity_id: UUID, **values) -> Hold:
    start = now() + timedelta(days=2)
    hold = Hold(
        **{
            "id": uuid4(),
            "activity_id": activity_id,
            "key": uuid4().hex,
            "place_id": 1,
            "service_product_id": 11,
            "consultant_id": 101,
            "start": start,
            "end": start + timedelta(minutes=30),
            "expires_at": now() + timedelta(minutes=10),
            "held_by": PRESCRIBER.hsa_id,
        }
        | values
    )
    with database.transaction() as tx:
        assert tx.holds.add(hold, LIMIT) == []
    return hold


def attempted(database, activity_id: UUID, hold: Hold) -> Activity:
    with database.transaction() as tx:
        activity, _ = tx.activities.holding(hold.id)
        asked = Asked(uuid4(), b"\x00" * 32, PRESCRIBER.hsa_id, tx.now)
        assert activity.attempt(hold, uuid4(), "1042001", "+46701740605", asked)
        tx.activities.save(activity)
    return activity


def booked(database, activity_id: UUID, hold: Hold) -> Activity:
    activity = attempted(database, activity_id, hold)
    with database.transaction() as tx:
        activity.confirm(found(activity, hold), tx.now)
        tx.activities.save(activity)
    return activity


def found(activity: Activity, hold: Hold) -> SchedulerBooking:
    return SchedulerBooking(
        7, hold.start, hold.end, 101, "Anna Berg", 1, "Borås", 11, "Förväntningssamtal",
        str(activity.id), "1042001", False, None,
    )  # fmt: skip


def get(database, activity_id: UUID) -> Activity | None:
    with database.reading() as tx:
        return tx.activities.get(activity_id)


def same(one: Activity | None, other: Activity) -> bool:
    """Equal but for when the scheduler was asked, which is the database's own time."""
    left, right = vars(one).copy(), vars(other).copy()
    bookings = [vars(side.pop("booking")).copy() for side in (left, right) if side["booking"]]
    for booking in bookings:
        booking["asked"] = replace(booking["asked"], at=None)
    return left | {"booking": None} == right | {"booking": None} and bookings[:1] == bookings[1:]


def test_an_activity_is_read_as_it_was_written(database):
    activity = added(database)

    assert vars(get(database, activity.id)) == vars(activity)
    assert get(database, uuid4()) is None


def test_an_activity_that_is_known_stays_as_it_is(database):
    activity = added(database)

    added(database, id=activity.id, work_order_number="1042999")

    assert get(database, activity.id).work_order_number == "1042001"


def test_a_hold_is_read_with_its_activity(database):
    activity = added(database)
    hold = held(database, activity.id)

    with database.reading() as tx:
        assert tx.activities.holding(uuid4()) is None
        owner, read = tx.activities.holding(hold.id)

    assert (owner.id, read) == (activity.id, hold)


def test_a_person_has_so_many_open_holds_at_most(database):
    hold, *_ = [held(database, added(database).id) for _ in range(LIMIT)]
    more = replace(hold, id=uuid4(), key="more", activity_id=added(database).id)

    with database.transaction() as tx:
        assert tx.holds.add(more, LIMIT) is None
        assert tx.holds.add(replace(more, id=uuid4(), held_by="SE1"), LIMIT) == []
    with database.transaction() as tx:
        tx.holds.end(hold.id)
    with database.transaction() as tx:
        assert tx.holds.add(more, LIMIT) == []


def test_a_hold_takes_the_place_of_its_holders_other_one_for_the_activity_alone(database):
    activity, other = added(database), added(database)
    long_over = held(database, activity.id, expires_at=now() - timedelta(hours=1), key="over")
    before = held(database, activity.id)
    beside = held(database, other.id)
    theirs = held(database, activity.id, held_by="SE1")
    after = replace(before, id=uuid4(), key="after", start=before.start + timedelta(hours=1))

    with database.transaction() as tx:
        assert tx.holds.add(after, 2) == [before.key]

    with database.reading() as tx:
        mine = tx.activities.held_by(PRESCRIBER.hsa_id, UNIT)
        assert [(of.id, hold) for of, hold in mine] == [(other.id, beside), (activity.id, after)]
        assert tx.activities.get_held(activity.id, PRESCRIBER.hsa_id)[1] == after
        assert tx.activities.get_held(activity.id, "SE1")[1] == theirs
        assert tx.activities.get_held(activity.id, "SE2")[1] is None
        assert tx.activities.get_held(uuid4(), "SE1") == (None, None)
        assert tx.activities.holding(long_over.id)[1].expires_at == long_over.expires_at


def test_a_hold_that_is_being_booked_is_left_alone(database):
    activity = added(database)
    first = held(database, activity.id)
    attempted(database, activity.id, first)

    with database.transaction() as tx:
        assert tx.holds.add(replace(first, id=uuid4(), key="after"), LIMIT) == []
    with database.reading() as tx:
        assert tx.activities.holding(first.id)[1] == first


def test_what_is_held_of_another_unit_is_not_found(database):
    held(database, added(database, unit="SE-U9").id)
    mine = held(database, added(database).id)

    with database.reading() as tx:
        [(_, found)] = tx.activities.held_by(PRESCRIBER.hsa_id, UNIT)
    assert found == mine


def test_a_hold_that_is_not_kept_ends_no_other(database):
    activity = added(database)
    before = held(database, activity.id)
    held(database, added(database).id)

    with database.transaction() as tx:
        assert tx.holds.add(replace(before, id=uuid4(), key="after"), 1) is None

    with database.reading() as tx:
        assert tx.activities.holding(before.id)[1] == before


def test_the_same_hold_twice_is_a_conflict(database):
    hold = held(database, added(database).id)

    with pytest.raises(Conflict), database.transaction() as tx:
        tx.holds.add(hold, LIMIT)


def test_holds_that_were_over_long_ago_are_forgotten(database):
    activity = added(database)
    old = held(database, activity.id, expires_at=now() - timedelta(days=2))
    new = held(database, activity.id, expires_at=now() - timedelta(hours=2))

    with database.transaction() as tx:
        assert tx.holds.prune(timedelta(days=1)) == 1

    with database.reading() as tx:
        assert tx.activities.holding(old.id) is None
        assert tx.activities.holding(new.id)


def test_a_booking_is_read_with_its_activity(database):
    activity = added(database)
    hold = held(database, activity.id)

    saved = booked(database, activity.id, hold)

    assert same(get(database, activity.id), saved)
    with database.reading() as tx:
        assert same(tx.activities.having(saved.current.id), saved)
        assert tx.activities.having(uuid4()) is None
        assert tx.activities.holding(hold.id)[1].expires_at <= now()  # over


def test_a_stale_activity_is_not_saved(database):
    activity = added(database)
    hold = held(database, activity.id)
    mine, theirs = attempted(database, activity.id, hold), get(database, activity.id)
    with database.transaction() as tx:
        theirs.drop()
        tx.activities.save(theirs)

    mine.confirm(found(mine, hold), now())
    with pytest.raises(Conflict, match="changed_meanwhile"), database.transaction() as tx:
        tx.activities.save(mine)

    seen = get(database, activity.id)
    assert (seen.state, seen.booking) == ("registered", None)


def test_a_cancelled_booking_is_read_by_its_id_alone(database):
    activity = added(database)
    saved = booked(database, activity.id, held(database, activity.id))
    with database.transaction() as tx:
        saved.start_cancelling(saved.current.asked)
        saved.cancel(tx.now)
        tx.activities.save(saved)

    again = booked(database, activity.id, held(database, activity.id))

    assert get(database, activity.id).current.id == again.current.id
    with database.reading() as tx:
        assert tx.activities.having(saved.current.id).current.state == "cancelled"


def test_pages_are_ordered_by_when_the_activities_close(database):
    later = added(database, due_at=now() + timedelta(days=2))
    sooner = added(database, due_at=now() + timedelta(days=1), work_order_number="1042002")
    old = added(database, registered_at=now() - timedelta(days=9))
    booked(database, old.id, held(database, old.id))
    new = added(database)
    booked(database, new.id, held(database, new.id))
    added(database, unit="SE2321000131-U999")

    with database.reading() as tx:
        everything = [one.id for one in tx.activities.page(UNIT, None, 0, 10)]
        booked_ones = [one.id for one in tx.activities.page(UNIT, "booked", 0, 10)]
        middle = [one.id for one in tx.activities.page(UNIT, None, 1, 2)]
        sought = [one.id for one in tx.activities.page(UNIT, None, 0, 9, "1042002")]
        strange = tx.activities.page("SE2321000131-U999", None, 0, 9, "1042002")

        ways = ("-closes_at", "work_order_number", "-work_order_number", "registered_at")
        first = {way: tx.activities.page(UNIT, None, 0, 1, sort=way)[0].id for way in ways}

    assert first["-closes_at"] == later.id  # those without a window are last either way
    assert first["work_order_number"] == new.id  # of the same number, the newest
    assert first["-work_order_number"] == sooner.id
    assert first["registered_at"] == old.id
    assert everything == [sooner.id, later.id, new.id, old.id]
    assert booked_ones == [new.id, old.id]
    assert middle == [later.id, new.id]
    assert (sought, strange) == ([sooner.id], [])


def test_what_is_overdue_is_closed_with_its_cause(database):
    overdue = added(database, due_at=now() - timedelta(seconds=1))
    in_time = added(database)

    with database.transaction() as tx:
        assert tx.activities.close_overdue(NOTICE, 10) == 1
        assert tx.activities.close_overdue(NOTICE, 10) == 0

    seen = get(database, overdue.id)
    assert (seen.state, seen.cause, seen.version) == ("closed", "not_booked", 2)
    assert get(database, in_time.id).state == "registered"


def test_so_many_are_closed_at_most_the_oldest_first(database):
    ids = [added(database, due_at=now() - timedelta(hours=hours)).id for hours in (1, 3, 2)]

    with database.transaction() as tx:
        assert tx.activities.close_overdue(NOTICE, 2) == 2

    assert [get(database, one).state for one in ids] == ["registered", "closed", "closed"]


def test_what_is_being_booked_or_booked_is_not_closed(database):
    for state in (attempted, booked):
        activity = added(database, due_at=now() - timedelta(seconds=1))
        state(database, activity.id, held(database, activity.id))

    with database.transaction() as tx:
        assert tx.activities.close_overdue(NOTICE, 10) == 0


def test_an_attempt_without_outcome_is_unsettled_after_a_while(database):
    waiting, done = added(database), added(database)
    attempted(database, waiting.id, held(database, waiting.id))
    booked(database, done.id, held(database, done.id))

    with database.reading() as tx:
        assert tx.activities.unsettled(timedelta(minutes=1), 10) == []
        old = tx.activities.unsettled(timedelta(minutes=-1), 10)

    assert [one.id for one in old] == [waiting.id]


@pytest.mark.rule("B-14")
def test_each_part_of_a_visit_names_the_other_while_both_are(database):
    parts = [added(database, work_order_number=number) for number in ("1042001", "1042002")]
    start = now() + timedelta(days=2)
    half = timedelta(minutes=30)
    holds = [
        held(database, one.id, start=begin, end=begin + half)
        for one, begin in zip(parts, (start, start + half), strict=True)
    ]
    with database.transaction() as tx:
        first, second = (tx.activities.holding(hold.id)[0] for hold in holds)
        asked = Asked(uuid4(), b"\x00" * 32, PRESCRIBER.hsa_id, tx.now)
        triples = [(first, holds[0], "1042001"), (second, holds[1], "1042002")]
        assert attempt_visit(triples, "+46701740605", asked)
        tx.activities.save(first)
        tx.activities.save(second)

    with database.reading() as tx:
        visit = tx.activities.of_visit(first.current.visit_id)
    assert [one.current.together_with for one in visit] == ["1042002", "1042001"]
    assert same(get(database, first.id), first)

    with database.transaction() as tx:
        first.drop()
        tx.activities.save(first)
    assert get(database, second.id).current.together_with is None
