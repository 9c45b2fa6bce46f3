"""The outcome of a consultation is noted on its page; a closed activity is opened again there."""

import pytest

from gateway.api.openapi import EXAMPLES
from tests.unit.gateway.conftest import OWN, URL, token_of

PAGE = "/work-orders/200004"
BOOKED = EXAMPLES["ActivityView"] | {
    "state": "booked",
    "closes_at": None,
    "booking": EXAMPLES["BookingView"] | {"state": "booked", "start": "2026-05-21T08:00:00Z"},
    "closings": [],
}
CLOSED = BOOKED | {
    "state": "closed",
    "booking": None,
    "cause": "not_booked",
    "closings": [{"closed_at": "2026-05-21T08:00:00Z", "cause": "not_booked", "reopened_at": None}],
}


@pytest.fixture
def page(browser, log_in, services):
    """Shows the work order with an activity."""
    services.answers["ordering.get_work_order"] = EXAMPLES["WorkOrderView"]
    log_in()

    def shows(activity):
        services.answers["booking.list_activities"] = {"items": [activity], "more": False}
        return browser.get(PAGE, base_url=URL, headers={"Accept": "text/html"}).text

    return shows


def send(browser, what, **fields):
    return browser.post(
        f"{PAGE}/{what}", data=fields | token_of(browser), headers=OWN, base_url=URL
    )


def asked(services, method):
    return [message for name, message, _ in services.asked if name == method]


def test_the_outcome_is_noted_when_the_visit_has_begun(page, browser, services):
    shown = page(BOOKED)
    assert "Notera utfallet" in shown
    assert "Boka om" not in shown
    services.answers["booking.record_outcome"] = BOOKED["booking"]
    booking = BOOKED["booking"]["booking_id"]

    answer = send(browser, "outcome", booking_id=booking, outcome="no_show", follow_up="yes")

    assert answer.status_code == 303
    (message,) = asked(services, "booking.record_outcome")
    assert message["outcome"] == "no_show"
    assert message["follow_up"] is True


def test_before_the_visit_the_time_is_moved_or_cancelled_instead(page):
    to_come = BOOKED | {"booking": BOOKED["booking"] | {"start": "2999-05-21T08:00:00Z"}}

    shown = page(to_come)

    assert "Notera utfallet" not in shown
    assert "Boka om" in shown


@pytest.mark.rule("B-6")
def test_a_closed_activity_is_opened_again_with_its_history(page, browser, services):
    shown = page(CLOSED)
    assert "Öppna igen" in shown
    assert "Stängd 2026-05-21 10:00: Ingen tid bokades i tid." in shown
    services.answers["booking.reopen_activity"] = BOOKED

    answer = send(browser, "reopening", activity_id=CLOSED["activity_id"])

    assert answer.status_code == 303
    (message,) = asked(services, "booking.reopen_activity")
    assert message["activity_id"] == CLOSED["activity_id"]


@pytest.mark.rule("B-14")
@pytest.mark.parametrize("ticked", [{}, {"whole_visit": "yes"}])
def test_the_other_work_order_of_the_visit_is_shown_and_cancelled_if_that_is_ticked(
    page, browser, services, ticked
):
    booking = BOOKED["booking"] | {"start": "2126-05-21T08:00:00Z", "together_with": "20000418"}
    shown = page(BOOKED | {"booking": booking})
    assert 'href="/work-orders/20000418"' in shown
    assert "whole_visit" in shown
    services.answers["booking.cancel_booking"] = booking

    answer = send(browser, "cancellation", booking_id=booking["booking_id"], **ticked)

    assert answer.status_code == 303
    (message,) = asked(services, "booking.cancel_booking")
    assert message["whole_visit"] is bool(ticked)
