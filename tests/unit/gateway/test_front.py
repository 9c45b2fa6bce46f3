"""The first page."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from contracts.errors.common import SERVICE_UNAVAILABLE
from gateway.web import times
from tests.unit.gateway.conftest import URL


class Page(HTMLParser):
    """The elements of a page."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def activity():
    closes = datetime.now(UTC) + timedelta(days=2, hours=3, minutes=30)
    return {
        "activity_id": "5a1d2f0c-3c77-4c5f-8a53-2f4a4f9f0e21",
        "work_order_number": "20000417",
        "state": "registered",
        "registered_at": "2026-11-24T12:31:00+00:00",
        "closes_at": closes.isoformat(),
        "cause": None,
        "booking": None,
    }


def front(browser):
    return browser.get("/", base_url=URL, headers={"Accept": "text/html"})


def test_whoever_is_not_logged_in_learns_what_rampen_is(browser, services):
    page = front(browser)

    assert page.status_code == 200
    assert "Logga in med SITHS" in page.text
    assert "Kundtjänst" in page.text
    assert services.asked == []


def test_one_sees_who_one_is(browser, log_in):
    log_in()

    page = front(browser).text

    assert "Anna Lindqvist" in page
    assert "Förskrivare" in page
    assert "Habilitering Borås" in page
    assert "Logga ut" in page


@pytest.mark.rule("B-6")
def test_one_sees_how_long_an_activity_stays_open(browser, log_in, services, activity):
    services.activities = [activity]
    log_in()

    page = front(browser).text

    assert "20000417" in page
    assert "2 dygn 3 tim" in page


def test_a_part_that_does_not_answer_spoils_no_other(browser, log_in, services, activity):
    services.activities = [activity]
    services.failing["ordering.list_orders"] = SERVICE_UNAVAILABLE()
    log_in()

    page = front(browser)

    assert page.status_code == 200
    assert "En del av systemet svarar inte just nu." in page.text
    assert "20000417" in page.text


def test_each_service_is_asked_once_for_what_waits_for_a_prescriber(browser, log_in, services):
    log_in()
    services.messages.clear()

    front(browser)

    asked = sorted(name.split(".")[0] for name in services.messages)
    assert asked == ["booking", "ordering", "signing", "training"]


def test_a_list_where_nothing_is_leads_nowhere_unless_it_shows_more(
    browser, log_in, services, activity
):
    log_in()
    empty = {one.get("href") for one in Page(front(browser).text).all("a")}
    services.activities = [activity]
    filled = {one.get("href") for one in Page(front(browser).text).all("a")}

    assert "/enrolments" not in empty  # it would be as empty
    assert "/orders" in empty  # it has those that are cancelled, too
    assert empty < filled


def test_names_are_escaped(browser, log_in, services, activity):
    services.activities = [activity | {"work_order_number": "<script>alert(1)</script>"}]
    log_in()

    assert "<script>" not in front(browser).text


@pytest.mark.parametrize("address", ["/", "/api/docs", "/api/problems", "/nothing"])
def test_pages_can_be_read_by_all(browser, address):
    answer = browser.get(address, base_url=URL, headers={"Accept": "text/html"})
    page = Page(answer.text)

    assert page.all("html")[0]["lang"] == "sv"
    assert page.all("title")
    assert len(page.all("h1")) == 1
    assert page.all("main")[0]["id"] == "innehall"
    assert page.all("a")[0]["href"] == "#innehall"
    assert all("alt" in image for image in page.all("img"))
    assert not page.all("script")
    assert not any("style" in attributes for _, attributes in page.elements)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(days=3), "3 dygn"),
        (timedelta(days=2, hours=3, minutes=5), "2 dygn 3 tim"),
        (timedelta(days=1, minutes=5), "1 dygn"),
        (timedelta(hours=3, minutes=5), "3 tim 5 min"),
        (timedelta(minutes=4, seconds=59), "4 min"),
        (timedelta(seconds=30), "mindre än en minut"),
        (timedelta(seconds=-30), "tiden är ute"),
    ],
)
def test_time_left_is_told_in_two_units(left, text):
    assert times.duration(left) == text


def test_times_are_swedish():
    assert times.when("2026-11-24T12:30:00+00:00") == "2026-11-24 13:30"
    assert times.when("2026-07-01T12:30:00+00:00") == "2026-07-01 14:30"
