from datetime import UTC, date, datetime, time, timedelta

import pytest

from chassis.calendar import (
    CUSTOMER_SERVICE,
    HALF_DAYS,
    STOCKHOLM,
    WEBSESAM_SUPPORT,
    Calendar,
    Unit,
)

CALENDAR = Calendar()

# Made by hand from the almanac: (Easter Sunday, Midsummer Eve, Ascension Day).
FEASTS = {
    2024: ("03-31", "06-21", "05-09"),
    2025: ("04-20", "06-20", "05-29"),
    2026: ("04-05", "06-19", "05-14"),
    2027: ("03-28", "06-25", "05-06"),
    2028: ("04-16", "06-23", "05-25"),
    2029: ("04-01", "06-22", "05-10"),
    2030: ("04-21", "06-21", "05-30"),
    2031: ("04-13", "06-20", "05-22"),
    2032: ("03-28", "06-25", "05-06"),
}
FIXED = ("01-01", "01-06", "05-01", "06-06", "12-24", "12-25", "12-26", "12-31")


def day(text: str) -> date:
    return date.fromisoformat(text)


def stockholm(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM, fold=fold)


def not_worked(year: int) -> set[date]:
    easter, midsummer, ascension = (day(f"{year}-{text}") for text in FEASTS[year])
    around_easter = {easter + timedelta(n) for n in (-2, -1, 0, 1)}
    around_midsummer = {midsummer + timedelta(n) for n in (0, 1, 2)}
    return around_easter | around_midsummer | {ascension} | {day(f"{year}-{x}") for x in FIXED}


@pytest.mark.rule("X-4")
@pytest.mark.parametrize("year", FEASTS)
def test_the_working_days_of_a_year_are_those_of_the_almanac(year):
    first = date(year, 1, 1)
    days = [first + timedelta(n) for n in range(365)]

    wrong = [
        d
        for d in days
        if CALENDAR.is_working_day(d) != (d.weekday() < 5 and d not in not_worked(year))
    ]

    assert wrong == []


@pytest.mark.parametrize("eve", ["2026-06-19", "2026-12-24", "2026-12-31"])
def test_the_three_eves_count_as_holidays(eve):
    assert day(eve).weekday() < 5
    assert not CALENDAR.is_working_day(day(eve))


@pytest.mark.parametrize("eve", ["2026-04-02", "2026-04-30", "2026-10-30", "2026-05-13"])
def test_other_eves_are_working_days(eve):
    assert CALENDAR.is_working_day(day(eve))
    assert Calendar(half_days=HALF_DAYS).is_working_day(day(eve))


@pytest.mark.rule("X-5")
@pytest.mark.rule("B-6")
@pytest.mark.parametrize(
    ("start", "hours"),
    [
        ("2026-03-27 15:00", 71),  # over the night to 29 March, when an hour is lost
        ("2026-10-23 15:00", 73),  # over the night to 25 October, when one is won
        ("2026-05-18 15:00", 72),
    ],
)
def test_three_calendar_days_keep_the_time_on_the_wall(start, hours):
    due = CALENDAR.add_days(stockholm(start), 3)

    assert due - stockholm(start).astimezone(UTC) == timedelta(hours=hours)
    assert due.astimezone(STOCKHOLM).time() == stockholm(start).time()


def test_an_hour_that_does_not_exist_moves_forward():
    due = CALENDAR.add_days(stockholm("2026-03-28 02:30"), 1)

    assert due.astimezone(STOCKHOLM) == stockholm("2026-03-29 03:30")


def test_of_an_hour_that_repeats_the_first_is_taken():
    due = CALENDAR.add_days(stockholm("2026-10-24 02:30"), 1)

    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_no_days_leave_the_instant_as_it_is_also_in_the_second_of_two_hours():
    second = stockholm("2026-10-25 02:30", fold=1)

    assert CALENDAR.add_days(second, 0) == second.astimezone(UTC)


@pytest.mark.rule("B-6")
@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-05-18", 3, "2026-05-21"),  # Monday to Thursday
        ("2026-05-21", 3, "2026-05-26"),  # over a weekend
        ("2026-04-01", 3, "2026-04-08"),  # over Easter
        ("2026-06-18", 1, "2026-06-22"),  # over Midsummer
        ("2026-12-23", 3, "2026-12-30"),  # over Christmas
        ("2026-12-30", 1, "2027-01-04"),  # over New Year
        ("2026-12-30", 260, "2028-01-12"),  # 2027 has 253, and 7 more
        ("2026-05-23", 1, "2026-05-25"),  # a Saturday: the first working day is Monday
        ("2026-05-26", -3, "2026-05-21"),
        ("2027-01-04", -1, "2026-12-30"),
        ("2026-05-24", -1, "2026-05-22"),  # a Sunday
    ],
)
def test_working_days_skip_what_is_not_worked(start, days, due):
    assert CALENDAR.shift(day(start), days, Unit.WORKING) == day(due)


