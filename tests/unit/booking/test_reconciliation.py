"""What is told again of an activity, and what may be cancelled at the scheduler."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.booking.model import events
from services.booking.reconciliation.model import Known, WorkOrder, expected, ordered_otherwise
from services.booking.reconciliation.repairing import is_orphan, newest_fact
from services.booking.schedule import SchedulerBooking
from tests.unit.booking.world import SLOT, START

pytestmark = pytest.mark.rule("B-16")
ACTIVITY, BOOKING = UUID(int=1), UUID(int=2)
LATER = START + timedelta(hours=1)
OPEN = Known(
    activity_id=ACTIVITY,
    work_order_number="1042001",
    state="registered",
    cause=None,
    closed_at=None,
    due_at=SLOT,
    principal="SE-H",
    agreement=None,
    booking_id=None,
    booking_state=None,
    scheduler_id=None,
    start=None,
    end=None,
    place_name=None,
    consultant_name=None,
    booked_at=None,
    rebooked_at=None,
    outcome_at=None,
    follow_up=None,
    cancelled_id=None,
    cancelled_at=None,
    reopened_at=None,
)
BOOKED = replace(
    OPEN,
    state="booked",
    booking_id=BOOKING,
    booking_state="booked",
    scheduler_id=7,
    start=SLOT,
    end=SLOT + timedelta(minutes=30),
    booked_at=START,
)
OVER = replace(BOOKED, booking_state="held", outcome_at=LATER, follow_up=True)
THERE = SchedulerBooking(
    7, SLOT, SLOT + timedelta(minutes=30), 101, "Anna Berg", 1, "Borås", 11, "Samtal",
    str(ACTIVITY), "1042001", False, None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("known", "event", "at"),
    [
        (BOOKED, events.ActivityBooked, "booked_at"),
        (replace(BOOKED, rebooked_at=LATER), events.ActivityRebooked, "rebooked_at"),
        (replace(OPEN, cancelled_id=BOOKING, cancelled_at=LATER), events.ActivityCancelled, None),
        (replace(OPEN, reopened_at=LATER), events.ActivityReopened, "reopened_at"),
        (
            replace(OPEN, state="closed", cause="not_booked", closed_at=LATER),
            events.ActivityClosed,
            "closed_at",
        ),
        (replace(OVER, state="held"), events.ActivityHeld, "noted_at"),
        (replace(OVER, state="no_show"), events.ActivityMissed, "noted_at"),
    ],
    ids=["booked", "moved", "cancelled", "reopened", "closed", "held", "no show"],
)
def test_what_is_told_again_is_what_was_told_last(known, event, at):
    told = newest_fact(known)

    assert type(told) is event or (event is events.ActivityMissed and isinstance(told, event))
    assert (told.activity_id, told.work_order_number) == (ACTIVITY, "1042001")
    assert at is None or getattr(told, at) in (START, LATER)


def test_of_an_activity_that_was_cancelled_and_then_reopened_the_later_is_told():
    known = replace(OPEN, cancelled_id=BOOKING, cancelled_at=START, reopened_at=LATER)

    assert isinstance(newest_fact(known), events.ActivityReopened)


def test_of_what_was_only_registered_there_is_nothing_to_tell():
    assert newest_fact(OPEN) is None


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (OPEN, ("open", None)),
        (BOOKED, ("booked", SLOT)),
        (replace(OPEN, state="closed", cause="not_booked"), ("closed", "not_booked")),
        (replace(OVER, state="held"), ("closed", "held")),
        (replace(OVER, state="no_show"), ("closed", "no_show")),
    ],
)
def test_ordering_says_the_same_in_its_own_words(known, state):
    order = WorkOrder(
        work_order_number="1042001",
        activity_id=ACTIVITY,
        state=state[0],
        cause=state[1] if state[0] == "closed" else None,
        booked_start=state[1] if state[0] == "booked" else None,
    )

    assert expected(known) == state
    assert list(ordered_otherwise([known], [order], {ACTIVITY: known})) == []


@pytest.mark.parametrize(
    ("there", "known", "cancelled"),
    [
        (THERE, {ACTIVITY: OPEN}, True),
        (THERE, {ACTIVITY: BOOKED}, False),
        (THERE, {ACTIVITY: replace(OPEN, state="booking")}, False),
        (THERE, {}, False),
        (replace(THERE, activity_id=""), {ACTIVITY: OPEN}, False),
        (replace(THERE, cancelled=True), {ACTIVITY: OPEN}, False),
        (replace(THERE, start=START), {ACTIVITY: OPEN}, False),
        (None, {ACTIVITY: OPEN}, False),
    ],
    ids=["open", "booked", "in flight", "unknown", "foreign", "cancelled", "begun", "gone"],
)
def test_only_what_an_activity_of_ours_does_not_have_is_cancelled(there, known, cancelled):
    assert is_orphan(there, known, START) is cancelled
