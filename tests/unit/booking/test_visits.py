"""Two work orders in one visit: both are booked, or neither is."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from contracts.errors import Conflict, NotFound, Unavailable
from services.booking import use_cases
from services.booking.schedule import HoldExpired, SchedulerRefused
from tests.unit.booking.fakes import DOWN, LOST, Killed
from tests.unit.booking.world import (
    AGE,
    COLLEAGUE,
    SLOT,
    START,
    book_command,
    rebook_command,
    visit_command,
)

pytestmark = pytest.mark.rule("B-14")
SECOND = SLOT + timedelta(minutes=45)


def states(world):
    return sorted(one.state.value for one in world.store.activities.values())


def test_two_work_orders_are_booked_in_one_visit(world):
    booked = world.booked_two()

    first, second = (one.start for one in world.scheduler.standing())
    assert (first, second) == (SLOT, SECOND)
    assert (booked["start"], booked["together_with"]) == (SLOT.isoformat(), "1042002")
    assert states(world) == ["booked", "booked"]
    assert len(world.told("ActivityBooked")) == 2
    other = other_part(world, booked)
    assert (other["visit_id"], other["together_with"]) == (booked["visit_id"], "1042001")


@pytest.mark.rule("B-11")
def test_each_part_is_confirmed_with_a_calendar_entry_that_names_the_other(world):
    world.booked_two()

    first, second = world.store.mails
    assert "Samma besök: arbetsorder 1042002" in first["body"]
    assert "Samma besök: arbetsorder 1042001" in second["body"]
    assert first["calendar"] != second["calendar"]


def test_the_answer_is_the_earlier_part_whichever_is_named_first(world):
    first, second = world.hold_two()

    command = visit_command(second, first, work_order_number="1042002")
    command["together_with"]["work_order_number"] = "1042001"

    assert world.send("book_time", command)["start"] == SLOT.isoformat()


def test_times_are_offered_that_are_long_enough_for_both(world):
    (time,), _ = use_cases.list_free_times(
        world.scheduler,
        world.scheduler,
        place_id=1,
        service_product_id=11,
        first_day=START.date(),
        last_day=START.date(),
        other_service_product_id=11,
    )

    assert time.other_start - time.start == timedelta(minutes=45)


def test_times_for_two_are_refused_when_the_place_does_not_have_both(world):
    days = {"first_day": START.date(), "last_day": START.date()}
    world.scheduler.free_times = lambda *_: []  # as one that lets the unknown one be

    with pytest.raises(NotFound) as refusal:
        use_cases.list_free_times(
            world.scheduler,
            world.scheduler,
            place_id=1,
            service_product_id=11,
            other_service_product_id=99,
            **days,
        )

    assert refusal.value.code == "booking.service_product.unknown"


@pytest.mark.parametrize(
    "other",
    [
        {"start": SLOT + timedelta(hours=3)},
        {"start": SLOT},
        {"start": SECOND, "consultant_id": 102},
    ],
    ids=["later", "at the same time", "another consultant"],
)
def test_two_times_that_are_not_one_visit_are_refused(world, other):
    first = world.hold(world.register(), consultant_id=101)
    activity_id = world.register(work_order_number="1042002")
    second = world.hold(activity_id, **({"consultant_id": None} | other))

    with pytest.raises(Conflict, match=r"booking\.visit\.apart"):
        world.send("book_time", visit_command(first, second))

    assert states(world) == ["registered", "registered"]
    assert not world.scheduler.standing()


def test_a_work_order_is_not_its_own_company(world):
    activity_id = world.register()
    holds = [world.hold(activity_id, start, consultant_id=101) for start in (SLOT, SECOND)]

    with pytest.raises(Conflict, match=r"booking\.visit\.of_one"):
        world.send("book_time", visit_command(*holds))


def test_when_one_of_the_two_is_not_open_neither_is_booked(world):
    first, second = world.hold_two()
    world.book(second, work_order_number="1042002")

    with pytest.raises(Conflict, match=r"booking\.activity\.booked"):
        world.send("book_time", visit_command(first, second))

    assert states(world) == ["booked", "registered"]


def test_the_other_work_order_must_be_stated_as_it_is(world):
    command = visit_command(*world.hold_two())
    command["together_with"]["work_order_number"] = "1042999"

    with pytest.raises(Conflict, match=r"booking\.work_order\.not_open"):
        world.send("book_time", command)

    assert states(world) == ["registered", "registered"]


def test_the_hold_of_a_colleague_is_not_found(world):
    first, _ = world.hold_two()
    world.acting(COLLEAGUE)
    _, theirs = world.hold_two(SLOT + timedelta(hours=2))

    with pytest.raises(NotFound):
        world.send("book_time", visit_command(first, theirs))


@pytest.mark.parametrize("call", [0, 1])
@pytest.mark.parametrize("error", [HoldExpired(), SchedulerRefused("http_400")])
def test_when_the_scheduler_refuses_one_neither_is_booked(world, call, error):
    command = visit_command(*world.hold_two())
    world.scheduler.trouble = [None] * call + [("before", error)]

    with pytest.raises(Conflict):
        world.send("book_time", command)

    assert states(world) == ["registered", "registered"]
    assert not world.scheduler.standing()
    assert not world.store.mails


@pytest.mark.parametrize("call", [0, 1])
@pytest.mark.parametrize("error", [LOST, DOWN])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("settled_by", ["repeating", "reconciling"])
def test_a_lost_answer_ends_in_both_or_neither(world, call, error, moment, settled_by):
    command = visit_command(*world.hold_two())
    world.scheduler.trouble = [None] * call + [(moment, error)]
    with pytest.raises(Unavailable):
        world.send("book_time", command)

    if settled_by == "repeating":
        world.send("book_time", command)
    else:
        world.clock.advance(AGE + timedelta(seconds=1))
        world.reconcile()

    check_both_or_neither(world)


@pytest.mark.parametrize("commit", [1, 2])
@pytest.mark.parametrize("settled_by", ["repeating", "reconciling"])
def test_killed_at_any_commit_there_are_both_or_neither(world, commit, settled_by):
    command = visit_command(*world.hold_two())
    world.database.kill_before_commit = commit
    with pytest.raises(Killed):
        world.send("book_time", command)

    if settled_by == "repeating":
        world.send("book_time", command)
    world.clock.advance(AGE + timedelta(seconds=1))
    world.reconcile()

    check_both_or_neither(world)


@pytest.mark.parametrize("call", [0, 1])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_the_scheduler_is_asked_there_are_both_or_neither(world, call, moment):
    command = visit_command(*world.hold_two())
    world.scheduler.trouble = [None] * call + [(moment, Killed())]
    with pytest.raises(Killed):
        world.send("book_time", command)

    world.clock.advance(AGE + timedelta(seconds=1))
    world.reconcile()

    check_both_or_neither(world)
    assert (len(world.scheduler.standing()) == 2) == ((call, moment) == (1, "after"))


def test_the_same_command_again_books_once(world):
    command = visit_command(*world.hold_two())

    first = world.send("book_time", command)

    assert world.send("book_time", command) == first
    assert len(world.scheduler.standing()) == 2
    with pytest.raises(Conflict, match=r"command\.key_reused"):
        world.send("book_time", book_command(command["hold_id"], command_id=command["command_id"]))


@pytest.mark.rule("B-12")
def test_one_part_is_cancelled_and_the_other_keeps_its_time(world):
    booked = world.booked_two()

    cancelled = world.cancel(booked["booking_id"])

    (standing,) = world.scheduler.standing()
    assert standing.start == SECOND
    assert (cancelled["state"], cancelled["together_with"]) == ("cancelled", None)
    assert other_part(world, booked)["together_with"] is None
    assert states(world) == ["booked", "registered"]


@pytest.mark.rule("B-12")
def test_the_whole_visit_is_cancelled_by_either_part(world):
    other = other_part(world, world.booked_two())

    cancelled = world.cancel(other["booking_id"], whole_visit=True)

    assert (cancelled["booking_id"], cancelled["state"]) == (other["booking_id"], "cancelled")
    assert states(world) == ["registered", "registered"]
    assert not world.scheduler.standing()
    assert len(world.told("ActivityCancelled")) == 2


@pytest.mark.parametrize("trouble", [("before", DOWN), ("after", LOST), ("after", Killed())])
@pytest.mark.parametrize("call", [0, 1])
def test_a_whole_visit_once_begun_to_be_cancelled_is_cancelled_whole(world, call, trouble):
    command = {"command_id": uuid4(), "whole_visit": True}
    command["booking_id"] = UUID(world.booked_two()["booking_id"])
    world.scheduler.trouble = [None] * call + [trouble]
    with pytest.raises((Unavailable, Killed)):
        world.send("cancel_booking", command)

    world.clock.advance(AGE + timedelta(seconds=1))
    world.reconcile()

    assert states(world) == ["registered", "registered"]
    assert not world.scheduler.standing()
    assert world.send("cancel_booking", command)["state"] == "cancelled"


def test_a_booking_by_itself_is_a_whole_visit(world):
    cancelled = world.cancel(world.booked()["booking_id"], whole_visit=True)

    assert cancelled["state"] == "cancelled"


@pytest.mark.rule("X-25")
def test_one_part_is_moved_and_the_other_keeps_its_time(world):
    booked = world.booked_two()

    moved = world.rebook(booked["booking_id"], SLOT + timedelta(hours=4))

    assert {one.start for one in world.scheduler.standing()} == {SLOT + timedelta(hours=4), SECOND}
    assert (moved["visit_id"], moved["together_with"]) == (None, None)
    assert other_part(world, booked)["together_with"] is None


FAR = SLOT + timedelta(hours=4)


def starts(world):
    return sorted(one.start - SLOT for one in world.scheduler.standing())


HERE = [timedelta(0), timedelta(minutes=45)]
THERE = [timedelta(hours=4), timedelta(hours=4, minutes=45)]


@pytest.mark.rule("X-25")
@pytest.mark.rule("B-12")
def test_the_whole_visit_is_moved_by_either_part(world):
    booked = world.booked_two()

    moved = world.rebook(booked["booking_id"], FAR, whole_visit=True)

    assert starts(world) == THERE
    assert (moved["booking_id"], moved["start"]) == (booked["booking_id"], FAR.isoformat())
    assert moved["together_with"] == "1042002"
    assert world.activity(booked["activity_id"])["booking"] == moved
    back = world.rebook(other_part(world, booked)["booking_id"], SECOND, whole_visit=True)
    assert (back["start"], starts(world)) == (SECOND.isoformat(), HERE)
    assert len(world.told("ActivityRebooked")) == 4


def test_when_the_second_new_time_is_taken_both_stay(world):
    booked = world.booked_two()
    for _ in range(2):
        world.booked(FAR + timedelta(minutes=45))

    with pytest.raises(Conflict, match=r"booking\.slot\.taken"):
        world.rebook(booked["booking_id"], FAR, whole_visit=True)

    assert starts(world)[:2] == HERE
    assert world.activity(booked["activity_id"])["booking"] == booked
    assert not world.told("ActivityRebooked")
    assert world.hold(world.register(), FAR)


MOVING = [("before", DOWN), ("after", LOST), ("before", Killed()), ("after", Killed())]


@pytest.mark.rule("X-25")
@pytest.mark.parametrize("trouble", MOVING)
@pytest.mark.parametrize("call", range(6))
@pytest.mark.parametrize("settled_by", ["repeating", "reconciling"])
@pytest.mark.parametrize("late", [False, True], ids=["at once", "when holds are over"])
def test_a_whole_visit_is_at_the_old_times_or_at_the_new(world, trouble, call, settled_by, late):
    booked = world.booked_two()
    command = rebook_command(UUID(booked["booking_id"]), FAR, whole_visit=True)
    world.scheduler.trouble = [None] * call + [trouble]
    with pytest.raises((Unavailable, Killed)):
        world.send("rebook_time", command)
    world.scheduler.trouble = []

    world.clock.advance(timedelta(minutes=11) if late else AGE + timedelta(seconds=1))
    if settled_by == "repeating":
        world.send("rebook_time", command)
    world.reconcile()

    assert starts(world) in (HERE, THERE)
    shown = [world.activity(one)["booking"] for one in world.store.activities]
    assert sorted(datetime.fromisoformat(one["start"]) - SLOT for one in shown) == starts(world)
    assert {one["together_with"] for one in shown} == {"1042001", "1042002"}


@pytest.mark.parametrize("commit", [1, 2])
def test_killed_at_any_commit_of_a_move_the_visit_stays_whole(world, commit):
    booked = world.booked_two()
    command = rebook_command(UUID(booked["booking_id"]), FAR, whole_visit=True)
    world.database.kill_before_commit = commit
    with pytest.raises(Killed):
        world.send("rebook_time", command)

    world.clock.advance(AGE + timedelta(seconds=1))
    world.reconcile()

    assert starts(world) == (THERE if commit == 2 else HERE)
    assert world.activity(booked["activity_id"])["booking"]["together_with"] == "1042002"


@pytest.mark.parametrize("call", [2, 3])
@pytest.mark.parametrize("code", ["http_400", "answer_unreadable"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_when_a_new_time_is_refused_both_stay(world, call, code, moment):
    booked = world.booked_two()
    world.scheduler.trouble = [None] * call + [(moment, SchedulerRefused(code))]

    with pytest.raises((Conflict, Unavailable)):
        world.rebook(booked["booking_id"], FAR, whole_visit=True)

    assert starts(world) == HERE
    assert world.activity(booked["activity_id"])["booking"] == booked


def other_part(world, booked):
    """The booking of the other work order."""
    (activity_id,) = (one for one in world.store.activities if str(one) != booked["activity_id"])
    return world.activity(activity_id)["booking"]


def check_both_or_neither(world):
    standing = len(world.scheduler.standing())
    assert standing in (0, 2)
    assert states(world) == ["booked" if standing else "registered"] * 2
    assert len(world.told("ActivityBooked")) == len(world.store.mails) == standing
