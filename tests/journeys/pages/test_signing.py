"""A technician sends an adaptation's document, and the prescriber assesses and signs it."""

import re

import pytest
from playwright.sync_api import expect

from tests.fixtures.processes import wait_until
from tests.journeys.pages.keyboard import Keyboard
from tests.unit.signing.pades.files import document

pytestmark = pytest.mark.timeout(400)
ANNA, JOHAN, ELSEWHERE = "Anna Lindqvist", "Johan Bergström", "Erik Sandell"
FILE = {"name": "fotplatta.pdf", "mimeType": "application/pdf", "buffer": document()}
RENEWED_AFTER = 21_000  # milliseconds, of the browser's clock
WORKSHOP = "supply_centre/Borås"
PATIENCE = 60  # seconds


@pytest.fixture
def built(case):
    """An adaptation that is ordered and built; the id of it."""
    mechanic = case.worker("technician", WORKSHOP)
    with case.visitor() as hers, case.visitor(mechanic) as his:
        device = next(
            one for one in his.pages("/devices", state="in_stock") if not one["is_blocked"]
        )
        ordered = hers.post(
            "/adaptations",
            {
                "customer_number": case.customer_number,
                "individual_number": device["individual_number"],
                "instruction": "Fotplattan förlängs med 4 cm.",
                "risks": [{"description": "Tar i trösklar", "measure": "Fälls upp"}],
            },
        )
        work = f"/maintenance-orders/{ordered['work_order_number']}"
        wait_until(lambda: "state" in his.get(work), "maintenance knows of it", PATIENCE)
        his.post(f"{work}/assignment", {"technician": mechanic.hsa_id})
        his.post(f"{work}/start", {"at": None})
        his.post(f"{work}/completion", {"at": None})
        wait_until(
            lambda: ordered["adaptation_id"] in str(his.pages("/signing-cases")),
            "signing knows of it",
            PATIENCE,
        )
    return ordered["adaptation_id"]


def send(johan, adaptation_id):
    """Send the document; return the job's address."""
    johan.open(f"/adaptations/{adaptation_id}")
    johan.sees("Fotplattan förlängs med 4 cm.")
    johan.follow("Skicka handling")
    johan.is_at("Skicka handling för underskrift")
    johan.open("/")
    johan.sees("Anpassningar som väntar på handling")
    johan.open("/signing/cases")
    johan.looks_right("signing-cases")
    johan.open(f"/signing/cases/{adaptation_id}/document")
    johan.looks_right("signing-new")
    johan.page.locator("#field-file").set_input_files(FILE)
    johan.press("Skicka")
    johan.sees("fotplatta.pdf är uppladdad.")
    johan.looks_right("signing-new-refused")
    johan.write("Rubrik", "Förlängd fotplatta")
    johan.press("Skicka")
    johan.sees("Handlingen är skickad för underskrift.")
    return johan.page.url.removeprefix(johan.url)


def assess(anna):
    anna.follow("Gör riskbedömningen")
    anna.looks_right("assessment")
    anna.write("Område", "Förflyttning")
    anna.press("Spara riskbedömningen")
    expect(anna.page.get_by_role("alert")).to_be_focused()
    expect(anna.page.locator(".wrong")).to_have_text([re.compile("Uppgiften saknas")] * 5)
    anna.looks_right("assessment-refused")
    anna.write("Vad kan hända?", "Plattan tar i tröskeln")
    anna.page.get_by_label("Sannolikhet").select_option("2")
    anna.page.get_by_label("Allvar").select_option("3")
    anna.page.get_by_label("Ja", exact=True).check()
    anna.page.get_by_label("Risken är godtagbar", exact=True).check()
    anna.press("Spara riskbedömningen")
    anna.sees("Riskbedömningen är sparad.")


