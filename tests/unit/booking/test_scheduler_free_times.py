"""Which starts are offered: those at which the visit and its break fit, and no others."""

from datetime import date, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.local_scheduler.model.free_times import (
    Visit,
    free_staff,
    free_times,
    merged,
)
from services.booking.local_scheduler.model.working_plan import Window, shifts

ANNA, BENGT = 1, 2
HALF_AN_HOUR = Visit(duration=30, break_after=15, step=15)


def starts(found):
    return [(one.start, one.staff) for one in found]


def test_a_visit_must_end_within_the_shift_but_its_break_need_not():
    found = free_times({ANNA: [(0, 60)]}, {}, HALF_AN_HOUR, earliest=0)

    assert starts(found) == [(0, (ANNA,)), (15, (ANNA,)), (30, (ANNA,))]


def test_the_break_after_a_visit_must_be_free_too():
    found = free_times({ANNA: [(0, 60)]}, {ANNA: [(60, 90)]}, HALF_AN_HOUR, earliest=0)

    assert starts(found) == [(0, (ANNA,)), (15, (ANNA,))]


def test_a_consultant_who_is_on_duty_but_occupied_is_told_apart():
    found = free_times(
        {ANNA: [(0, 30)], BENGT: [(0, 30)]}, {BENGT: [(0, 45)]}, HALF_AN_HOUR, earliest=0
    )

    assert [(one.staff, one.occupied_staff) for one in found] == [((ANNA,), (BENGT,))]


def test_nothing_is_offered_before_the_earliest_time():
    found = free_times({ANNA: [(0, 60)]}, {}, HALF_AN_HOUR, earliest=16)

    assert starts(found) == [(30, (ANNA,))]


def test_several_services_take_their_breaks_between_them():
    assert Visit.of([HALF_AN_HOUR, Visit(45, 10, 5)]) == Visit(90, 10, 15)


def test_among_the_free_the_least_occupied_comes_first():
    shift = {ANNA: [(0, 300)], BENGT: [(0, 300)]}

    assert free_staff(shift, {ANNA: [(200, 245)]}, HALF_AN_HOUR, 0) == [BENGT, ANNA]


intervals = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda one: (one[0], sum(one))),
    max_size=8,
)
visits = st.builds(Visit, st.integers(1, 40), st.integers(0, 20), st.integers(1, 20))


@given(intervals, intervals, visits)
def test_the_sweep_offers_what_looking_at_each_start_would(shift, busy, visit):
    found = free_times({ANNA: shift}, {ANNA: busy}, visit, earliest=0)

    whole = visit.duration + visit.break_after
    expected = {
        start
        for begin, end in shift
        for start in range(begin, end - visit.duration + 1, visit.step)
        if not any(a < start + whole and start < b for a, b in busy)
    }
    assert [one.start for one in found] == sorted(expected)
    assert all(free_staff({ANNA: shift}, {ANNA: busy}, visit, one.start) for one in found)


@given(intervals)
def test_merging_keeps_every_moment_and_leaves_no_overlap(given_intervals):
    result = merged(given_intervals)

    def moments(some):
        return {moment for start, end in some for moment in range(start, end)}

    assert moments(result) == moments(given_intervals)
    assert all(a[1] < b[0] for a, b in pairwise(result))


@pytest.mark.rule("B-13")
def test_times_lie_in_the_windows_of_the_plan_only():
    early = Window(ANNA, 1, time(7, 30), time(9))
    monday, tuesday = date(2026, 5, 18), date(2026, 5, 19)

    assert shifts([early], monday, tuesday, closed=()) == {ANNA: [(1779082200, 1779087600)]}
    assert shifts([early], monday, tuesday, closed={monday}) == {}
    assert shifts([early], tuesday, tuesday, closed=()) == {}


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 3), (date(2026, 10, 25), 5), (date(2026, 5, 3), 4)]
)
def test_a_shift_over_a_change_of_the_clock_is_as_long_as_it_is(day, hours):
    night = Window(ANNA, 7, time(0), time(4))

    ((start, end),) = shifts([night], day, day, closed=())[ANNA]

    assert end - start == hours * 3600
