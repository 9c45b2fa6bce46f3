"""The sweep against the simplest reading there is: every minute of every day, looked at alone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.local_scheduler.model.free_times import Visit, free_times
from services.booking.local_scheduler.model.working_plan import STOCKHOLM, Window, shifts

ANNA, BENGT = 1, 2
MINUTE = timedelta(minutes=1)
#: Periods of three days around both changes of the clock, and an ordinary week's middle.
PERIODS = [date(2026, 3, 28), date(2026, 10, 24), date(2026, 5, 19)]

windows = st.builds(
    lambda staff, weekday, first, length: Window(
        staff, weekday, _time(first), _time(min(first + length, 1439))
    ),
    st.sampled_from([ANNA, BENGT]),
    st.integers(1, 7),
    st.integers(0, 1380),
    st.integers(1, 400),
)
busy_times = st.lists(
    st.tuples(st.sampled_from([ANNA, BENGT]), st.integers(0, 4320), st.integers(1, 240)),
    max_size=10,
)
visits = st.builds(
    Visit,
    st.integers(1, 90).map(lambda n: n * 60),
    st.integers(0, 30).map(lambda n: n * 60),
    st.sampled_from([900, 1800, 2700]),
)


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def by_minute(plan, busy, first_day, visit):
    """Who can start when: each minute is on duty or not, and occupied or not."""
    found = set()
    for window in plan:
        for day in (first_day + timedelta(days=n) for n in range(3)):
            if day.isoweekday() == window.weekday:
                found |= _starts(window, day, busy, visit)
    return found


def _starts(window, day, busy, visit):
    on_duty = _minutes(_instant(day, window.starts), _instant(day, window.ends))
    occupied = {
        minute for staff, at, end in busy if staff == window.staff for minute in _minutes(at, end)
    }
    found = set()
    for start in on_duty[:: visit.step // 60]:
        held = [start + MINUTE * n for n in range((visit.duration + visit.break_after) // 60)]
        visited = held[: visit.duration // 60]
        if set(visited) <= set(on_duty) and not occupied & set(held):
            found.add((int(start.timestamp()), window.staff))
    return found


def _minutes(start, end):
    return [start + MINUTE * n for n in range(int((end - start) / MINUTE))]


def _instant(day, at):
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)


@pytest.mark.rule("B-8")
@pytest.mark.rule("B-13")
@pytest.mark.rule("B-17")
@given(st.sampled_from(PERIODS), st.lists(windows, max_size=4), busy_times, visits)
def test_the_sweep_finds_what_a_look_at_every_minute_finds(first_day, plan, busy, visit):
    midnight = _instant(first_day, time())
    occupied = [
        (staff, midnight + MINUTE * at, midnight + MINUTE * (at + length))
        for staff, at, length in busy
    ]
    intervals = {staff: [] for staff in (ANNA, BENGT)}
    for staff, start, end in occupied:
        intervals[staff].append((int(start.timestamp()), int(end.timestamp())))

    on_duty = shifts(plan, first_day, first_day + timedelta(days=2), closed=())
    found = free_times(on_duty, intervals, visit, earliest=0)

    assert {(one.start, staff) for one in found for staff in one.staff} == by_minute(
        plan, occupied, first_day, visit
    )
