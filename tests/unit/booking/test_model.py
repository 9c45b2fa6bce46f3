"""The two state machines: which step follows which."""

from datetime import timedelta

import pytest

from contracts.errors import Conflict
from services.booking.model.activity import ActivityState
from services.booking.model.booking import BookingState, Wish
from services.booking.model.rebooking import start_rebooking
from tests.unit.booking.test_calendar_entry import STARTS, booked
from tests.unit.booking.world import START

WISH = Wish(STARTS["after-summer-time"] + timedelta(days=1), None, "other")
STEPS = {
    "drop": lambda activity: activity.drop(),
    "keep": lambda activity: activity.keep(),
    "cancel": lambda activity: activity.cancel(START),
    "start_rebooking": lambda activity: start_rebooking(activity, WISH, activity.current.asked, 3),
    "start_cancelling": lambda activity: activity.start_cancelling(activity.current.asked),
}
ALLOWED = {
    BookingState.ATTEMPTED: {"drop", "keep"},  # keep: the state that confirming also leads to
    BookingState.BOOKED: {"start_cancelling", "start_rebooking"},
    BookingState.REBOOKING: {"keep", "start_rebooking"},  # the last one: repeated
    BookingState.CANCELLING: {"keep", "cancel", "start_cancelling"},  # the last one: repeated
    BookingState.CANCELLED: set(),
    BookingState.HELD: set(),
    BookingState.NO_SHOW: set(),
    BookingState.DROPPED: set(),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", BookingState)
def test_a_booking_takes_the_steps_of_its_state_only(state, step):
    activity = booked(STARTS["after-summer-time"])
    activity.current.state = state
    attempted = state is BookingState.ATTEMPTED
    activity.state = ActivityState.BOOKING if attempted else ActivityState.BOOKED

    if step in ALLOWED[state]:
        STEPS[step](activity)
    else:
        with pytest.raises(Conflict, match=r"booking\.booking\.state") as refused:
            STEPS[step](activity)
        assert refused.value.params == {"state": state.value}


@pytest.mark.rule("B-6")
def test_what_is_closed_stays_closed():
    activity = booked(STARTS["after-summer-time"])
    activity.state = ActivityState.CLOSED
    activity.current.state = BookingState.CANCELLING

    with pytest.raises(Conflict, match=r"booking\.activity\.state"):
        activity.cancel(START + timedelta(days=1))
