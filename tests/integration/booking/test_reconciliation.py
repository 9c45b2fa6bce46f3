"""What ordering, booking and the scheduler say of one another: booking on PostgreSQL, the scheduler
over HTTP."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from services.booking.reconciliation.model import WorkOrder

pytestmark = pytest.mark.rule("B-16")
HOUR = timedelta(hours=1)


def test_where_all_say_the_same_nothing_is_listed(three):
    three.one_booked()
    three.one_open()
    three.cancel(three.one_booked()["booking_id"])

    assert three.differences() == []


def test_a_booking_that_staff_have_cancelled_is_left_to_the_operator(three):
    booked = three.one_booked()
    three.scheduler.cancel(three.scheduler_id(booked))

    assert three.differences() == [("cancelled_in_scheduler", False)]

    (found,) = three.listed()
    assert found["work_order_number"] == booked["work_order_number"]
    assert found["booking_says"].startswith("booked, ")
    assert found["scheduler_says"].startswith("cancelled, ")
    assert three.activity(booked["activity_id"])["state"] == "booked"


def test_a_booking_that_the_scheduler_does_not_have_is_listed(three, running_scheduler):
    three.one_booked()
    running_scheduler.forget_bookings()

    assert three.differences() == [("missing_in_scheduler", False)]
    assert three.listed()[0]["scheduler_says"] is None


def test_a_booking_that_staff_have_moved_is_listed_and_stands_where_it_is(three):
    booked = three.one_booked()
    old = three.scheduler.get(three.scheduler_id(booked))
    moved = three.scheduler.rebook(old, start=three.starts.pop(0))

    found = three.differences()

    assert set(found) == {("cancelled_in_scheduler", False), ("moved_in_scheduler", False)}
    assert not three.scheduler.get(moved.id).cancelled


def test_another_time_under_the_same_id_is_a_move(three, running_scheduler):
    booked = three.one_booked()
    with running_scheduler.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE bookings SET starts_at = starts_at + interval '5 minutes'"
        )

    assert three.differences() == [("moved_in_scheduler", False)]
    assert three.activity(booked["activity_id"])["booking"] == booked


def test_what_is_booked_there_for_an_activity_that_is_not_booked_is_cancelled(three):
    orphan = three.scheduled(str(three.one_open()))

    assert three.differences() == [("only_in_scheduler", True)]

    assert three.scheduler.get(orphan.id).cancelled
    assert three.differences() == []
    assert [one["gone_at"] is not None for one in three.listed(state="all")] == [True]


def test_what_is_booked_for_an_activity_that_nobody_knows_is_left_to_the_operator(three):
    orphan = three.scheduled(str(uuid4()))

    assert three.differences() == [("only_in_scheduler", False)]
    assert not three.scheduler.get(orphan.id).cancelled


def test_what_is_not_ours_is_never_touched_nor_listed(three):
    foreign = [three.scheduled("") for _ in range(2)] + [three.scheduled("a course of theirs")]

    assert three.differences() == []
    assert not any(three.scheduler.get(one.id).cancelled for one in foreign)


def test_what_ordering_has_not_heard_is_told_again(three):
    booked = three.one_booked()
    opened = three.one_booked()
    three.cancel(opened["booking_id"])
    ids = [UUID(one["activity_id"]) for one in (booked, opened)]
    three.ordering.changed[ids[0]] = {"state": "open", "booked_start": None}
    three.ordering.changed[ids[1]] = {"state": "booked"}

    assert three.differences() == [("state_in_ordering", True)] * 2

    assert three.told_of(ids[0]) == ["booked"] * 2
    assert three.told_of(ids[1]) == ["booked", "cancelled", "cancelled"]


def test_a_work_order_with_another_time_differs(three):
    booked = three.one_booked()
    moved = three.rebook(booked["booking_id"], three.starts.pop(0))
    old = {"booked_start": datetime.fromisoformat(booked["start"])}
    three.ordering.changed[UUID(moved["activity_id"])] = old

    assert three.differences() == [("state_in_ordering", True)]
    assert three.told_of(moved["activity_id"]) == ["booked", "rebooked", "rebooked"]


def test_a_closing_is_told_again(three):
    activity_id = three.one_open()
    three.tables.do("UPDATE activities SET due_at = now() - interval '1 second'")
    three.sweep()
    three.ordering.changed[activity_id] = {"state": "open", "cause": None}

    assert three.differences() == [("state_in_ordering", True)]
    assert three.told_of(activity_id) == ["closed", "closed"]


def test_what_was_told_again_in_vain_is_not_told_for_ever(three):
    activity_id = three.one_booked()["activity_id"]
    three.ordering.changed[UUID(activity_id)] = {"state": "open", "booked_start": None}

    for _ in range(3):
        three.differences()

    assert three.told_of(activity_id) == ["booked"] * 2
    assert len(three.listed()) == 1


def test_an_activity_without_a_work_order_and_one_the_other_way_round(three):
    three.ordering.unheard.add(three.one_open())
    number = str(next(three.numbers))
    unknown = WorkOrder(
        work_order_number=number, activity_id=uuid4(), state="open", cause=None, booked_start=None
    )
    three.ordering.more.append(unknown)

    assert sorted(three.differences()) == [
        ("unknown_to_booking", False),
        ("unknown_to_ordering", False),
    ]


def test_what_is_in_flight_is_no_difference(three, monkeypatch):
    booked = three.one_booked()
    three.tables.do("UPDATE bookings SET state = 'cancelling'")
    three.scheduler.cancel(three.scheduler_id(booked))
    three.ordering.changed[UUID(booked["activity_id"])] = {"state": "open"}

    assert three.differences() == []


def test_what_is_gone_at_the_second_look_was_on_its_way(three):
    booked = three.one_booked()
    activity_id = UUID(booked["activity_id"])
    three.ordering.changed[activity_id] = {"state": "open", "booked_start": None}

    assert three.differences(HOUR) == []
    three.ordering.changed.clear()
    three.tables.do("UPDATE reconciliations SET due_at = now()")
    three.reconciling(HOUR).run()

    assert three.listed(state="all") == []
    assert three.told_of(activity_id) == ["booked"]


def test_what_differs_counts_only_after_a_while(three):
    run_id = three.start()
    three.scheduler.cancel(three.scheduler_id(three.one_booked()))
    three.reconciling(HOUR).run()
    assert (three.listed(), three.shown(run_id)["finished_at"]) == ([], None)

    three.tables.do("UPDATE reconciliations SET due_at = now()")
    three.tables.do("UPDATE differences SET first_seen = first_seen - interval '2 hours'")
    three.reconciling(HOUR).run()

    assert len(three.listed()) == 1
    assert three.shown(run_id)["finished_at"] is not None
    assert three.shown(run_id)["differences"] == 1
