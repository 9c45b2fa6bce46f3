"""The calendar against a naive count of minutes and days, over ten years."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.calendar import CUSTOMER_SERVICE, HALF_DAYS, STOCKHOLM, Calendar, Unit

MINUTE = timedelta(minutes=1)
CALENDARS = (
    Calendar(),
    Calendar(CUSTOMER_SERVICE, HALF_DAYS),
    Calendar(((time(0), time(3)), (time(22), time(23, 59)))),  # through the nights of the clocks
)
TEN_YEARS = (datetime(2024, 1, 1), datetime(2033, 12, 31))  # noqa: DTZ001

calendars = st.sampled_from(CALENDARS)
instants = st.datetimes(*TEN_YEARS, timezones=st.just(UTC))
around_changes = st.sampled_from(
    [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
).flatmap(lambda day: st.integers(-2880, 2880).map(lambda minutes: day + minutes * MINUTE))
durations = st.timedeltas(timedelta(), timedelta(days=40))


@given(calendars, instants | around_changes, durations)
def test_working_time_added_is_the_working_time_between(calendar, start, duration):
    end = calendar.add_working_time(start, duration)

    assert calendar.working_time_between(start, end) == duration
    assert calendar.working_time_between(end, start) == -duration


@given(calendars, instants, durations.filter(bool))
def test_working_time_is_added_no_later_than_needed(calendar, start, duration):
    end = calendar.add_working_time(start, duration)

    just_before = end - timedelta(microseconds=1)
    assert calendar.working_time_between(start, just_before) < duration


@settings(max_examples=30)
@given(calendars, instants | around_changes, st.integers(0, 2 * 24 * 60))
def test_working_time_agrees_with_a_count_of_minutes(calendar, start, minutes):
    start = start.replace(second=0, microsecond=0)

    counted = sum(calendar_is_open(calendar, start + n * MINUTE) for n in range(minutes))

    assert calendar.working_time_between(start, start + minutes * MINUTE) == counted * MINUTE


def calendar_is_open(calendar: Calendar, instant: datetime) -> bool:
    local = instant.astimezone(STOCKHOLM)
    inside = any(opens <= local.time() < closes for opens, closes in calendar.opening)
    if calendar.half_days and local.date() in HALF_DAYS_SEEN:
        inside = inside and local.time() < time(14)
    return inside and calendar.is_working_day(local.date())


# Maundy Thursday and All Saints' Eve, from the almanac; the other two have fixed dates.
MOVABLE = {
    2024: ("03-28", "11-01"),
    2025: ("04-17", "10-31"),
    2026: ("04-02", "10-30"),
    2027: ("03-25", "11-05"),
    2028: ("04-13", "11-03"),
    2029: ("03-29", "11-02"),
    2030: ("04-18", "11-01"),
    2031: ("04-10", "10-31"),
    2032: ("03-25", "11-05"),
    2033: ("04-14", "11-04"),
}
HALF_DAYS_SEEN = {
    date.fromisoformat(f"{year}-{day}")
    for year, movable in MOVABLE.items()
    for day in ("01-05", "04-30", *movable)
}


@given(calendars, instants | around_changes)
def test_it_is_open_exactly_in_its_opening_hours(calendar, instant):
    assert calendar.open_now(instant) is calendar_is_open(calendar, instant)


@given(calendars, instants)
def test_nothing_is_worked_before_the_next_opening(calendar, instant):
    opens = calendar.next_opening(instant)

    assert calendar.open_now(opens)
    assert calendar.working_time_between(instant, opens) == timedelta()


@pytest.mark.rule("X-5")
@given(calendars, instants | around_changes, st.integers(1, 400))
def test_days_keep_the_time_on_the_wall_but_for_the_hour_that_is_not(calendar, start, days):
    start_local = start.astimezone(STOCKHOLM)
    due = calendar.add_days(start, days).astimezone(STOCKHOLM)

    assert due.date() == start_local.date() + timedelta(days)
    moved = datetime.combine(due.date(), due.time()) - datetime.combine(
        due.date(), start_local.time()
    )
    assert moved in (timedelta(), timedelta(hours=1))
    assert moved == timedelta() or (due.month == 3 and due.hour == 3)


@given(calendars, st.dates(date(2024, 1, 1), date(2033, 12, 31)), st.integers(-300, 300))
def test_working_days_agree_with_a_walk_day_by_day(calendar, start, days):
    step = timedelta(1 if days > 0 else -1)
    walked, left = start, abs(days)
    while left:
        walked += step
        left -= calendar.is_working_day(walked)

    assert calendar.shift(start, days, Unit.WORKING) == walked
