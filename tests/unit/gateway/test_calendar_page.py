"""A consultant's page for her own calendar; the supply centre's page of hours."""

import pytest

from gateway.api.openapi import EXAMPLES
from tests.unit.gateway.conftest import OWN, URL, token_of

HTML = {"Accept": "text/html"}


@pytest.fixture
def consultant(services, log_in):
    services.answers["booking.list_calendar_addresses"] = {"items": []}
    services.answers["booking.list_feeds"] = {"items": []}
    log_in()


def send(browser, address, **fields):
    return browser.post(address, data=fields | token_of(browser), headers=OWN, base_url=URL)


@pytest.mark.rule("B-16")
def test_a_secret_address_is_shown_once(consultant, browser, services):
    made = EXAMPLES["CalendarAddressView"] | {"path": "/calendars/secret.ics"}
    services.answers["booking.make_calendar_address"] = made

    page = send(browser, "/calendar/address").text
    assert f"{URL}/calendars/secret.ics" in page

    services.answers["booking.make_calendar_address"] = made | {"path": None}
    assert "/calendars/" not in send(browser, "/calendar/address").text


@pytest.mark.rule("B-16")
def test_a_calendar_that_could_not_be_read_says_why(consultant, browser, services):
    services.answers["booking.list_feeds"] = {
        "items": [
            EXAMPLES["FeedView"]
            | {
                "host": "outlook.example.se",
                "problem": {
                    "code": "booking.feed.unreachable",
                    "at": "2026-05-21T08:00:00Z",
                    "wrong_sv": "Kalendern svarar inte.",
                    "action_sv": "Publicera den igen.",
                    "wrong_en": "The calendar does not answer.",
                    "action_en": "Publish it again.",
                },
            }
        ]
    }

    page = browser.get("/calendar", base_url=URL, headers=HTML).text

    assert "outlook.example.se" in page
    assert "Kalendern svarar inte." in page
    assert "Publicera den igen." in page


@pytest.mark.rule("B-17")
def test_the_weeks_that_fall_short_are_shown_as_a_chart_and_a_table(browser, log_in, services):
    week = EXAMPLES["Staffing"]["items"][0]
    items = [week | {"week": "2026-W48", "hours_short": 6.0}]
    items += [week | {"week": "2026-W49", "hours_short": 3.0}]
    services.answers["booking.list_staffing"] = {"items": items, "waiting_elsewhere": 2}
    log_in()

    page = browser.get("/staffing", base_url=URL, headers=HTML).text

    assert page.count("v. 48") == 2
    assert ">6,0</text>" in page  # as in the table
    assert 'height="92.0"' in page  # the worst week is the tallest column
    assert 'height="46.0"' in page
    assert "2 aktiviteter väntar" in page
    assert "/files/staffing.xlsx?first_day=" in page
