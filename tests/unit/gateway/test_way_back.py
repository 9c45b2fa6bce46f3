"""Who is logged out comes back to where she was; what she sent is not done, and she is told so."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from gateway.refusals import FORM_EXPIRED
from tests.unit.gateway.conftest import OWN, URL

PAGE = {"Accept": "text/html"}
SENT = {
    "personal_identity_number": "19121212-1212",
    "description": "Behöver prova en <ny> rullstol.",
    "csrf_token": "of another login",
}


def login_of(page):
    """Where the page's button of the login leads."""
    return unescape(re.search(r'class="button main" href="(/login[^"]*)"', page)[1])


def send(browser, address="/consultations/new", **headers):
    return browser.post(address, data=SENT, headers=PAGE | OWN | headers, base_url=URL)


def test_who_is_logged_out_comes_back_to_the_page_that_was_asked_for(browser, log_in):
    refused = browser.get("/articles?page=2&sort=name", base_url=URL, headers=PAGE)

    assert refused.status_code == 401
    assert log_in(address=login_of(refused.text)).location == "/articles?page=2&sort=name"


def test_what_was_searched_for_stays_out_of_the_address_of_the_login(browser):
    refused = browser.get("/articles?search=19121212-1212&page=2", base_url=URL, headers=PAGE)

    assert login_of(refused.text) == "/login?next=%2Farticles%3Fpage%3D2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/%09/evil.example",
        "javascript:1",
        "orders",
        "/orders\r\nX: y",
        "/nowhere",
        "/logout",
        "/login?next=/orders",
        "/language/en?back=/orders",
        "/orders?" + "x" * 1000,
    ],
)
def test_the_login_leads_nowhere_else(log_in, elsewhere):
    assert log_in(address=f"/login?next={quote(elsewhere)}").location == "/"


def test_the_way_back_is_taken_once_and_not_kept(browser, log_in):
    log_in(address="/login?next=/orders")

    with browser.session_transaction(base_url=URL) as session:
        assert set(session) == {"id", "person", "since", "seen"}
    assert log_in().location == "/"


def test_a_login_begun_at_another_host_keeps_its_way_back(browser):
    answer = browser.get("/login?next=/orders", base_url="http://localhost:8000")

    assert answer.location == f"{URL}/login?next=/orders"


def test_a_form_sent_without_a_login_is_not_done_and_the_login_leads_to_it(
    browser, log_in, services
):
    refused = send(browser)

    assert refused.status_code == 401
    assert "Det du skickade är inte gjort." in refused.text
    assert services.asked == []

    services.answers["ordering.list_customers"] = {"items": []}
    answer = log_in(address=login_of(refused.text))
    page = browser.get(answer.location, base_url=URL, headers=PAGE).text
    assert answer.location == "/consultations/new"
    assert "ingenting blev gjort" in page
    assert SENT["personal_identity_number"] not in page


def test_a_form_of_another_login_is_not_done_and_the_page_leads_to_it(browser, log_in, services):
    log_in()

    refused = send(browser)

    assert refused.status_code == FORM_EXPIRED().status
    assert 'class="button main" href="/consultations/new"' in refused.text
    assert "Det du skickade är inte gjort." in refused.text
    assert services.asked == []


@pytest.mark.parametrize("is_logged_in", [True, False])
def test_long_texts_can_be_copied_and_nothing_be_sent_again(browser, log_in, is_logged_in):
    if is_logged_in:
        log_in()

    page = send(browser).text

    assert "Behöver prova en &lt;ny&gt; rullstol." in page
    assert SENT["personal_identity_number"] not in page
    assert 'name="description"' not in page


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
@pytest.mark.parametrize("is_logged_in", [True, False])
def test_what_another_site_sends_is_not_shown(browser, log_in, services, site, is_logged_in):
    if is_logged_in:
        log_in()

    answer = send(browser, **{"Sec-Fetch-Site": site})

    assert answer.status_code in (401, 403)
    assert "rullstol" not in answer.text
    assert services.asked == []


def test_more_than_any_form_holds_is_refused_all_the_same(browser):
    sent = {"description": "lång text " * 200_000}

    answer = browser.post("/consultations/new", data=sent, headers=PAGE | OWN, base_url=URL)

    assert answer.status_code == 401
    assert "lång text" not in answer.text
