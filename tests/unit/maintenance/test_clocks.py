"""The two clocks: golden days of the almanac, and a naive count of minutes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chassis.calendar import CUSTOMER_SERVICE, HALF_DAYS, STOCKHOLM, Calendar, Unit
from services.maintenance.model.clocks import Clocks, clocks
from services.maintenance.model.limits import UNTIMED, USUAL, Limit, LimitUnit, Soon, Terms
from services.maintenance.opening_hours import CalendarLine
from tests.unit.maintenance.world import HOURS, at

CORRECTIVE, ACUTE = USUAL["corrective"], USUAL["acute_corrective"]
MINUTE = timedelta(minutes=1)
SOON = Soon(share=0.8)


def measured(terms: Terms, *happened: tuple[str, str], now: str, hours=HOURS) -> Clocks:
    history = [(what, at(when)) for what, when in happened]
    return clocks(terms, history, hours, at(now))


def due(clock, hours=HOURS):
    return f"{hours.reached(clock.due).astimezone(STOCKHOLM):%a %Y-%m-%d %H:%M}"


@pytest.mark.rule("M-1")
@pytest.mark.rule("U-1")
@pytest.mark.rule("U-9")
@pytest.mark.parametrize(
    ("registered", "start", "finish"),
    [
        ("2026-05-04 10:00", "Thu 2026-05-07 10:00", "Tue 2026-05-19 10:00"),  # Ascension on 14th
        ("2026-06-15 09:00", "Thu 2026-06-18 09:00", "Tue 2026-06-30 09:00"),  # Midsummer Eve 19th
        ("2026-06-17 09:00", "Tue 2026-06-23 09:00", "Thu 2026-07-02 09:00"),
        ("2026-06-18 15:00", "Wed 2026-06-24 15:00", "Fri 2026-07-03 15:00"),
        ("2026-06-19 12:00", "Wed 2026-06-24 16:30", "Fri 2026-07-03 16:30"),  # on the Eve itself
        ("2026-12-22 10:00", "Tue 2026-12-29 10:00", "Tue 2027-01-12 10:00"),
        ("2026-03-27 12:00", "Wed 2026-04-01 12:00", "Tue 2026-04-14 12:00"),  # the clocks change
    ],
)
def test_three_and_ten_working_days_by_the_almanac(registered, start, finish):
    both = measured(CORRECTIVE, ("registered", registered), now=registered)

    assert (due(both.start), due(both.finish)) == (start, finish)


@pytest.mark.rule("X-4")
@pytest.mark.parametrize("registered", ["2026-08-01 11:00", "2026-08-02 23:59", "2026-08-03 07:59"])
def test_what_is_reported_when_it_is_closed_counts_from_the_next_opening(registered):
    both = measured(CORRECTIVE, ("registered", registered), now="2026-08-03 08:00")

    assert due(both.start) == "Wed 2026-08-05 16:30"
    assert both.start.gross == timedelta()


@pytest.mark.rule("M-2")
@pytest.mark.rule("X-4")
@pytest.mark.parametrize(
    ("registered", "finish"),
    [
        ("2026-08-03 08:00", "Mon 2026-08-03 16:00"),
        ("2026-08-03 12:00", "Tue 2026-08-04 11:30"),
        ("2026-06-18 15:00", "Mon 2026-06-22 14:30"),  # over Midsummer
        ("2026-06-19 10:00", "Mon 2026-06-22 16:00"),
    ],
)
def test_eight_hours_are_of_the_opening_hours(registered, finish):
    both = measured(ACUTE, ("registered", registered), now=registered)

    assert due(both.finish) == finish
    assert both.start.state(SOON) == "untimed"


@pytest.mark.rule("M-4")
def test_a_pause_moves_the_end_by_its_opening_hours():
    history = (
        ("registered", "2026-06-15 09:00"),
        ("started", "2026-06-16 09:00"),
        ("paused", "2026-06-17 09:00"),
        ("resumed", "2026-06-23 09:00"),  # three days of work: Midsummer lies in between
    )

    both = measured(CORRECTIVE, *history, now="2026-06-23 09:00")

    assert due(both.finish) == "Fri 2026-07-03 09:00"
    assert both.finish.gross - both.finish.net == 3 * timedelta(hours=8.5)
    assert both.start.state(SOON) == "met"


@pytest.mark.rule("M-4")
def test_a_clock_that_stands_still_runs_out_never():
    history = (("registered", "2026-06-15 09:00"), ("paused", "2026-06-15 10:00"))

    both = measured(CORRECTIVE, *history, now="2026-08-15 10:00")

    assert [clock.state(SOON) for clock in both] == ["paused", "paused"]
    assert both.start.net == timedelta(hours=1)
    assert both.start.due is None


@pytest.mark.rule("M-1")
@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-08-03 08:00", "running"),
        ("2026-08-05 11:23", "running"),
        ("2026-08-05 11:24", "runs_out_soon"),  # 80 % of 25.5 hours
        ("2026-08-05 16:30", "runs_out_soon"),
        ("2026-08-06 08:00", "runs_out_soon"),  # closed meanwhile: not later than before
        ("2026-08-06 08:01", "overdue"),
    ],
)
def test_a_clock_runs_out_soon_and_then_is_overdue(now, state):
    both = measured(CORRECTIVE, ("registered", "2026-08-03 08:00"), now=now)

    assert both.start.state(SOON) == state


def test_soon_may_be_a_time_before():
    registered = ("registered", "2026-08-03 08:00")
    a_day_before = Soon.parse("1 working day", HOURS.usual_day)

    states = [
        measured(CORRECTIVE, registered, now=now).start.state(a_day_before)
        for now in ("2026-08-04 16:29", "2026-08-05 08:00")
    ]

    assert states == ["running", "runs_out_soon"]


@pytest.mark.rule("M-2")
@pytest.mark.parametrize(
    ("end", "state"), [("2026-08-04 11:30", "met"), ("2026-08-04 11:31", "missed")]
)
def test_what_is_finished_was_in_time_or_late_for_ever(end, state):
    history = (("registered", "2026-08-03 12:00"), ("started", "2026-08-03 13:00"))

    both = measured(ACUTE, *history, ("finished", end), now="2027-01-01 12:00")

    assert both.finish.state(SOON) == state


def test_what_is_cancelled_is_neither():
    history = (("registered", "2026-08-03 12:00"), ("started", "2026-08-03 13:00"))

    both = measured(CORRECTIVE, *history, ("cancelled", "2026-09-03 13:00"), now="2026-10-01 12:00")

    assert (both.start.state(SOON), both.finish.state(SOON)) == ("met", "void")


@pytest.mark.rule("U-9")
def test_half_days_are_half():
    half = CalendarLine(Calendar(half_days=HALF_DAYS))

    usual, halved = (
        measured(CORRECTIVE, ("registered", "2026-04-27 15:00"), now="2026-04-27 15:00", hours=line)
        for line in (HOURS, half)
    )

    assert due(usual.start) == "Thu 2026-04-30 15:00"  # Walpurgis Night
    assert due(halved.start, half) == "Thu 2026-04-30 14:00"


# A naive count, minute by minute, against which the clocks are held.

LINES = {
    name: (calendar, CalendarLine(calendar))
    for name, calendar in {
        "usual": Calendar(),
        "half days and lunch": Calendar(CUSTOMER_SERVICE, HALF_DAYS),
        "nights": Calendar(((time(0), time(3)), (time(22), time(23, 59)))),
    }.items()
}
#: Days around which something is unusual: both changes of the clocks, Easter, Midsummer, Christmas.
UNUSUAL = [
    date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 3), date(2026, 6, 19), date(2026, 12, 31),
    date(2027, 5, 6), date(2028, 2, 29),
]  # fmt: skip
#: The half days that can be reached from there: before Good Friday, All Saints' Day and Epiphany.
EVES = (date(2026, 4, 2), date(2026, 10, 30), date(2027, 1, 5))
beginnings = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + minutes * MINUTE,
    st.sampled_from(UNUSUAL),
    st.integers(-3 * 1440, 1440),
)
gaps = st.lists(st.integers(0, 2000), min_size=1, max_size=7)  # minutes until the next


@settings(max_examples=60)
@given(st.sampled_from(sorted(LINES)), beginnings, gaps, st.booleans(), st.integers(0, 3))
@pytest.mark.rule("M-1")
@pytest.mark.rule("M-4")
@pytest.mark.rule("X-4")
@example(
    "half days and lunch", datetime(2026, 10, 25, tzinfo=UTC), [1481, 2000, 2000, 2000], False, 0
)
@example("half days and lunch", datetime(2026, 12, 31, tzinfo=UTC), [2000, 2000, 2000], True, 1)
def test_net_time_equals_a_count_of_minutes(name, begun, gaps, is_started, starts_after):
    calendar, hours = LINES[name]
    history, now = _history(begun, gaps, is_started, starts_after)
    both = clocks(UNTIMED, history, hours, now)

    opened = _open_minutes(calendar, begun, now)
    paused = _paused(history, now)
    net = sum(1 for minute in opened if not paused(minute))

    assert both.finish.gross == len(opened) * MINUTE
    assert both.finish.net == net * MINUTE
    started = next((when for what, when in history if what == "started"), now)
    until_start = [minute for minute in opened if minute < started]
    assert both.start.gross == len(until_start) * MINUTE
    assert both.start.net == sum(1 for minute in until_start if not paused(minute)) * MINUTE


def _history(begun, gaps, is_started, starts_after):
    """Pauses and resumptions in turn, and perhaps a start when it does not wait."""
    history, now, waits = [("registered", begun)], begun, False
    for turn, gap in enumerate(gaps):
        now += gap * MINUTE
        if is_started and not waits and turn >= starts_after:
            history.append(("started", now))
            is_started = False
        else:
            history.append(("resumed" if waits else "paused", now))
            waits = not waits
    return history, now + 500 * MINUTE


def _open_minutes(calendar, begun, now):
    minutes = (begun + n * MINUTE for n in range((now - begun) // MINUTE))
    return [minute for minute in minutes if _is_open(calendar, minute)]


def _is_open(calendar, minute):
    """By the clock on the wall, and nothing else."""
    local = minute.astimezone(STOCKHOLM)
    inside = any(opens <= local.time() < closes for opens, closes in calendar.opening)
    if calendar.half_days and local.date() in EVES:
        inside = inside and local.time() < time(14)
    return inside and calendar.is_working_day(local.date())


def _paused(history, now):
    spans, since = [], None
    for what, when in [*history, ("resumed", now)]:
        if what == "paused":
            since = when
        elif what == "resumed" and since is not None:
            spans.append((since, when))
            since = None
    return lambda minute: any(start <= minute < end for start, end in spans)


@settings(max_examples=200)
@given(st.sampled_from(sorted(LINES)), beginnings, st.integers(0, 60_000))
def test_the_line_of_opening_hours_agrees_with_the_calendar(name, start, minutes):
    calendar, hours = LINES[name]
    end = start + minutes * MINUTE

    spent = hours.position(end) - hours.position(start)

    assert spent == calendar.working_time_between(start, end)
    reached = hours.reached(hours.position(start) + spent + MINUTE)
    assert reached == calendar.add_working_time(start, spent + MINUTE)


@settings(max_examples=200)
@given(st.sampled_from(sorted(LINES)), beginnings, st.integers(1, 300))
def test_a_number_of_working_days_agrees_with_the_calendar(name, begun, count):
    calendar, hours = LINES[name]

    length = hours.length(Limit(count, LimitUnit.WORKING_DAY), begun)

    end = calendar.add_days(calendar.next_opening(begun), count, Unit.WORKING)
    assert length == calendar.working_time_between(begun, end)


@settings(max_examples=100)
@given(beginnings, gaps, st.booleans(), st.integers(0, 3))
def test_when_the_clock_is_due_its_limit_is_reached_and_not_before(begun, gaps, starts, after):
    history, now = _history(begun, gaps, starts, after)
    both = clocks(CORRECTIVE, history, HOURS, now)
    if both.finish.due is None:
        return
    then = HOURS.reached(both.finish.due)

    assert clocks(CORRECTIVE, history, HOURS, then).finish.net == both.finish.allowed or then < now
    just_before = clocks(CORRECTIVE, history, HOURS, then - timedelta(microseconds=1))
    assert just_before.finish.net < both.finish.allowed or then <= now
