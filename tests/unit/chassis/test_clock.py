from datetime import UTC, datetime, timedelta, timezone

import pytest

from chassis.clock import Clock, ManualClock, SystemClock

NOON = datetime(2026, 5, 21, 12, tzinfo=UTC)


def test_the_system_clock_tells_utc():
    clock: Clock = SystemClock()

    assert clock.now().utcoffset() == timedelta()


def test_a_manual_clock_stands_still():
    clock = ManualClock(NOON)

    assert clock.now() == clock.now() == NOON


def test_a_manual_clock_advances():
    clock = ManualClock(NOON)

    assert clock.advance(timedelta(days=4)) == clock.now() == NOON + timedelta(days=4)


def test_a_manual_clock_jumps_and_converts_to_utc():
    clock = ManualClock(NOON)

    clock.set(datetime(2026, 5, 21, 12, tzinfo=timezone(timedelta(hours=2))))

    assert clock.now() == NOON - timedelta(hours=2)
    assert clock.now().tzinfo is UTC


def test_a_manual_clock_refuses_a_time_without_zone():
    with pytest.raises(ValueError, match="time zone"):
        ManualClock(datetime(2026, 5, 21))  # noqa: DTZ001
