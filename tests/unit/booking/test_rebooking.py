"""Rebooking: the old time stands until the new one is had."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from contracts.errors import Conflict, Forbidden, NotFound, Unavailable
from services.booking.schedule import SchedulerRefused
from tests.unit.booking.fakes import DOWN, LOST, Killed
from tests.unit.booking.world import AGE, PRESCRIBER, SLOT, STRANGER, World, rebook_command

LATER = SLOT + timedelta(hours=1)


@pytest.mark.rule("B-12")
@pytest.mark.rule("X-25")
def test_a_booking_is_moved_and_stays_the_same_booking(world):
    booked = world.booked()

    moved = world.rebook(booked["booking_id"], LATER)

    assert moved["booking_id"] == booked["booking_id"]
    assert (moved["start"], moved["state"], moved["rebookings"]) == (LATER.isoformat(), "booked", 1)
    assert [one.start for one in world.scheduler.standing()] == [LATER]
    assert world.activity(booked["activity_id"])["booking"] == moved


def test_moving_is_told_with_its_cause(world):
    world.rebook(world.booked()["booking_id"], LATER)

    (told,) = world.told("ActivityRebooked")
    assert (told.start, told.cause) == (LATER, "patient_prevented")


@pytest.mark.rule("B-11")
def test_moving_changes_the_entry_that_is_in_the_calendar(world):
    world.rebook(world.booked()["booking_id"], LATER)

    first, second = (mail["calendar"].decode() for mail in world.store.mails)
    assert world.store.mails[1]["calendar_method"] == "REQUEST"
    assert _line(first, "UID") == _line(second, "UID")
    assert (_line(first, "SEQUENCE"), _line(second, "SEQUENCE")) == ("SEQUENCE:0", "SEQUENCE:1")
    assert "Den gamla tiden gäller inte längre" in world.store.mails[1]["body"]


@pytest.mark.rule("B-12")
def test_when_the_new_time_is_taken_the_old_one_stands(world):
    booked = world.booked()
    for _ in range(2):
        world.booked(LATER)

    with pytest.raises(Conflict, match=r"booking\.slot\.taken"):
        world.rebook(booked["booking_id"], LATER)

    assert world.activity(booked["activity_id"])["booking"] == booked
    assert len(world.scheduler.standing()) == 3


@pytest.mark.rule("B-12")
def test_a_booking_is_moved_so_many_times_at_most(world):
    booking_id = world.booked()["booking_id"]
    for hours in range(1, 4):
        world.rebook(booking_id, SLOT + timedelta(hours=hours))

    with pytest.raises(Conflict, match=r"booking\.booking\.rebooked_enough") as refused:
        world.rebook(booking_id, SLOT + timedelta(hours=4))

    assert refused.value.params == {"limit": 3}
    assert world.cancel(booking_id)["state"] == "cancelled"


def test_what_has_begun_or_lies_in_the_past_is_not_moved(world):
    booking_id = world.booked()["booking_id"]
    with pytest.raises(Conflict, match=r"booking\.slot\.past"):
        world.rebook(booking_id, world.clock.now())
    world.clock.set(SLOT)

    with pytest.raises(Conflict, match=r"booking\.booking\.state"):
        world.rebook(booking_id, LATER)


def test_what_is_cancelled_is_not_moved(world):
    booking_id = world.booked()["booking_id"]
    world.cancel(booking_id)

    with pytest.raises(Conflict, match=r"booking\.booking\.state"):
        world.rebook(booking_id, LATER)


def test_only_who_books_for_the_unit_moves(world):
    booking_id = world.booked()["booking_id"]

    with pytest.raises(NotFound):
        world.acting(STRANGER).rebook(booking_id, LATER)
    with pytest.raises(Forbidden):
        world.acting(type(PRESCRIBER)("SE1", "technician", PRESCRIBER.unit, "")).rebook(
            booking_id, LATER
        )


@pytest.mark.rule("X-25")
@pytest.mark.parametrize("error", [LOST, DOWN])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("settled_by", ["repeating", "reconciling"])
def test_a_lost_answer_ends_in_one_move(world, moment, error, settled_by):
    booked = world.booked()
    command = rebook_command(UUID(booked["booking_id"]), LATER)
    world.scheduler.trouble = [(moment, error)]
    with pytest.raises(Unavailable):
        world.send("rebook_time", command)
    assert world.activity(booked["activity_id"])["booking"] == booked  # not yet

    if settled_by == "reconciling":
        world.clock.advance(AGE + timedelta(seconds=1))
        world.reconcile()

    assert world.send("rebook_time", command)["start"] == LATER.isoformat()
    assert len(world.told("ActivityRebooked")) == 1
    assert [one.start for one in world.scheduler.standing()] == [LATER]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_answer_that_cannot_be_read_is_asked_for_again(world, moment):
    command = rebook_command(UUID(world.booked()["booking_id"]), LATER)
    world.scheduler.trouble = [(moment, SchedulerRefused("answer_unreadable"))]
    with pytest.raises(Unavailable):
        world.send("rebook_time", command)

    assert world.send("rebook_time", command)["start"] == LATER.isoformat()


@pytest.mark.rule("X-25")
@pytest.mark.parametrize("commit", [1, 2])
@pytest.mark.parametrize("settled_by", ["repeating", "reconciling"])
def test_killed_at_any_commit_there_is_the_old_time_or_the_new(world, commit, settled_by):
    booked = world.booked()
    command = rebook_command(UUID(booked["booking_id"]), LATER)
    world.database.kill_before_commit = commit
    with pytest.raises(Killed):
        world.send("rebook_time", command)

    assert len(world.scheduler.standing()) == 1
    if settled_by == "repeating":
        world.send("rebook_time", command)
    world.clock.advance(AGE + timedelta(seconds=1))
    world.reconcile()

    (standing,) = world.scheduler.standing()
    seen = world.activity(booked["activity_id"])["booking"]
    assert seen["start"] == standing.start.isoformat()


def test_while_it_is_being_moved_it_is_not_cancelled(world):
    booking_id = world.booked()["booking_id"]
    world.scheduler.trouble = [("before", DOWN)]
    with pytest.raises(Unavailable):
        world.rebook(booking_id, LATER)

    with pytest.raises(Conflict, match=r"booking\.booking\.state"):
        world.cancel(booking_id)


def test_what_staff_have_moved_themselves_is_not_moved_over(world):
    booked = world.booked()
    world.scheduler.booked.clear()

    with pytest.raises(Conflict, match="changed_meanwhile"):
        world.rebook(booked["booking_id"], LATER)

    assert world.activity(booked["activity_id"])["booking"] == booked


def test_the_same_command_again_moves_once(world):
    booking_id, command_id = world.booked()["booking_id"], uuid4()

    first = world.rebook(booking_id, LATER, command_id=command_id)

    assert world.rebook(booking_id, LATER, command_id=command_id) == first
    assert len(world.told("ActivityRebooked")) == 1
    with pytest.raises(Conflict, match=r"command\.key_reused"):
        world.rebook(booking_id, SLOT, command_id=command_id)


def test_a_moved_booking_is_cancelled_at_its_new_time():
    world = World()
    booking_id = world.booked()["booking_id"]
    world.rebook(booking_id, LATER)

    world.cancel(booking_id)

    assert not world.scheduler.standing()


def _line(entry: str, name: str) -> str:
    return next(line for line in entry.splitlines() if line.startswith(name))
