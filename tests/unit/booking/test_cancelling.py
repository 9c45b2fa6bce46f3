"""Cancelling: the time is given back, and the clock starts anew."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from contracts.errors import Conflict, Forbidden, Unavailable
from services.booking.schedule import SchedulerRefused
from tests.unit.booking.fakes import DOWN, LOST, Killed
from tests.unit.booking.world import AGE, SLOT, World


@pytest.mark.rule("B-12")
def test_a_cancelled_booking_opens_the_activity_with_a_new_window(world):
    booked = world.booked()
    world.clock.advance(timedelta(days=1))

    cancelled = world.cancel(booked["booking_id"])

    seen = world.activity(booked["activity_id"])
    assert cancelled == booked | {"state": "cancelled"}
    assert (seen["state"], seen["booking"]) == ("registered", None)
    assert seen["closes_at"] == "2026-05-25T06:00:00+00:00"
    (told,) = world.told("ActivityCancelled")
    assert told.closes_at.isoformat() == seen["closes_at"]
    assert not world.scheduler.standing()


@pytest.mark.rule("B-12")
def test_the_old_window_goes_on_when_it_is_set_so():
    world = World(restarts=False)
    booked = world.booked()
    world.clock.advance(timedelta(days=1))

    world.cancel(booked["booking_id"])

    assert world.activity(booked["activity_id"])["closes_at"] == "2026-05-24T06:00:00+00:00"


@pytest.mark.rule("B-12")
def test_cancelling_takes_the_time_out_of_the_calendar(world):
    world.cancel(world.booked()["booking_id"])

    request, cancel = (mail["calendar"].decode() for mail in world.store.mails)
    assert world.store.mails[1]["calendar_method"] == "CANCEL"
    assert _line(request, "UID") == _line(cancel, "UID")
    assert (_line(request, "SEQUENCE"), _line(cancel, "SEQUENCE")) == ("SEQUENCE:0", "SEQUENCE:1")
    assert "söndag 2026-05-24 kl. 08:00" in world.store.mails[1]["body"]


@pytest.mark.rule("B-12")
def test_after_cancelling_another_time_can_be_booked(world):
    booked = world.booked()
    world.cancel(booked["booking_id"])

    again = world.book(world.hold(UUID(booked["activity_id"]), SLOT + timedelta(hours=1)))

    assert again["booking_id"] != booked["booking_id"]
    assert len(world.scheduler.standing()) == 1
    with pytest.raises(Conflict, match=r"booking\.booking\.state"):
        world.cancel(booked["booking_id"])


def test_the_same_command_again_cancels_once(world):
    booking_id, command_id = world.booked()["booking_id"], uuid4()

    first = world.cancel(booking_id, command_id=command_id)

    assert world.cancel(booking_id, command_id=command_id) == first
    assert len(world.told("ActivityCancelled")) == 1


def test_what_is_cancelled_cannot_be_cancelled_again(world):
    booking_id = world.booked()["booking_id"]
    world.cancel(booking_id)

    with pytest.raises(Conflict, match=r"booking\.booking\.state") as refused:
        world.cancel(booking_id)

    assert refused.value.params == {"state": "cancelled"}


def test_what_has_begun_cannot_be_cancelled(world):
    booking_id = world.booked()["booking_id"]
    world.clock.set(SLOT)

    with pytest.raises(Conflict, match=r"booking\.booking\.state"):
        world.cancel(booking_id)


def test_only_a_role_that_books_cancels(world):
    booking_id = world.booked()["booking_id"]
    world.database.actor = type(world.database.actor)("SE1", "technician", "SE2321000131-U001", "")

    with pytest.raises(Forbidden):
        world.cancel(booking_id)


@pytest.mark.parametrize("error", [LOST, DOWN])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("settled_by", ["repeating", "reconciling"])
def test_a_lost_answer_ends_in_one_cancellation(world, moment, error, settled_by):
    booked = world.booked()
    command = {"command_id": uuid4(), "booking_id": UUID(booked["booking_id"])}
    world.scheduler.trouble = [(moment, error)]
    with pytest.raises(Unavailable):
        world.send("cancel_booking", command)
    assert world.activity(booked["activity_id"])["booking"] == booked  # not yet

    if settled_by == "reconciling":
        world.clock.advance(AGE + timedelta(seconds=1))
        world.reconcile()

    assert world.send("cancel_booking", command)["state"] == "cancelled"
    assert world.activity(booked["activity_id"])["state"] == "registered"
    assert len(world.told("ActivityCancelled")) == 1
    assert not world.scheduler.standing()


@pytest.mark.parametrize("commit", [1, 2])
def test_killed_before_a_commit_the_command_is_repeated(world, commit):
    command = {"command_id": uuid4(), "booking_id": UUID(world.booked()["booking_id"])}
    world.database.kill_before_commit = commit
    with pytest.raises(Killed):
        world.send("cancel_booking", command)

    assert world.send("cancel_booking", command)["state"] == "cancelled"
    assert len(world.told("ActivityCancelled")) == 1


def test_what_the_scheduler_does_not_know_is_cancelled_all_the_same(world):
    booking_id = world.booked()["booking_id"]
    world.scheduler.booked.clear()

    assert world.cancel(booking_id)["state"] == "cancelled"


def test_when_the_scheduler_refuses_the_booking_stands(world):
    booked = world.booked()
    world.scheduler.trouble = [("before", SchedulerRefused("too_late"))]

    with pytest.raises(Conflict, match=r"booking\.slot\.not_open"):
        world.cancel(booked["booking_id"])

    assert world.activity(booked["activity_id"])["booking"] == booked


def _line(entry: str, name: str) -> str:
    return next(line for line in entry.splitlines() if line.startswith(name))
