"""Which weeks lack hours."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.actor import Actor
from contracts.errors import Forbidden, Invalid
from services.booking.staffing import use_cases
from services.booking.staffing.model import Demand, Hours, Week, weeks

MONDAY = date(2026, 6, 15)  # the week of Midsummer
TODAY = date(2026, 6, 17)


def hours(week=MONDAY, place="Borås", booked=0.0, free=10.0, minutes=60):
    return Hours(week, place, "Rullstol", minutes, 2, 30.0, 0.0, booked, free)


def demand(place="Borås", waiting=0, registered=0):
    return Demand(place, "Rullstol", waiting, registered)


def short(*found):
    return [(one.hours.place_name, one.hours.week, one.short) for one in found]


@pytest.mark.rule("B-17")
def test_the_weeks_that_fall_short_most_come_first():
    later = MONDAY + timedelta(weeks=1)
    there = [hours(free=9), hours(later, free=1), hours(later, "Uddevalla", free=0)]

    found = weeks(there, [demand(registered=24), demand("Uddevalla", registered=8)], TODAY)

    assert short(*found) == [
        ("Borås", later, 2),
        ("Uddevalla", later, 1),
        ("Borås", MONDAY, 0),
    ]


@pytest.mark.rule("B-17")
def test_what_waits_needs_hours_in_the_week_that_runs():
    found = weeks([hours(free=2), hours(MONDAY + timedelta(weeks=1))], [demand(waiting=5)], TODAY)

    assert [(one.waiting, one.needed, one.short) for one in found] == [(5, 5, 3), (0, 0, 0)]


def test_what_is_booked_already_needs_no_more_hours():
    (found,) = weeks([hours(booked=8, free=0)], [demand(registered=64)], TODAY)

    assert (found.needed, found.short) == (8, 0)


def test_a_visit_takes_its_break_too():
    (found,) = weeks([hours(minutes=45, free=0)], [demand(waiting=4)], TODAY)

    assert found.needed == 3


def test_a_week_is_named_as_calendars_do():
    assert Week(hours(date(2026, 12, 28)), 0, 0).name == "2026-W53"


@given(st.floats(0, 500), st.floats(0, 500), st.integers(0, 50), st.integers(0, 500))
def test_a_week_never_lacks_less_than_nothing_or_more_than_it_needs(booked, free, waiting, count):
    (found,) = weeks([hours(booked=booked, free=free)], [demand("Borås", waiting, count)], TODAY)

    assert 0 <= found.short <= found.needed


@pytest.mark.parametrize("last_day", [MONDAY - timedelta(days=1), MONDAY + timedelta(weeks=26)])
def test_days_in_the_wrong_order_or_too_far_apart_are_refused(last_day):
    with pytest.raises(Invalid) as caught:
        use_cases.hours(None, MONDAY, last_day)
    assert list(caught.value.fields) == ["last_day"]


def test_a_prescriber_does_not_see_the_staffing():
    with pytest.raises(Forbidden, match="may_not"):
        use_cases.check_may_see(Actor("SE-1", "prescriber", "SE-U", "SE-P"))
    use_cases.check_may_see(Actor("SE-1", "customer_service", "SE-U", "SE-P"))
