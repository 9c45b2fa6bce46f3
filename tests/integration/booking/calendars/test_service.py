"""Booking's process reads calendars by itself, and answers calendar programs."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.fixtures.processes import wait_until
from tests.integration.booking.calendars.server import CALENDAR, calendar_server
from tests.integration.booking.calendars.test_sweeping import CENTRE, CONSULTANT
from tests.integration.booking.scheduler.data import ANNA


@pytest.mark.rule("B-16")
def test_a_consultants_calendar_goes_both_ways(lone):
    lone.start(CALENDAR_ALLOWED_HOSTS="127.0.0.1", CALENDAR_SWEEP="1")
    lone.command("link_consultant", CENTRE, consultant_id=ANNA, hsa_id=CONSULTANT.hsa_id)

    again = {"command_id": str(uuid4())}
    made, repeated = (lone.command("make_calendar_address", CONSULTANT, **again) for _ in range(2))
    secret = made["path"].removeprefix("/calendars/").removesuffix(".ics")
    secret_hash = hashlib.sha256(secret.encode()).hexdigest()

    assert repeated == made | {"path": None}
    assert "BEGIN:VCALENDAR" in lone.call("get_calendar", secret_hash=secret_hash)["text"]
    with calendar_server() as server:
        start = datetime.now(UTC) + timedelta(days=1)
        server.content = CALENDAR.format(start=start, end=start + timedelta(hours=1)).encode()
        lone.command("add_feed", CONSULTANT, address=server.url)

        def read():
            (found,) = lone.call("list_feeds", CONSULTANT)["items"]
            return found["busy_periods"] == 1

        wait_until(read, "the calendar is read")
