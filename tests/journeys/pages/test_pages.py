"""What holds for all pages: their rules, their start and their end."""

from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.journeys.pages.conftest import PATIENCE, Visitor

pytestmark = pytest.mark.timeout(240)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "welcome"),
        ("/api/docs", "api"),
        ("/api/docs/operations/place_order", "api-operation"),
        ("/api/docs/messages/OrderView", "api-message"),
        ("/api/problems", "problems"),
        ("/api/problems/ordering.gate.closed", "problem"),
    ],
)
def test_the_pages_before_login_break_no_rule(window, suite, looked_at, address, name):
    visitor = looked_at(window())
    visitor.open(address)
    visitor.looks_right(name)


@pytest.mark.parametrize(
    "name", ["Anna Lindqvist", "Johan Bergström", "Maria Ekdahl", "Adam Ström", "Elias Ekman"]
)
def test_the_start_of_each_role_breaks_no_rule(visit, name):
    visitor = visit(name)
    visitor.open("/")
    visitor.looks_right(f"start-{name.split()[0].lower()}")


def test_the_menu_of_a_prescriber_is_one_row_of_a_usual_window(visit):
    anna = visit("Anna Lindqvist")
    anna.open("/")

    links = anna.page.get_by_role("navigation", name="Huvudmeny").get_by_role("link").all()

    assert len({link.bounding_box()["y"] for link in links}) == 1


def test_the_lists_of_a_prescriber_break_no_rule(visit):
    anna = visit("Anna Lindqvist")
    for address in ("/orders", "/orders/new", "/courses", "/courses/hoists", "/adaptations"):
        anna.open(address)
        anna.looks_right(address.strip("/").replace("/", "-"))


def test_the_components_break_no_rule(visit):
    anna = visit("Anna Lindqvist")
    anna.open("/design")
    anna.looks_right("design")


def test_one_field_finds_orders_work_orders_devices_and_courses(visit):
    anna = visit("Anna Lindqvist")
    anna.open("/")
    anna.page.get_by_role("searchbox").fill("lyft")
    anna.page.get_by_role("search").get_by_role("button").click()

    anna.is_at("Sökresultat")
    anna.looks_right("search")


def test_the_pages_are_in_english_for_those_who_choose_it(visit):
    anna = visit("Anna Lindqvist")
    anna.open("/")
    anna.page.get_by_role("link", name="English").click()

    anna.is_at("This waits for you")
    expect(anna.page.locator("html")).to_have_attribute("lang", "en")


def test_who_logs_out_is_out(window, suite, looked_at):
    visitor = looked_at(window())
    visitor.open("/login")
    visitor.page.get_by_role("button", name="Elias Ekman").first.click()
    visitor.is_at("Det här väntar på dig")

    visitor.page.get_by_role("button", name="Logga ut").click()
    visitor.page.wait_for_load_state()

    answer = visitor.page.goto(f"{suite.url}/orders")
    assert answer.status == 401
    visitor.is_at("Du är inte inloggad")


def test_who_was_logged_out_while_writing_is_told_and_comes_back_to_the_form(
    window, suite, looked_at
):
    anna = looked_at(window())
    anna.open("/consultations/new")
    anna.is_at("Du är inte inloggad")
    anna.follow("Logga in med SITHS")
    anna.page.get_by_role("button", name="Anna Lindqvist").first.click()
    anna.is_at("Begär konsultation")

    anna.write("Vad gäller det?", "Behöver prova en ny rullstol utomhus.")
    anna.page.context.clear_cookies(name="rampen")
    anna.press("Registrera och välj tid")

    anna.is_at("Du är inte inloggad")
    anna.sees("Behöver prova en ny rullstol utomhus.")
    anna.looks_right("logged-out")
    anna.follow("Logga in med SITHS")  # whom the provider still knows
    anna.is_at("Begär konsultation")
    anna.sees("ingenting blev gjort")


def test_the_language_of_a_refused_form_can_be_chosen(visit):
    anna = visit("Anna Lindqvist")
    anna.open("/consultations/new")
    anna.press("Registrera och välj tid")
    anna.page.get_by_role("banner").get_by_role("link", name="English").click()

    anna.is_at("Request a consultation")


def test_a_list_that_cannot_be_renewed_says_why(chromium, suite, visit):
    login = visit("Anna Lindqvist").page.context.storage_state()
    with closing(chromium.new_context(storage_state=login)) as context:  # complaints are expected
        anna = Visitor(context.new_page(), suite.url)
        anna.open("/articles")
        told = anna.page.locator("#away")

        anna.page.route("**/articles?**", lambda route: route.abort())
        anna.write("Artikelnummer", "lyft")
        expect(told).to_have_text("Sidan kan inte uppdateras just nu.", timeout=PATIENCE)

        anna.page.unroute_all()
        anna.write("Artikelnummer", "stol")
        expect(told).to_have_text("", timeout=PATIENCE)

        context.clear_cookies(name="rampen")
        anna.write("Artikelnummer", "säng")
        expect(told).to_have_text("Du är utloggad. Logga in", timeout=PATIENCE)
        anna.looks_right("logged-out-list")
        told.get_by_role("link").click()
        anna.is_at("Artiklar")


def test_an_address_that_does_not_exist_says_what_to_do(visit):
    anna = visit("Anna Lindqvist")
    anna.open("/nowhere")

    anna.is_at("Adressen finns inte.")
    anna.sees("sök i fältet överst")
    anna.looks_right("not-found")


def test_a_page_past_the_end_of_a_list_leads_to_its_first(visit):
    anna = visit("Anna Lindqvist")
    anna.open("/articles?page=9999999999999999999999")
    anna.looks_right("past-the-end")
    anna.follow("Till första sidan")

    expect(anna.page.get_by_role("main").get_by_role("table")).to_be_visible()
