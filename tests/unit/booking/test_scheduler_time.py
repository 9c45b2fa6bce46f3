"""Zoezi's local times: every instant that can be written is read back, on the odd days too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.zoezi_time import (
    STOCKHOLM,
    NoSuchTime,
    WrongFormat,
    can_be_written,
    format_day,
    format_instant,
    parse_day,
    parse_instant,
)

SPRING = datetime(2026, 3, 29, tzinfo=UTC)  # 02:00 is followed by 03:00, at 01:00 UTC
AUTUMN = datetime(2026, 10, 25, tzinfo=UTC)  # 03:00 is followed by 02:00, at 01:00 UTC

minutes_of_a_day = st.integers(-120, 24 * 60).map(lambda n: timedelta(minutes=n))
odd_instants = st.builds(
    lambda day, minutes: day + minutes, st.sampled_from([SPRING, AUTUMN]), minutes_of_a_day
)
instants = st.integers(946_684_800, 4_102_444_800).map(  # the years 2000 to 2099
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


@given(odd_instants | instants)
def test_an_instant_that_can_be_written_is_read_back(instant):
    written = format_instant(instant)

    assert (parse_instant(written) == instant) == can_be_written(instant)


@given(odd_instants | instants)
def test_any_instant_is_read_back_when_it_is_known_what_it_follows(instant):
    assert parse_instant(format_instant(instant), not_before=instant) == instant


@given(odd_instants, st.integers(1, 180))
def test_an_end_is_never_read_before_its_start(start, minutes):
    end = start + timedelta(minutes=minutes)

    assert parse_instant(format_instant(end), not_before=start) in (end, end - timedelta(hours=1))
    assert parse_instant(format_instant(end), not_before=start) >= start


@given(odd_instants)
def test_every_local_time_of_the_odd_days_is_read_or_does_not_exist(instant):
    naive = instant.replace(tzinfo=None)
    text = naive.strftime("%Y-%m-%d %H:%M")
    exists = naive.replace(tzinfo=STOCKHOLM).astimezone(UTC).astimezone(STOCKHOLM)

    if exists.replace(tzinfo=None) == naive:
        assert format_instant(parse_instant(text)) == text
    else:
        with pytest.raises(NoSuchTime):
            parse_instant(text)


def test_the_hour_that_repeats_means_its_first_pass():
    assert parse_instant("2026-10-25 02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_hour_that_is_skipped_is_refused():
    with pytest.raises(NoSuchTime):
        parse_instant("2026-03-29 02:30")


@pytest.mark.parametrize(
    "text",
    [
        "2026-5-21 08:00",
        "2026-05-21T08:00",
        "2026-05-21 08:00+02:00",
        "2026-05-21",
        "",
        "21/5 8:00",
    ],
)
def test_an_instant_in_another_format_is_refused(text):
    with pytest.raises(WrongFormat):
        parse_instant(text)


@pytest.mark.parametrize("text", ["2026-5-21", "20260521", "2026-02-30", "2026-05-21 08:00"])
def test_a_day_in_another_format_is_refused(text):
    with pytest.raises(WrongFormat):
        parse_day(text)


def test_a_day_is_written_from_a_date_alone():
    assert format_day(date(2026, 5, 21)) == "2026-05-21"
    with pytest.raises(WrongFormat):
        format_day(datetime(2026, 5, 21, tzinfo=UTC))


def test_an_instant_without_time_zone_is_not_written():
    with pytest.raises(WrongFormat):
        format_instant(datetime(2026, 5, 21, 8, 0))  # noqa: DTZ001
