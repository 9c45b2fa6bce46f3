"""What booking tells of a work order may come late, early, and more than once."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ordering.work_orders.model import WorkOrder, WorkOrderState

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
FIRST, SECOND = UUID(int=1), UUID(int=2)


def minute(at):
    return START + timedelta(minutes=at)


def booked(booking_id, at):
    return lambda known: known.book(booking_id, minute(100 + booking_id.int), minute(at))


def moved(booking_id, at):
    return lambda known: known.rebook(booking_id, minute(100 + booking_id.int), minute(at))


def cancelled(booking_id, at):
    return lambda known: known.reopen(booking_id, minute(at))


def closed(at):
    return lambda known: known.close("not_booked", minute(at))


def opened_again(at):
    return lambda known: known.open_again(minute(at))


REBOOKED = [booked(FIRST, 1), cancelled(FIRST, 2), booked(SECOND, 3)]
REBOOKED_AT_ONCE = [booked(FIRST, 1), cancelled(FIRST, 2), booked(SECOND, 2)]
GIVEN_BACK = [*REBOOKED, cancelled(SECOND, 4)]
MOVED = [booked(FIRST, 1), moved(FIRST, 2), moved(FIRST, 3)]
MOVED_AND_GIVEN_BACK = [*MOVED, cancelled(FIRST, 4)]
CLOSED = [booked(FIRST, 1), cancelled(FIRST, 2), closed(3)]

OPENED_AGAIN = [booked(FIRST, 1), cancelled(FIRST, 2), closed(3), opened_again(4)]
AND_BOOKED = [closed(3), opened_again(4), booked(SECOND, 5)]
AND_CLOSED = [closed(3), opened_again(4), closed(7)]

HISTORIES = {
    "rebooked": (REBOOKED, WorkOrderState.BOOKED, SECOND),
    "rebooked at once": (REBOOKED_AT_ONCE, WorkOrderState.BOOKED, SECOND),
    "moved": (MOVED, WorkOrderState.BOOKED, FIRST),
    "moved and given back": (MOVED_AND_GIVEN_BACK, WorkOrderState.OPEN, None),
    "given back": (GIVEN_BACK, WorkOrderState.OPEN, None),
    "opened again": (OPENED_AGAIN, WorkOrderState.OPEN, None),
    "opened again and booked": (AND_BOOKED, WorkOrderState.BOOKED, SECOND),
    "opened again and closed": (AND_CLOSED, WorkOrderState.CLOSED, None),
    "closed": (CLOSED, WorkOrderState.CLOSED, None),
}


def a_work_order():
    return WorkOrder("140001", "SE-U", uuid4(), "", "SE-P", registered_at=minute(0))


def after(facts):
    work_order = a_work_order()
    for fact in facts:
        fact(work_order)
    return work_order


@pytest.mark.rule("B-12")
@pytest.mark.parametrize("history", HISTORIES)
def test_facts_lead_to_the_same_state_in_whatever_order_they_come(history):
    facts, state, booking_id = HISTORIES[history]

    for order in permutations(facts):
        work_order = after(order)
        assert work_order.state is state
        if state is not WorkOrderState.CLOSED:
            start = booking_id and minute(100 + booking_id.int)
            assert work_order.booked_start == start


@given(st.sampled_from(list(HISTORIES)), st.data())
def test_facts_that_come_again_change_nothing(history, data):
    facts, state, _ = HISTORIES[history]
    repeated = data.draw(st.lists(st.sampled_from(facts), max_size=6))
    order = data.draw(st.permutations([*facts, *repeated]))

    assert after(order).state is state


def test_a_clock_that_runs_behind_does_not_hide_that_a_time_was_given_back():
    work_order = after([booked(FIRST, 5), cancelled(FIRST, 4)])

    assert work_order.state is WorkOrderState.OPEN


def test_a_clock_that_runs_behind_that_of_ordering_does_not_hide_a_booking():
    work_order = after([booked(FIRST, -5)])

    assert work_order.state is WorkOrderState.BOOKED


@pytest.mark.rule("B-6")
def test_what_is_closed_stays_closed_whatever_comes():
    work_order = after([closed(9), booked(FIRST, 2), cancelled(FIRST, 3), moved(FIRST, 4)])

    assert (work_order.state, work_order.closed_at) == (WorkOrderState.CLOSED, minute(9))


@pytest.mark.rule("X-25")
def test_the_last_move_says_when_the_visit_is():
    first, last = (
        lambda known: known.rebook(FIRST, minute(300), minute(2)),
        lambda known: known.rebook(FIRST, minute(400), minute(3)),
    )

    for facts in permutations([booked(FIRST, 1), first, last]):
        assert after(facts).booked_start == minute(400)
