"""A prescriber orders, and books a consultation."""

import re

import pytest
from playwright.sync_api import expect

from sandbox.demo.case import TELEPHONE
from tests.journeys.pages.keyboard import Keyboard

pytestmark = pytest.mark.timeout(240)
ANNA, UNTRAINED, ELSEWHERE = "Anna Lindqvist", "Mattias Eriksson", "Erik Sandell"


@pytest.fixture
def number(case):
    return case.patient.personal_identity_number


@pytest.fixture
def article(case):
    """The number of a manual wheelchair."""
    with case.visitor() as hers:
        return hers.get("/articles", search="Vinga")["items"][0]["article_number"]


@pytest.mark.rule("O-18")
def test_an_article_is_found_and_ordered_for_a_patient(visit, number):
    anna = visit(ANNA)
    anna.open("/articles")
    anna.looks_right("articles")

    anna.write("Artikelnummer, namn eller ISO-kod", "Vinga")
    anna.press("Sök")
    anna.follow("Beställ Rullstol Vinga 38 cm")
    anna.write("Patientens personnummer", "19121212-1213")
    anna.press("Beställ")
    anna.sees("Personnumret är inte ett riktigt personnummer")
    expect(anna.page.get_by_label("Patientens personnummer")).to_have_value("19121212-1213")
    anna.looks_right("order-refused")
    anna.write("Patientens personnummer", number)
    anna.press("Beställ")

    anna.is_at("Beställning")
    anna.sees(re.compile("Beställning .* är lagd"))
    anna.looks_right("order")
    anna.page.get_by_text("Återta beställningen").first.click()
    anna.press("Återta beställningen")
    anna.sees("Beställningen är återtagen.")


@pytest.mark.rule("T-1")
def test_who_lacks_training_is_told_so_and_led_to_the_course(visit, number, article):
    mattias = visit(UNTRAINED)
    mattias.sees("Utbildning saknas.")
    mattias.looks_right("start-untrained")

    mattias.open(f"/orders/new?article={article}")
    mattias.write("Patientens personnummer", number)
    mattias.press("Beställ")

    expect(
        mattias.page.get_by_role("link", name=re.compile("Anmäl dig till")).first
    ).to_be_visible()
    mattias.looks_right("order-gate-closed")


@pytest.mark.rule("B-6")
@pytest.mark.rule("B-8")
@pytest.mark.rule("B-9")
@pytest.mark.rule("B-12")
def test_a_consultation_is_asked_for_booked_moved_and_cancelled(visit, number):
    anna = visit(ANNA)
    anna.open("/")
    anna.follow("Begär konsultation")
    anna.looks_right("consultation-new")
    anna.write("Patientens personnummer", number)
    anna.write("Vad gäller det?", "Provning i hemmet")
    anna.press("Registrera och välj tid")

    anna.is_at("Konsultation, arbetsorder")
    anna.page.get_by_label("Ort").select_option(label="Borås")
    anna.page.get_by_label("Tjänsteprodukt").select_option(label="Förväntningssamtal, 30 min")
    expect(anna.page.locator(".times button").first).to_be_visible()
    anna.looks_right("times")
    anna.page.locator(".times button").first.click()

    anna.sees("Tiden hålls åt dig till")
    anna.looks_right("hold")
    anna.write("Telefon", "inget nummer")
    anna.press("Boka tiden")
    anna.sees("Telefonnumret går inte att ringa.")
    anna.write("Telefon", TELEPHONE)
    anna.press("Boka tiden")

    anna.sees("Tiden är bokad.")
    anna.looks_right("booked")
    booked = anna.page.url
    anna.follow("Visa patienten")
    anna.sees("Provning i hemmet")
    anna.page.goto(f"{booked}/patient")
    anna.looks_right("work-order-patient")
    anna.follow(f"Arbetsorder {booked.rpartition('/')[2]}")
    anna.follow("Boka om")
    anna.page.get_by_label("Varför bokas den om?").select_option(label="Patienten har förhinder")
    anna.looks_right("rebooking")
    anna.page.locator(".times button").last.click()
    anna.sees("Tiden är ombokad.")
    anna.page.get_by_text("Avboka tiden").first.click()
    anna.press("Avboka tiden")
    anna.sees("Tiden är avbokad.")
    anna.open("/consultations")
    anna.looks_right("consultations")


def test_a_consultation_is_booked_by_keyboard_alone(visit, number):
    anna = visit(ANNA)
    anna.open("/consultations/new")
    keys = Keyboard(anna.page)

    keys.go_to("Patientens personnummer")
    keys.write(number)
    keys.go_to("Registrera och välj tid")
    keys.press("Enter")
    anna.is_at("Konsultation, arbetsorder")
    expect(anna.page.get_by_label("Ort")).to_be_visible()
    keys.choose("Ort", "Bor")
    expect(anna.page.get_by_label("Tjänsteprodukt")).to_be_visible()
    expect(anna.page.get_by_label("Ort")).to_be_focused()
    keys.choose("Tjänsteprodukt", "F")
    expect(anna.page.locator(".times button").first).to_be_visible()
    keys.go_to(re.compile(r"^\d\d:\d\d$"))
    keys.press("Enter")
    anna.sees("Tiden hålls åt dig till")
    keys.go_to("Telefon")
    keys.write(TELEPHONE)
    keys.go_to("Boka tiden")
    keys.press("Enter")

    anna.sees("Tiden är bokad.")


def test_another_units_order_and_work_order_are_not_there(visit, article, case):
    with case.visitor() as hers:
        placed = case.order(hers, article)
        asked = hers.post("/consultations", case.consultation())
    erik = visit(ELSEWHERE)

    work_order = f"/work-orders/{asked['work_order_number']}"
    for address in (f"/orders/{placed['order_id']}", work_order, f"{work_order}/patient"):
        answer = erik.page.goto(erik.url + address)
        assert answer.status == 404
        erik.is_at("finns inte")
