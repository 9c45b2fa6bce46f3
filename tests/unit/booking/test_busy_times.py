"""When a published calendar says that its owner is busy."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.errors import Invalid
from services.booking.calendars.busy_times import busy_times

MONDAY = datetime(2026, 5, 18, tzinfo=UTC)
WEEK = MONDAY, MONDAY + timedelta(days=7)

#: As Outlook publishes it: a Windows name for the zone, and how the time is shown.
EVENT = """BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E008
DTSTAMP:20260501T080000Z
DTSTART;TZID=W. Europe Standard Time:20260519T090000
DTEND;TZID=W. Europe Standard Time:20260519T100000
SUMMARY:Upptagen
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
"""


def calendar(*events: str, extra: str = "") -> bytes:
    text = f"BEGIN:VCALENDAR\nMETHOD:PUBLISH\nVERSION:2.0\nPRODID:x\n{extra}{''.join(events)}"
    return f"{text}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def busy(*events: str, period=WEEK, extra: str = "") -> list[str]:
    """The periods as Swedish calendars write them, in UTC."""
    found = busy_times(calendar(*events, extra=extra), *period)
    return [f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in found]


@pytest.mark.rule("B-16")
def test_a_meeting_with_a_windows_zone_is_busy_at_its_swedish_time():
    assert busy(EVENT) == ["19 07:00-19 08:00"]


def test_a_zone_that_the_calendar_describes_itself_is_followed():
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "TZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = EVENT.replace("W. Europe Standard Time", "Customized Time Zone")

    assert busy(event, extra=zone) == ["19 04:00-19 05:00"]


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"])
def test_what_is_cancelled_or_shown_as_free_leaves_the_time_open(line):
    assert busy(EVENT.replace("SUMMARY:Upptagen", line)) == []


@pytest.mark.parametrize(("status", "count"), [("FREE", 0), ("OOF", 1), ("TENTATIVE", 1)])
def test_outlooks_way_to_show_a_time_counts(status, count):
    assert len(busy(EVENT.replace("BUSYSTATUS:BUSY", f"BUSYSTATUS:{status}"))) == count


def test_a_whole_day_is_a_day_in_sweden():
    event = (
        EVENT.replace(";TZID=W. Europe Standard Time:20260519T090000", ";VALUE=DATE:20260520")
        .replace(";TZID=W. Europe Standard Time:20260519T100000", ";VALUE=DATE:20260522")
    )  # fmt: skip

    assert busy(event) == ["19 22:00-21 22:00"]


def test_a_time_without_zone_is_a_time_in_sweden():
    assert busy(EVENT.replace(";TZID=W. Europe Standard Time", "")) == ["19 07:00-19 08:00"]


WEEKLY = EVENT.replace("SUMMARY:Upptagen", "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR")
TUESDAY = "RECURRENCE-ID;TZID=W. Europe Standard Time:20260520T090000"


@pytest.mark.rule("B-16")
def test_what_recurs_for_ever_is_busy_each_time_within_the_period_alone():
    assert busy(WEEKLY) == [f"{day} 07:00-{day} 08:00" for day in (19, 20, 21, 22)]


@pytest.mark.rule("B-16")
def test_one_cancelled_instance_of_a_series_is_free():
    cancelled = EVENT.replace("SUMMARY:Upptagen", f"{TUESDAY}\nSTATUS:CANCELLED").replace(
        "20260519T", "20260520T"
    )

    assert busy(WEEKLY, cancelled) == [f"{day} 07:00-{day} 08:00" for day in (19, 21, 22)]


def test_one_moved_instance_of_a_series_is_busy_where_it_was_moved():
    moved = EVENT.replace("SUMMARY:Upptagen", TUESDAY).replace("20260519T", "20260521T")
    moved = moved.replace("T090000", "T130000", 1).replace("T100000", "T140000")
    series = WEEKLY.replace("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=DAILY;COUNT=2")

    assert busy(series, moved) == ["19 07:00-19 08:00", "21 11:00-21 12:00"]


def test_an_excepted_day_of_a_series_is_free():
    excepted = WEEKLY.replace(
        "X-MICROSOFT", "EXDATE;TZID=W. Europe Standard Time:20260521T090000\nX-MICROSOFT"
    )

    assert busy(excepted) == [f"{day} 07:00-{day} 08:00" for day in (19, 20, 22)]


def test_a_series_keeps_its_swedish_time_over_the_change_of_the_clock():
    october = datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 27, tzinfo=UTC)

    assert busy(WEEKLY.replace(";BYDAY=MO,TU,WE,TH,FR", ""), period=october) == [
        "24 07:00-24 08:00",
        "25 08:00-25 09:00",
        "26 08:00-26 09:00",
    ]


def test_meetings_that_overlap_or_touch_are_one_busy_time():
    later = EVENT.replace("T090000", "T093000").replace("T100000", "T110000").replace("0400", "05")

    assert busy(EVENT, later) == ["19 07:00-19 09:00"]


def test_what_rampen_itself_put_into_the_calendar_is_left_out():
    assert busy(EVENT.replace("040000008200E00074C5B7101A82E008", "42@rampen")) == []


def test_a_calendar_without_events_is_busy_at_no_time():
    assert busy() == []


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5"])
def test_what_recurs_too_often_is_refused(rule):
    event = WEEKLY.replace("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", rule)

    with pytest.raises(Invalid, match="too_many_times"):
        busy(event)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><title>Logga in</title>",
        b"\x89PNG\r\n\x1a\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n",
        b"{}",
    ],
)
def test_what_is_no_calendar_is_refused(content):
    with pytest.raises(Invalid, match="no_calendar"):
        busy_times(content, *WEEK)
