"""How many statements each use case sends, whatever the number of rows."""

import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from chassis.clock import SystemClock
from chassis.context import Context
from chassis.database import WorkerDatabase
from contracts.errors import TimedOut, Unavailable
from contracts.ordering import ConsultationRequestedV1
from services.booking import clock, use_cases, views
from services.booking.repository import BookingTransaction
from tests.integration.booking.database import BookingDatabase
from tests.unit.booking.fakes import LOST, InMemoryScheduler
from tests.unit.booking.world import PRESCRIBER, PROPOSALS, World, book_command, visit_command


class RealWorld(World):
    """The same, on PostgreSQL; each statement is counted."""

    def __init__(self, booking_database: BookingDatabase) -> None:
        super().__init__(clock=SystemClock())
        self.database = booking_database.of(PRESCRIBER)
        pool = booking_database.engine.pool
        self.scheduler = InMemoryScheduler(self.clock, asked=lambda: self._check(pool))
        self.counted = booking_database.statements

    @staticmethod
    def _check(pool) -> None:
        assert pool.checkedout() == 0, "a connection is held while the scheduler is asked"

    def count(self, work):
        """What `work` answers, and how many statements it took."""
        self.counted.clear()
        return work(), len(self.counted)


@pytest.fixture
def world(booking_database):
    return RealWorld(booking_database)


@pytest.fixture
def start(world):
    return world.scheduler.free_times(1, 11, None, None)[0].start


def test_booking_takes_four_statements(world, start):
    hold_id = world.hold(world.register(), start)

    booked, count = world.count(lambda: world.book(hold_id))

    assert booked["state"] == "booked"
    assert count == 4


@pytest.mark.rule("B-14")
def test_booking_two_in_one_visit_takes_seven_statements(world, start):
    command = visit_command(*world.hold_two(start))

    booked, count = world.count(lambda: world.send("book_time", command))

    assert booked["together_with"] == "1042002"
    assert count == 7
    assert world.activity(booked["activity_id"])["booking"] == booked


def test_booking_again_is_answered_from_what_is_kept(world, start):
    command = book_command(world.hold(world.register(), start))
    first = world.send("book_time", command)

    again, count = world.count(lambda: world.send("book_time", command))

    assert again == first
    assert count == 2


def test_holding_takes_five_statements_and_a_taken_time_three(world, start):
    world.scheduler.consultants_there = (101,)
    activity_id, other_id = world.register(), world.register()

    _, count = world.count(lambda: world.hold(activity_id, start))
    assert count == 5

    with pytest.raises(Exception, match="taken"):
        world.count(lambda: world.hold(other_id, start))
    assert len(world.counted) == 3


def test_cancelling_takes_four_statements(world, start):
    booking_id = world.booked(start)["booking_id"]

    cancelled, count = world.count(lambda: world.cancel(booking_id))

    assert cancelled["state"] == "cancelled"
    assert count == 4


def test_moving_takes_five_statements(world, start):
    booking_id = world.booked(start)["booking_id"]

    moved, count = world.count(lambda: world.rebook(booking_id, start + timedelta(hours=1)))

    assert moved["rebookings"] == 1
    assert count == 5


@pytest.mark.parametrize("rows", [1, 12])
def test_a_list_takes_one_statement_with_its_bookings(world, start, rows):
    world.scheduler.consultants_there = tuple(range(rows))
    for _ in range(rows):
        world.booked(start)

    def list_them():
        with world.database.reading() as tx:
            found, _ = use_cases.list_activities(tx, limit=100, page=1)
            return [views.activity(one)["booking"]["state"] for one in found]

    states, count = world.count(list_them)

    assert (states, count) == (["booked"] * rows, 1)


def test_an_event_that_comes_twice_has_one_effect(world, booking_database):
    event = ConsultationRequestedV1.read(
        {
            "activity_id": str(uuid4()),
            "work_order_number": "1042001",
            "customer_number": "4711",
            "unit": PRESCRIBER.unit,
            "principal": PRESCRIBER.principal,
            "prescriber": PRESCRIBER.hsa_id,
            "registered_at": "2026-05-21T06:00:00+00:00",
        }
    )
    event_id = UUID(int=1)

    def handle():
        with world.database.transaction() as tx:
            if tx.is_first("open_activity", event_id):
                clock.open_activity(tx, event, world.windows, PROPOSALS)

    _, first = world.count(handle)
    _, second = world.count(handle)

    assert (first, second) == (2, 1)
    assert booking_database.value("SELECT count(*) FROM activities") == 1
    assert world.activity(event["activity_id"])["closes_at"] == "2026-05-24T06:00:00+00:00"


def test_what_the_scheduler_has_booked_is_written_even_when_nobody_waits_any_more(
    world, start, booking_database, time_machine
):
    command = book_command(world.hold(world.register(), start))
    time_machine.move_to(time.time())
    context = Context(PRESCRIBER, deadline=time.time() + 5)
    world.database = WorkerDatabase(booking_database.engine, BookingTransaction, context)
    world.scheduler.meanwhile.append(lambda: time_machine.shift(60))

    booked = world.send("book_time", command)

    assert booked["state"] == "booked"
    with pytest.raises(TimedOut):  # but nothing is begun for one who has given up
        world.cancel(booked["booking_id"])


def test_an_outcome_that_was_not_known_is_reconciled(world, start, booking_database):
    command = book_command(world.hold(world.register(), start))
    world.scheduler.trouble = [("after", LOST)]
    with pytest.raises(Unavailable):
        world.send("book_time", command)

    assert world.reconcile() == []
    booking_database.do("UPDATE bookings SET asked_at = now() - interval '2 minutes'")
    ((activity, error),) = world.reconcile()

    assert (activity.state, error) == ("booked", None)
    assert world.send("book_time", command) == views.booking(activity)