@pytest.mark.rule("X-2")
@pytest.mark.parametrize(("start", "due"), [("2022-07-10", "2022-07-17")])
def test_the_worked_example_of_precision_counts_calendar_days(start, due):
    assert CALENDAR.shift(day(start), 7, Unit.CALENDAR) == day(due)


@pytest.mark.rule("X-1")
def test_the_unit_decides_when_seven_days_are_over():
    ordered = stockholm("2026-05-06 10:00")

    assert CALENDAR.add_days(ordered, 7) == stockholm("2026-05-13 10:00")
    assert CALENDAR.add_days(ordered, 7, Unit.WORKING) == stockholm("2026-05-18 10:00")


@pytest.mark.rule("M-2")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-05-18 08:00", "2026-05-18 16:00"),
        ("2026-05-18 08:30", "2026-05-18 16:30"),  # not the next morning
        ("2026-05-18 10:00", "2026-05-19 09:30"),
        ("2026-05-22 16:00", "2026-05-25 15:30"),
        ("2026-05-23 12:00", "2026-05-25 16:00"),
        ("2026-12-30 12:30", "2027-01-04 12:00"),
    ],
)
def test_eight_working_hours_run_only_while_it_is_open(start, due):
    assert CALENDAR.add_working_time(stockholm(start), timedelta(hours=8)) == stockholm(due)


@pytest.mark.rule("A-7")
@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-05-18 07:59:59", False),
        ("2026-05-18 08:00", True),
        ("2026-05-18 11:59:59", True),
        ("2026-05-18 12:00", False),
        ("2026-05-18 13:00", True),
        ("2026-05-18 16:30", False),
        ("2026-05-23 10:00", False),  # a Saturday
        ("2026-06-19 10:00", False),  # Midsummer Eve
    ],
)
def test_customer_service_is_open_on_weekdays_but_for_lunch(at, is_open):
    assert Calendar(CUSTOMER_SERVICE).open_now(stockholm(at)) is is_open


@pytest.mark.rule("A-8")
def test_the_support_of_websesam_is_open_before_noon():
    support = Calendar(WEBSESAM_SUPPORT)

    assert support.open_now(stockholm("2026-05-18 11:00"))
    assert support.next_opening(stockholm("2026-05-18 12:00")) == stockholm("2026-05-19 08:00")


@pytest.mark.rule("A-7")
@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-05-18 12:10", "2026-05-18 13:00"),
        ("2026-05-18 17:00", "2026-05-19 08:00"),
        ("2026-05-18 09:15", "2026-05-18 09:15"),  # open
        ("2026-12-30 17:00", "2027-01-04 08:00"),
        ("2026-04-02 16:30", "2026-04-07 08:00"),
    ],
)
def test_the_next_opening_is_found_over_nights_and_holidays(at, opens):
    assert Calendar(CUSTOMER_SERVICE).next_opening(stockholm(at)) == stockholm(opens)


def test_half_days_close_early():
    calendar = Calendar(CUSTOMER_SERVICE, half_days={"Skärtorsdagen": time(12)})

    hours = calendar.working_time_between(
        stockholm("2026-04-02 00:00"), stockholm("2026-04-03 00:00")
    )

    assert hours == timedelta(hours=4)


def test_a_half_day_that_the_library_does_not_know_is_refused():
    with pytest.raises(ValueError, match="Fettisdagen"):
        Calendar(half_days={"Fettisdagen": time(14)})


@pytest.mark.parametrize(
    "hours", [(), ((time(9), time(8)),), ((time(8), time(12)), (time(11), time(16)))]
)
def test_opening_hours_that_overlap_are_refused(hours):
    with pytest.raises(ValueError, match="overlap"):
        Calendar(hours)


def test_an_instant_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.add_days(datetime(2026, 5, 18, 8), 1)  # noqa: DTZ001


def test_working_time_is_not_taken_away():
    with pytest.raises(ValueError, match="added"):
        CALENDAR.add_working_time(stockholm("2026-05-18 08:00"), timedelta(hours=-1))


def test_both_passes_of_a_repeated_hour_lead_to_the_same_time_next_day():
    first, second = (stockholm("2026-10-25 02:30", fold) for fold in (0, 1))

    assert CALENDAR.add_days(first, 1) == stockholm("2026-10-26 02:30")
    assert CALENDAR.add_days(second, 1) == stockholm("2026-10-26 02:30")
