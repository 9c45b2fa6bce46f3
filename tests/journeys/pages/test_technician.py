"""A technician takes a work order, starts it, pauses it and finishes it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.pages.keyboard import Keyboard

pytestmark = pytest.mark.timeout(240)
ANNA, JOHAN, ELSEWHERE = "Anna Lindqvist", "Johan Bergström", "Erik Sandell"
FAULT = {
    "Hjälpmedlets individnummer": "HMC200417",
    "Vad är fel?": "Vänster broms tar inte.",
    "Var på hjälpmedlet?": "Vänster hjul",
    "Kontaktperson": "Britta Boende",
    "Kontaktpersonens telefon": "070-174 06 06",
    "Adress": "Storgatan 1, Borås",
}


def report(visitor):
    """Report a fault; return the number of the work order."""
    visitor.open("/maintenance/new")
    for label, text in FAULT.items():
        visitor.write(label, text)
    visitor.press("Anmäl")
    visitor.is_at("Arbetsorder")
    return visitor.page.url.rpartition("/")[2]


@pytest.mark.rule("M-4")
@pytest.mark.rule("U-4")
def test_a_fault_is_reported_and_the_work_done(visit):
    anna, johan = visit(ANNA), visit(JOHAN)
    anna.open("/maintenance/new")
    anna.press("Anmäl")
    anna.sees("Uppgiften saknas.")
    anna.looks_right("maintenance-refused")
    number = report(anna)

    johan.open("/")
    johan.looks_right("start-technician")
    johan.open(f"/maintenance/{number}")
    johan.press("Ta arbetsordern")
    johan.sees("Arbetsordern är din.")
    johan.press("Påbörja")
    johan.sees("Arbetet är påbörjat.")
    johan.press("Pausa")
    johan.sees("Uppgiften saknas.")
    johan.looks_right("work-refused")
    johan.page.get_by_label("Orsak").first.select_option(label="Väntar på reservdel")
    johan.press("Pausa")
    johan.sees("Arbetet är pausat.")
    johan.looks_right("work-paused")
    johan.press("Återuppta")
    johan.page.get_by_text("Slutför").first.click()
    johan.sees("arbetet kan inte påbörjas igen")
    johan.press("Slutför")
    johan.sees("Arbetet är klart.")
    johan.looks_right("work-done")

    johan.open("/maintenance?technician=me")
    johan.sees(number)
    johan.looks_right("maintenance")
    johan.follow("Måluppfyllnad")
    johan.looks_right("fulfilment")


def test_a_list_is_sorted_by_its_heads_and_the_address_keeps_how(visit):
    johan = visit(JOHAN)
    johan.open("/devices?state=in_stock")
    head = johan.page.get_by_role("columnheader", name="Individnummer")
    expect(head).to_have_attribute("aria-sort", "ascending")
    first = johan.page.get_by_role("rowheader").first
    lowest = first.inner_text()
    johan.follow("Individnummer")

    expect(head).to_have_attribute("aria-sort", "descending")
    expect(first).not_to_have_text(lowest)
    assert "state=in_stock&sort=-individual_number" in johan.page.url
    johan.looks_right("devices-sorted")
    johan.follow("Artikel")
    expect(head).not_to_have_attribute("aria-sort", re.compile(""))

    johan.open("/maintenance?sort=-work_order_number")
    johan.follow("Visa det mest brådskande först")
    assert "sort" not in johan.page.url


def test_a_work_order_is_started_and_finished_by_keyboard_alone(visit):
    number = report(visit(ANNA))
    johan = visit(JOHAN)
    johan.open(f"/maintenance/{number}")
    keys = Keyboard(johan.page)

    for name, done in [
        ("Ta arbetsordern", "Arbetsordern är din."),
        ("Påbörja", "Arbetet är påbörjat."),
        ("Slutför", "arbetet kan inte påbörjas igen"),
        ("Slutför", "Arbetet är klart."),
    ]:
        keys.go_to(name)
        keys.press("Enter")
        johan.sees(done)


def test_another_units_work_order_is_not_there(visit):
    number = report(visit(ANNA))
    erik = visit(ELSEWHERE)

    assert erik.page.goto(f"{erik.url}/maintenance/{number}").status == 404
    expect(erik.page.get_by_role("heading", level=1)).to_contain_text("finns inte")
