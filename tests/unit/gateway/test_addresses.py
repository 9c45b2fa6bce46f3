"""No page leads to an address that shows nothing: not its language's link, and not a reload."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.exceptions import MethodNotAllowed

from gateway.web.addresses import nearest
from tests.unit.gateway.conftest import OWN, URL, token_of
from tests.unit.gateway.test_guard import address_of

PAGE = {"Accept": "text/html"}


def taking_forms(app):
    """The addresses that forms are sent to."""
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and not rule.rule.startswith("/api/"):
            yield address_of(rule)


def test_above_every_address_that_takes_a_form_there_is_a_page(app):
    with app.test_request_context():
        pages = app.url_map.bind("rampen.example.se")
        for address in taking_forms(app):
            pages.match(nearest(address), method="GET")


@pytest.mark.parametrize(
    ("sent_to", "page"),
    [
        ("/orders/new", "/orders/new"),
        ("/work-orders/200004/holds/0b7c1f4e-6a52-4f0e-9a43-6d8f5f6b9d10/release",
         "/work-orders/200004"),
        ("/calendar/feeds", "/calendar"),
        ("/enrolments/0b7c1f4e-6a52-4f0e-9a43-6d8f5f6b9d10/acceptance", "/enrolments"),
        ("/search", "/"),
        ("/logout", "/"),
    ],
)  # fmt: skip
def test_a_form_belongs_to_its_own_page_or_the_nearest_above(app, sent_to, page):
    with app.test_request_context():
        assert nearest(sent_to) == page


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_slashes_in_a_row_lead_to_no_other_site(browser, log_in, method):
    log_in()

    answer = browser.open("//devices/1/delivery", method=method, headers=PAGE | OWN, base_url=URL)

    assert urlsplit(answer.headers.get("Location", "")).netloc in ("", "rampen.example.se")
    assert "//devices" not in answer.text.replace(URL, "")


def test_the_page_above_slashes_in_a_row_is_ours(app):
    with app.test_request_context():
        assert nearest("//devices/1/delivery") == "/devices/1"


def test_the_language_of_a_refused_form_is_chosen_on_its_page(browser, log_in):
    log_in()
    sent = token_of(browser) | {"service": "training", "handler": "x"}

    address = "/orders/0b7c1f4e-6a52-4f0e-9a43-6d8f5f6b9d10/cancellation"
    answer = browser.post(address, data=sent, headers=PAGE | OWN, base_url=URL)

    link = unescape(re.search(r'href="(/language/en[^"]*)"', answer.text)[1])
    back = parse_qs(urlsplit(link).query)["back"][0]
    assert back == address.rpartition("/")[0]


def test_the_link_of_a_refused_form_warns_that_what_was_typed_is_lost(browser, log_in, services):
    log_in()
    services.answers["ordering.list_customers"] = {"items": []}

    sent = token_of(browser)
    fresh = browser.get("/orders/new", headers=PAGE, base_url=URL)
    refused = browser.post("/orders/new", data=sent, headers=PAGE | OWN, base_url=URL)

    assert "tömmer fälten" not in fresh.text
    assert "tömmer fälten" in refused.text


def test_a_person_who_asks_for_where_a_form_is_sent_is_led_to_its_page(app, browser):
    for address in taking_forms(app):
        answer = browser.get(address, headers=PAGE, base_url=URL)
        assert answer.status_code in (200, 302, 401), address
        if answer.status_code == 302:
            app.url_map.bind("rampen.example.se").match(answer.location, method="GET")


def test_a_program_is_told_that_the_address_does_not_take_that(program):
    answer = program.get("/search")

    assert (answer.status_code, answer.json["code"]) == (MethodNotAllowed.code, "method.wrong")
