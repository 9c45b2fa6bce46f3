"""The activity and its clock."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from contracts.errors import Conflict, NotFound
from services.booking import use_cases
from services.booking.window import Window
from tests.unit.booking.world import START, STRANGER, World


@pytest.mark.rule("B-5")
def test_a_registered_consultation_becomes_an_open_activity(world):
    activity_id = world.register()

    seen = world.activity(activity_id)
    assert (seen["state"], seen["work_order_number"]) == ("registered", "1042001")
    assert seen["closes_at"] == "2026-05-24T06:00:00+00:00"
    assert seen["booking"] is None


def test_the_same_event_again_changes_nothing(world):
    activity_id = world.register()
    world.book(world.hold(activity_id))

    world.clock.advance(timedelta(days=1))
    world.register(activity_id)

    assert world.activity(activity_id)["state"] == "booked"
    assert world.activity(activity_id)["registered_at"] == START.isoformat()


@pytest.mark.rule("B-6")
def test_an_activity_without_a_booking_is_closed_when_its_window_ends(world):
    activity_id = world.register()

    world.clock.advance(timedelta(days=3, microseconds=-1))
    assert world.sweep() == 0
    world.clock.advance(timedelta(microseconds=1))
    assert world.sweep() == 1

    seen = world.activity(activity_id)
    assert (seen["state"], seen["cause"], seen["closes_at"]) == ("closed", "not_booked", None)


@pytest.mark.rule("B-6")
def test_closing_is_told_and_mailed_once(world):
    world.register()
    world.clock.advance(timedelta(days=4))

    world.sweep()
    world.sweep()

    assert len(world.told("ActivityClosed")) == 1
    assert [mail["recipient"] for mail in world.store.mails] == ["SE2321000131-P001"]


@pytest.mark.rule("B-6")
def test_what_was_registered_long_ago_is_closed_at_the_next_sweep(world):
    activity_id = world.register(registered_at=START - timedelta(days=30))

    world.sweep()

    assert world.activity(activity_id)["state"] == "closed"


def test_a_booked_activity_is_not_closed(world):
    booked = world.booked()
    world.clock.advance(timedelta(days=30))

    assert world.sweep() == 0
    assert world.activity(booked["activity_id"])["state"] == "booked"


def test_a_closed_activity_can_not_be_booked(world):
    activity_id = world.register()
    world.clock.advance(timedelta(days=3))
    world.sweep()

    with pytest.raises(Conflict, match=r"booking\.activity\.closed") as refused:
        world.hold(activity_id)

    assert refused.value.params == {"window": "3 dagar"}


@pytest.mark.rule("X-5")
@pytest.mark.parametrize(
    ("window", "registered", "due", "rule"),
    [
        ("3 days", "2026-05-21T06:00", "2026-05-24T06:00", "3 dagar"),
        ("3 days", "2026-03-27T09:00", "2026-03-30T08:00", "3 dagar"),  # 71 hours
        ("3 days", "2026-10-23T08:00", "2026-10-26T09:00", "3 dagar"),  # 73 hours
        ("3 working days", "2026-05-21T06:00", "2026-05-26T06:00", "3 arbetsdagar"),
        ("1 working day", "2026-06-18T06:00", "2026-06-22T06:00", "1 arbetsdag"),  # Midsummer
        ("1 day", "2026-05-21T06:00", "2026-05-22T06:00", "1 dag"),
        ("72 hours", "2026-03-27T09:00", "2026-03-30T09:00", "72 timmar"),
        ("20 seconds", "2026-05-21T06:00", "2026-05-21T06:00:20", "20 sekunder"),
    ],
)
def test_a_window_ends_by_its_rule(window, registered, due, rule):
    window = Window.parse(window)

    assert window.end_after(_utc(registered)) == _utc(due)
    assert window.rule == rule


@pytest.mark.parametrize("text", ["", "3", "0 days", "-1 days", "3 weeks", "three days"])
def test_a_window_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match="3 working days"):
        Window.parse(text)


@pytest.mark.rule("X-5")
def test_a_changed_setting_does_not_move_windows_that_run(world):
    activity_id = world.register()

    world.window = Window.parse("1 day")
    world.clock.advance(timedelta(days=2))

    assert world.sweep() == 0
    assert world.activity(activity_id)["closes_at"] == "2026-05-24T06:00:00+00:00"


def test_activities_of_another_unit_do_not_exist(world):
    activity_id = world.register()
    booking_id = world.book(world.hold(activity_id))["booking_id"]
    world.acting(STRANGER)

    with pytest.raises(NotFound):
        world.activity(activity_id)
    with pytest.raises(NotFound):
        world.cancel(booking_id)
    with pytest.raises(NotFound):
        world.hold(activity_id)
    with world.database.reading() as tx, pytest.raises(NotFound):
        use_cases.get_booking(tx, uuid4())
    with world.database.reading() as tx:
        assert use_cases.list_activities(tx, limit=10, page=1) == ([], False)


def test_activities_are_listed_by_when_they_close(world):
    last = world.register()
    first = world.register(registered_at=START - timedelta(days=1))
    booked = world.register()
    world.book(world.hold(booked))

    with world.database.reading() as tx:
        found, more = use_cases.list_activities(tx, limit=2, page=1)
        rest, no_more = use_cases.list_activities(tx, limit=2, page=2)

    assert ([one.id for one in found], more) == ([first, last], True)
    assert ([one.id for one in rest], no_more) == ([booked], False)


def test_activities_are_listed_as_they_are_asked_for(world):
    late, early = world.register(), world.register(registered_at=START - timedelta(days=1))

    with world.database.reading() as tx:

        def listed(sort):
            found, _ = use_cases.list_activities(tx, limit=9, page=1, sort=sort)
            return [one.id for one in found]

        assert listed("closes_at") == listed("registered_at") == [early, late]
        assert listed("-registered_at") == [late, early]
        assert set(listed("work_order_number")) == {early, late}


def test_the_sweep_leaves_what_is_being_booked():
    world = World(window=Window.parse("20 seconds"))
    activity_id = world.register()
    hold_id = world.hold(activity_id)

    def overdue():
        world.clock.advance(timedelta(seconds=30))
        assert world.sweep() == 0

    world.scheduler.meanwhile.append(overdue)
    world.book(hold_id)

    assert world.activity(activity_id)["state"] == "booked"


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