@pytest.mark.rule("S-1")
@pytest.mark.rule("S-8")
def test_a_document_is_sent_assessed_and_signed(visit, built):
    johan, anna, erik = visit(JOHAN), visit(ANNA), visit(ELSEWHERE)
    address = send(johan, built)
    johan.page.clock.install()
    johan.open(f"/adaptations/{built}")
    johan.sees("Väntar på underskrift")
    johan.looks_right("adaptation")
    assert erik.page.goto(f"{erik.url}/adaptations/{built}").status == 404
    johan.open(address)
    news = johan.page.locator("[hx-get*='/news']").get_attribute("hx-get")
    assert erik.page.goto(f"{erik.url}{address}").status == 404
    assert erik.page.goto(f"{erik.url}{news}").status == 404
    assert erik.page.goto(f"{erik.url}{address}/document").status == 404

    anna.open("/")
    anna.sees("Att bedöma och skriva under")
    anna.open(address)
    assess(anna)
    anna.sees(JOHAN)
    anna.looks_right("signing-job")
    assert anna.page.request.get(f"{anna.url}{address}/document").body().startswith(b"%PDF")
    anna.follow("Logga in för att skriva under")
    anna.page.get_by_role("button", name=ANNA).first.click()
    anna.press("Skriv under nu")
    anna.sees("Du har skrivit under.")
    anna.looks_right("signing-signed")
    anna.follow("Kontrollera underskrifterna")
    anna.sees("Alla underskrifter håller")
    anna.looks_right("signing-report")

    johan.page.clock.fast_forward(RENEWED_AFTER)
    johan.sees("1 av 1 underskrifter")
    johan.looks_right("signing-news")
    johan.open(news)
    johan.looks_right("signing-news-alone")
    johan.follow("Visa ärendet som det är nu")
    johan.sees("Underskriven och diarieförd")
    johan.open("/signing")
    johan.looks_right("signing")


@pytest.mark.rule("S-8")
def test_a_document_is_sent_assessed_and_signed_by_keyboard_alone(visit, built):
    johan, anna = visit(JOHAN), visit(ANNA)
    johan.open(f"/signing/cases/{built}/document")
    keys = Keyboard(johan.page)
    keys.go_to("Anpassningshandling")
    johan.page.locator("#field-file:focus").set_input_files(FILE)  # in the browser's own dialogue
    keys.go_to("Rubrik")
    keys.write("Längre fotplatta")
    keys.go_to("Skicka")
    keys.press("Enter")
    johan.sees("Handlingen är skickad för underskrift.")

    anna.open(johan.page.url.removeprefix(johan.url))
    keys = Keyboard(anna.page)
    keys.go_to("Gör riskbedömningen")
    keys.press("Enter")
    anna.is_at("Riskbedömning:")
    for label, text in (("Område", "Förflyttning"), ("Vad kan hända?", "Tar i tröskeln")):
        keys.go_to(label)
        keys.write(text)
    for label, grade in (("Sannolikhet", "2"), ("Allvar", "3")):
        keys.choose(label, grade)
    for label in ("Ja", "Risken är godtagbar"):
        keys.go_to(label)
        keys.press("Space")
    keys.go_to("Spara riskbedömningen")
    keys.press("Enter")
    anna.sees("Riskbedömningen är sparad.")
    keys.go_to("Logga in för att skriva under")
    keys.press("Enter")
    anna.page.wait_for_url(lambda url: not url.startswith(anna.url))
    keys.go_to(re.compile(ANNA))
    keys.press("Enter")
    anna.page.wait_for_url(f"{anna.url}/signing/*")
    keys.go_to("Skriv under nu")
    keys.press("Enter")

    anna.sees("Du har skrivit under.")


@pytest.mark.rule("S-10")
def test_a_prescriber_declines_and_says_why(visit, built):
    johan, anna = visit(JOHAN), visit(ANNA)
    address = send(johan, built)
    anna.open(address)
    anna.page.locator("summary", has_text="Avböj").click()
    anna.press("Avböj")
    anna.sees("Uppgiften saknas.")
    anna.looks_right("signing-decline")
    anna.write("Varför?", "Plattan är för lång.")
    anna.press("Avböj")
    anna.sees("Du har avböjt.")

    johan.open(address)
    johan.sees("Plattan är för lång.")
    johan.open(f"/signing/cases/{built}/document")
    johan.is_at("Skicka handling för underskrift")


@pytest.mark.rule("U-10")
def test_a_prescriber_orders_an_adaptation(visit, case):
    with case.visitor(case.worker("technician", WORKSHOP)) as his:
        stock = his.pages("/devices", state="in_stock")
    device = next(one for one in stock if not one["is_blocked"])
    anna = visit(ANNA)
    anna.open("/adaptations/new")
    anna.write("Vad ska göras?", "Förläng fotplattan.")
    anna.press("Beställ")
    anna.sees("Uppgiften saknas.")
    anna.looks_right("adaptation-refused")
    anna.page.get_by_label("Kundnummer").select_option(case.customer_number)
    anna.write("Hjälpmedlets individnummer", device["individual_number"])
    anna.write("Vad kan hända?", "Plattan tar i trösklar.")
    anna.write("Åtgärd", "Plattan fälls upp.")
    anna.press("Beställ")
    anna.sees("Anpassningen är beställd")
    anna.sees(device["individual_number"])
    anna.looks_right("adaptations")
    anna.open("/adaptations")
    anna.page.locator("tbody th a").first.click()
    anna.is_at("Specialanpassning, arbetsorder")
    anna.sees("Förläng fotplattan.")
    anna.sees("Plattan fälls upp.")
