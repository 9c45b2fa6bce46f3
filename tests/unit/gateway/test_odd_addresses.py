"""Addresses that nobody would write, or only after a slip: a person is told what to do."""

import pytest

from gateway.web.forms import MOST_PAGES, page_of
from tests.unit.gateway.conftest import URL

PAGE = {"Accept": "text/html"}
NOTHING = {"items": [], "more": False}
LISTS = {  # the address, and what is asked for it
    "/orders": "ordering.list_orders",
    "/articles": "ordering.list_articles",
    "/consultations": "booking.list_activities",
    "/devices": "ordering.list_devices",
    "/adaptations": "ordering.list_adaptations",
    "/maintenance": "maintenance.list_maintenance_orders",
    "/courses": "training.list_courses",
    "/enrolments": "training.list_enrolments",
    "/notices": "ordering.list_notices",
    "/signing": "signing.list_signing_jobs",
}


@pytest.fixture
def page(browser, log_in, services):
    services.answers |= dict.fromkeys(LISTS.values(), NOTHING)
    log_in()
    return lambda address: browser.get(address, headers=PAGE, base_url=URL)


def asked(services, name):
    return next(message for called, message, _ in reversed(services.asked) if called == name)


@pytest.mark.parametrize(("address", "name"), LISTS.items())
@pytest.mark.parametrize("number", ["7", "10001", "9" * 22, "9" * 5000])
def test_a_page_past_the_end_leads_to_the_first(page, services, address, name, number):
    shown = page(f"{address}?page={number}")

    assert shown.status_code == 200
    assert int(asked(services, name)["page"]) <= MOST_PAGES
    assert "Listan har inte så många sidor." in shown.text
    assert f'<a href="{address}">Till första sidan</a>' in shown.text


@pytest.mark.parametrize("address", LISTS)
def test_the_first_page_of_an_empty_list_has_no_pages(page, address):
    assert "Listan har inte så många sidor." not in page(address).text


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("12", 12), ("0", 0), ("", 1), ("x", 1), ("-1", 1), ("²", 1), ("٣", 1)],
)
def test_the_page_is_the_number_that_the_address_tells(text, number):
    assert page_of(text) == number


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("name", ["search", "state", "sort", "unknown"])
def test_what_no_text_holds_is_sought_in_vain_on_every_page(page, services, address, name):
    shown = page(f"{address}?{name}=%00")

    assert shown.status_code == 200
    assert "JSON" not in shown.text
    assert "\x00" not in str([message for _, message, _ in services.asked])


def test_an_article_that_no_text_holds_is_sought_in_vain(page, services):
    services.answers["ordering.list_customers"] = NOTHING

    assert page("/orders/new?article=%00").status_code == 200
    assert asked(services, "ordering.list_articles")["search"] == "\ufffd"


@pytest.mark.parametrize("is_known", [True, False])
def test_a_person_at_an_address_that_does_not_exist_is_told_what_to_do(browser, log_in, is_known):
    if is_known:
        log_in()

    shown = browser.get("/nowhere", headers=PAGE, base_url=URL)

    assert shown.status_code == 404
    assert '<p class="lead">Kontrollera adressen' in shown.text
    assert ("sök i fältet överst" in shown.text) == is_known
    assert "Se /api/docs" not in shown.text


def test_a_program_is_told_where_the_addresses_are(program):
    assert program.get("/api/v1/nowhere").json["detail"].startswith("Se /api/docs")
