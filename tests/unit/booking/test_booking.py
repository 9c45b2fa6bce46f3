"""Holding and booking, with a scheduler that fails in every way it can."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from contracts.errors import Conflict, ContractError, Forbidden, NotFound, Unavailable
from services.booking.schedule import HoldExpired, SchedulerRefused, SlotTaken
from tests.unit.booking.fakes import DOWN, LOST, Killed
from tests.unit.booking.world import (
    AGE,
    COLLEAGUE,
    PRESCRIBER,
    SLOT,
    START,
    STRANGER,
    book_command,
)


@pytest.mark.rule("B-9")
def test_what_is_held_is_booked_with_work_order_and_telephone(world):
    activity_id = world.register()

    booked = world.book(world.hold(activity_id))

    assert booked == world.activity(activity_id)["booking"]
    assert (booked["state"], booked["telephone"]) == ("booked", "+46701740605")
    assert (booked["place_name"], booked["consultant_name"]) == ("Borås", "Anna Berg")
    assert (booked["place_id"], booked["service_product_id"]) == (1, 11)
    assert [one.booking_id for one in world.told("ActivityBooked")] == [UUID(booked["booking_id"])]
    assert world.activity(activity_id)["closes_at"] is None


@pytest.mark.rule("B-11")
def test_a_booking_is_confirmed_by_mail_with_a_calendar_entry(world):
    world.booked()

    (mail,) = world.store.mails
    assert mail["recipient"] == PRESCRIBER.hsa_id
    assert mail["subject"] == "Bokad konsultation: måndag 2026-05-25 kl. 07:30"
    assert mail["calendar_method"] == "REQUEST"


@pytest.mark.rule("B-11")
def test_a_colleague_who_books_is_told_too(world):
    activity_id = world.register()
    world.acting(COLLEAGUE)

    world.book(world.hold(activity_id))

    assert [one["recipient"] for one in world.store.mails] == [PRESCRIBER.hsa_id, COLLEAGUE.hsa_id]


def test_the_same_command_again_gives_the_same_answer(world):
    command = book_command(world.hold(world.register()))

    first, second = world.send("book_time", command), world.send("book_time", command)

    assert first == second
    assert len(world.scheduler.booked) == len(world.store.mails) == 1


def test_the_same_id_for_another_command_is_refused(world):
    command = book_command(world.hold(world.register()))
    world.send("book_time", command)

    with pytest.raises(Conflict, match=r"command\.key_reused"):
        world.send("book_time", command | {"telephone": "+46313900624"})


def test_holding_again_with_the_same_command_holds_once(world):
    activity_id, command_id = world.register(), uuid4()

    first = world.hold(activity_id, command_id=command_id)

    assert world.hold(activity_id, command_id=command_id) == first
    assert len(world.scheduler.reserved) == 1


@pytest.mark.rule("B-9")
def test_a_taken_time_is_refused(world):
    world.scheduler.consultants_there = (101,)
    world.hold(world.register())

    with pytest.raises(Conflict, match=r"booking\.slot\.taken"):
        world.hold(world.register())


@pytest.mark.rule("B-10")
def test_the_consultant_can_be_chosen(world):
    activity_id = world.register()

    world.book(world.hold(activity_id, consultant_id=102))

    assert world.scheduler.booked[1].consultant_id == 102


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"start": START}, "booking.slot.past"),
        ({"activity_id": uuid4()}, "not_found"),
    ],
)
def test_what_cannot_be_held_is_refused(world, changes, code):
    command = {"activity_id": world.register(), "start": SLOT} | changes

    with pytest.raises(ContractError, match=code):
        world.hold(**command)

    assert not world.scheduler.reserved


def test_a_person_holds_times_for_at_most_three_activities(world):
    for hours in range(3):
        world.hold(world.register(), SLOT + timedelta(hours=hours))

    with pytest.raises(Conflict, match=r"booking\.hold\.too_many"):
        world.hold(world.register(), SLOT + timedelta(hours=3))

    assert len(world.scheduler.reserved) == 3


def test_holds_that_are_over_do_not_count(world):
    for hours in range(3):
        world.hold(world.register(), SLOT + timedelta(hours=hours))
    world.clock.advance(timedelta(minutes=10))

    assert world.hold(world.register())


def test_who_chooses_another_time_lets_go_of_the_one_before(world):
    activity_id = world.register()
    first = world.hold(activity_id)
    for hours in range(1, 5):
        last = world.hold(activity_id, SLOT + timedelta(hours=hours))

    assert [one["hold_id"] for one in world.holds()] == [str(last)]
    assert list(world.scheduler.reserved) == [last.hex]
    with pytest.raises(Conflict, match=r"booking\.hold\.expired"):
        world.book(first)


def test_who_chooses_the_same_time_again_has_it_still(world):
    world.scheduler.consultants_there = (101,)
    activity_id = world.register()

    first = world.send_hold(activity_id)
    again = world.send_hold(activity_id, consultant_id=101)

    assert again == first
    assert world.book(UUID(first["hold_id"]))["state"] == "booked"


def test_a_command_whose_time_was_let_go_of_holds_nothing_when_it_comes_again(world):
    activity_id, command_id = world.register(), uuid4()
    first = world.send_hold(activity_id, command_id=command_id)
    last = world.hold(activity_id, SLOT + timedelta(hours=1))

    assert world.send_hold(activity_id, command_id=command_id) == first
    assert list(world.scheduler.reserved) == [last.hex]
    assert [one["hold_id"] for one in world.holds()] == [str(last)]


def test_a_choice_stands_though_the_scheduler_does_not_hear_of_the_one_before(world):
    activity_id = world.register()
    former = world.hold(activity_id)
    world.scheduler.trouble = [None, ("before", LOST)]

    chosen = world.hold(activity_id, SLOT + timedelta(hours=1))

    assert [one["hold_id"] for one in world.holds()] == [str(chosen)]
    with pytest.raises(Conflict, match=r"booking\.hold\.expired"):
        world.book(former)
    assert world.book(chosen)["state"] == "booked"


def test_a_time_that_is_being_booked_is_kept_whatever_is_chosen_meanwhile(world):
    activity_id = world.register()
    first = world.hold(activity_id)

    def book_in_vain():
        world.scheduler.trouble = [("before", LOST)]
        with pytest.raises(Unavailable):
            world.book(first)

    world.scheduler.meanwhile.append(book_in_vain)
    other = world.hold(activity_id, SLOT + timedelta(hours=1))

    assert set(world.scheduler.reserved) == {first.hex, other.hex}
    assert [one["hold_id"] for one in world.holds()] == [str(other)]


def test_what_is_held_for_another_unit_is_not_listed(world):
    world.hold(world.register())
    world.acting(replace(PRESCRIBER, unit="SE-U9"))

    assert world.holds() == []


def test_who_is_refused_another_time_keeps_the_one_before(world):
    world.scheduler.consultants_there = (101,)
    mine, theirs = world.register(), world.register()
    kept = world.hold(mine)
    world.acting(COLLEAGUE).hold(theirs, SLOT + timedelta(hours=1))

    with pytest.raises(Conflict, match=r"booking\.slot\.taken"):
        world.acting(PRESCRIBER).hold(mine, SLOT + timedelta(hours=1))

    assert [one["hold_id"] for one in world.holds()] == [str(kept)]
    assert world.book(kept)["state"] == "booked"


def test_a_colleagues_hold_for_the_same_activity_stays(world):
    activity_id = world.register()
    hers = world.hold(activity_id)
    world.acting(COLLEAGUE).hold(activity_id, SLOT + timedelta(hours=1))

    assert [one["hold_id"] for one in world.acting(PRESCRIBER).holds()] == [str(hers)]


def test_what_is_held_is_listed_with_its_work_order_until_it_is_over(world):
    later = world.hold(world.register(work_order_number="1042002"), SLOT + timedelta(hours=1))
    world.hold(world.register(work_order_number="1042001"))
    assert [one["work_order_number"] for one in world.holds()] == ["1042001", "1042002"]

    world.release(later)
    assert [one["work_order_number"] for one in world.holds()] == ["1042001"]
    world.clock.advance(timedelta(minutes=10))
    assert world.holds() == []


def test_a_released_time_is_free_again(world):
    world.scheduler.consultants_there = (101,)
    activity_id = world.register()

    hold_id = world.hold(activity_id)
    world.release(hold_id)
    world.release(hold_id)  # is no error

    assert world.hold(activity_id)


def test_a_hold_of_somebody_else_does_not_exist(world):
    hold_id = world.hold(world.register())

    for actor in (COLLEAGUE, STRANGER):
        world.acting(actor)
        with pytest.raises(NotFound):
            world.release(hold_id)
        with pytest.raises(NotFound):
            world.book(hold_id)


def test_a_role_that_does_not_book_is_refused(world):
    activity_id = world.register()
    world.acting(replace(PRESCRIBER, role="technician"))

    with pytest.raises(Forbidden, match=r"role\.may_not"):
        world.hold(activity_id)


@pytest.mark.rule("B-9")
def test_another_work_order_number_is_refused(world):
    activity_id = world.register()
    hold_id = world.hold(activity_id)

    with pytest.raises(Conflict, match=r"booking\.work_order\.not_open"):
        world.book(hold_id, work_order_number="1042999")

    assert world.activity(activity_id)["state"] == "registered"


def test_a_hold_that_is_over_is_not_booked(world):
    hold_id = world.hold(world.register())
    world.clock.advance(timedelta(minutes=10))

    with pytest.raises(Conflict, match=r"booking\.hold\.expired"):
        world.book(hold_id)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SlotTaken(), "booking.slot.taken"),
        (HoldExpired(), "booking.hold.expired"),
        (SchedulerRefused("http_400"), "booking.slot.not_open"),
        (SchedulerRefused("http_401"), "service.unavailable"),
    ],
)
def test_when_the_scheduler_refuses_the_activity_is_open_again(world, error, code):
    activity_id = world.register()
    hold_id = world.hold(activity_id)
    world.scheduler.trouble = [("before", error)]

    with pytest.raises(ContractError, match=code):
        world.book(hold_id)

    assert world.activity(activity_id)["state"] == "registered"
    assert not world.store.mails


def test_an_answer_that_cannot_be_read_is_looked_up(world):
    hold_id = world.hold(world.register())
    world.scheduler.trouble = [("after", SchedulerRefused("answer_unreadable"))]

    booked = world.book(hold_id)

    assert booked["state"] == "booked"


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("error", [LOST, DOWN])
def test_an_answer_that_was_lost_is_had_by_repeating_the_command(world, moment, error):
    command = book_command(world.hold(world.register()))
    world.scheduler.trouble = [(moment, error)]
    with pytest.raises(Unavailable):
        world.send("book_time", command)

    booked = world.send("book_time", command)

    assert booked["state"] == "booked"
    assert len(world.scheduler.booked) == len(world.told("ActivityBooked")) == 1


def test_while_it_is_being_booked_nobody_else_books_it(world):
    activity_id = world.register()
    first, second = world.hold(activity_id), world.hold(activity_id)
    world.scheduler.trouble = [("after", LOST)]
    with pytest.raises(Unavailable):
        world.book(first)

    with pytest.raises(Conflict, match=r"booking\.activity\.state") as refused:
        world.book(second)

    assert refused.value.params == {"state": "booking"}


def test_a_hold_that_is_being_booked_is_not_let_go(world):
    hold_id = world.hold(world.register())
    world.scheduler.meanwhile.append(lambda: world.release(hold_id))

    assert world.book(hold_id)["state"] == "booked"


@pytest.mark.parametrize(("moment", "state"), [("before", "registered"), ("after", "booked")])
def test_an_attempt_without_outcome_is_reconciled(world, moment, state):
    activity_id = world.register()
    hold_id = world.hold(activity_id)
    command = book_command(hold_id)
    world.scheduler.trouble = [(moment, LOST)]
    with pytest.raises(Unavailable):
        world.send("book_time", command)

    assert world.reconcile() == []  # too young
    world.clock.advance(AGE + timedelta(seconds=1))
    ((_, error),) = world.reconcile()

    assert error is None
    assert world.activity(activity_id)["state"] == state
    assert len(world.told("ActivityBooked")) == len(world.scheduler.booked)
    if state == "booked":  # and the command has its answer
        assert world.send("book_time", command) == world.activity(activity_id)["booking"]


def test_a_request_that_arrives_after_reconciling_books_nothing(world):
    activity_id = world.register()
    hold_id = world.hold(activity_id)
    world.scheduler.trouble = [("before", LOST)]
    with pytest.raises(Unavailable):
        world.book(hold_id)
    world.clock.advance(AGE + timedelta(seconds=1))
    (key,) = world.scheduler.reserved

    world.reconcile()

    with pytest.raises(HoldExpired):
        world.scheduler.book(
            key, start=SLOT, activity_id=str(activity_id), work_order_number="", telephone=""
        )


def test_reconciling_waits_until_the_scheduler_answers(world):
    activity_id = world.register()
    hold_id = world.hold(activity_id)
    world.scheduler.trouble = [("after", LOST)]
    with pytest.raises(Unavailable):
        world.book(hold_id)
    world.clock.advance(AGE + timedelta(seconds=1))
    world.scheduler.trouble = [("before", DOWN)]

    assert [type(error) for _, error in world.reconcile()] == [type(DOWN)]
    assert world.activity(activity_id)["state"] == "booking"
    world.reconcile()

    assert world.activity(activity_id)["state"] == "booked"


def test_one_that_is_reconciled_while_its_command_still_waits_is_booked_once(world):
    hold_id = world.hold(world.register())

    def reconcile():
        world.clock.advance(AGE + timedelta(seconds=1))
        world.reconcile()

    world.scheduler.meanwhile.append(reconcile)

    with pytest.raises(Conflict):
        world.book(hold_id)

    assert not world.scheduler.booked


@pytest.mark.parametrize("commit", [1, 2])
def test_killed_before_a_commit_the_command_is_repeated(world, commit):
    command = book_command(world.hold(world.register()))
    world.database.kill_before_commit = commit
    with pytest.raises(Killed):
        world.send("book_time", command)

    booked = world.send("book_time", command)

    assert booked["state"] == "booked"
    assert len(world.scheduler.booked) == len(world.store.mails) == 1


def test_two_deliveries_of_one_command_book_once_and_answer_the_same(world):
    command = book_command(world.hold(world.register()))
    answers = []
    world.scheduler.meanwhile.append(lambda: answers.append(world.send("book_time", command)))

    answers.append(world.send("book_time", command))

    assert answers[0] == answers[1]
    assert len(world.scheduler.booked) == len(world.store.mails) == 1
