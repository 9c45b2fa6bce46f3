"""Consultants' own calendars, how far ahead is booked, and what hours there are."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.booking.local_scheduler import seed
from services.booking.schedule import SchedulerRefused, SlotTaken
from tests.integration.booking.scheduler.data import (
    ANNA,
    BENGT,
    BORAS,
    CATALOGUE,
    COMMUNICATION,
    UDDEVALLA,
    WHEELCHAIR,
)

MONDAY = date(2037, 5, 18)
EARLY = datetime(2037, 5, 18, 5, 30, tzinfo=UTC)  # 07:30 in Sweden
HOUR = timedelta(hours=1)
SOURCE = "outlook"


@pytest.fixture(autouse=True)
def nothing_busy(scheduler):
    yield
    for consultant in (ANNA, BENGT):
        scheduler.block(consultant, SOURCE, [])


@pytest.fixture
def reloaded(scheduler_process):
    """Load another catalogue; the usual one comes back at the end."""

    def load(**changed):
        seed.load(scheduler_process.engine, CATALOGUE | changed)

    yield load
    load()


def starts(scheduler, consultant=ANNA, service=WHEELCHAIR):
    found = scheduler.free_times(BORAS, service, MONDAY, MONDAY, consultant)
    return [one.start for one in found]


@pytest.mark.rule("B-16")
def test_what_a_consultants_calendar_says_is_busy_is_not_offered(scheduler):
    before = starts(scheduler)

    scheduler.block(ANNA, SOURCE, [(EARLY, EARLY + HOUR)])

    assert [one for one in before if one >= EARLY + HOUR] == starts(scheduler)
    assert EARLY in starts(scheduler, BENGT)


@pytest.mark.rule("B-16")
def test_a_new_reading_replaces_the_old_one_of_the_same_calendar_only(scheduler):
    before = starts(scheduler)
    scheduler.block(ANNA, SOURCE, [(EARLY, EARLY + HOUR)])
    scheduler.block(ANNA, "another", [(EARLY + 8 * HOUR, EARLY + 10 * HOUR)])

    scheduler.block(ANNA, SOURCE, [])

    assert starts(scheduler) == [one for one in before if one < EARLY + 8 * HOUR]
    scheduler.block(ANNA, "another", [])


@pytest.mark.rule("B-17")
def test_who_is_busy_cannot_be_held(scheduler):
    scheduler.block(ANNA, SOURCE, [(EARLY, EARLY + HOUR)])

    with pytest.raises(SlotTaken):
        scheduler.hold(BORAS, WHEELCHAIR, EARLY, ANNA, activity_id="a-1")
    assert scheduler.hold(BORAS, WHEELCHAIR, EARLY, activity_id="a-2").consultant_id == BENGT


@pytest.mark.rule("B-17")
def test_who_becomes_busy_while_the_time_is_held_is_not_booked(scheduler):
    held = scheduler.hold(BORAS, WHEELCHAIR, EARLY, ANNA, activity_id="a-1")
    scheduler.block(ANNA, SOURCE, [(EARLY, EARLY + HOUR)])

    with pytest.raises(SchedulerRefused, match="staff_absent"):
        scheduler.book(
            held.key, start=EARLY, activity_id="a-1", work_order_number="1", telephone="2"
        )
    assert scheduler.booked(MONDAY, MONDAY, ANNA) == []


def test_a_calendar_of_nobody_is_refused(scheduler):
    with pytest.raises(SchedulerRefused, match="staff_unknown"):
        scheduler.block(999, SOURCE, [])


def test_a_period_that_ends_before_it_starts_changes_nothing(scheduler):
    scheduler.block(ANNA, SOURCE, [(EARLY, EARLY + HOUR)])

    with pytest.raises(SchedulerRefused, match="field_invalid"):
        scheduler.block(ANNA, SOURCE, [(EARLY + HOUR, EARLY)])
    assert EARLY not in starts(scheduler)


@pytest.mark.rule("B-13")
def test_no_time_is_offered_or_held_beyond_the_horizon(scheduler, reloaded):
    reloaded(services=[one | {"horizon": 30} for one in CATALOGUE["services"]])

    assert starts(scheduler) == []
    with pytest.raises(SchedulerRefused, match="too_late"):
        scheduler.hold(BORAS, WHEELCHAIR, EARLY, ANNA, activity_id="a-1")


def weeks(scheduler, place=BORAS, service=WHEELCHAIR, last_day=MONDAY + timedelta(days=6)):
    found = scheduler.staffing(MONDAY, last_day)
    return [one for one in found if (one.place_id, one.service_product_id) == (place, service)]


@pytest.mark.rule("B-17")
def test_a_week_has_the_hours_of_those_with_the_competence(scheduler):
    (wheelchair,), (communication,) = weeks(scheduler), weeks(scheduler, service=COMMUNICATION)

    assert (wheelchair.consultants, wheelchair.on_duty, wheelchair.free) == (2, 30, 30)
    assert (communication.consultants, communication.on_duty) == (1, 15)


@pytest.mark.rule("B-17")
def test_holidays_absences_busy_calendars_and_bookings_take_hours(scheduler, reloaded):
    reloaded(closed=[{"first_day": "2037-05-19", "last_day": "2037-05-19"}])
    scheduler.block(ANNA, SOURCE, [(EARLY, EARLY + HOUR)])
    scheduler.hold(BORAS, WHEELCHAIR, EARLY, BENGT, activity_id="a-1")

    (week,) = weeks(scheduler)

    assert (week.on_duty, week.absent, week.free) == (30, 7, 22.25)


@pytest.mark.rule("B-17")
def test_the_week_of_midsummer_is_a_day_shorter(scheduler):
    found = weeks(scheduler, UDDEVALLA, last_day=date(2037, 6, 21))

    assert [one.on_duty for one in found if one.week == date(2037, 6, 15)] == [24]


def test_a_week_in_which_nobody_works_is_told_with_no_hours(scheduler, reloaded):
    reloaded(closed=[{"first_day": "2037-05-18", "last_day": "2037-05-24"}])

    (week,) = weeks(scheduler)

    assert (week.on_duty, week.absent, week.free) == (30, 30, 0)
