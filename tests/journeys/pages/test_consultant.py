"""A consultant subscribes to her visits and has her busy times read; where hours are short."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.pages.keyboard import Keyboard

pytestmark = pytest.mark.timeout(240)
ELIAS, LINNEA = "Elias Ekman", "Linnea Holmberg"


@pytest.mark.rule("B-16")
def test_a_consultant_has_her_calendar_in_both_directions(visit):
    elias = visit(ELIAS)
    elias.open("/")
    elias.page.get_by_role("link", name="Min kalender").click()
    elias.press("Skapa en adress")
    elias.looks_right("calendar-address")
    secret = elias.page.get_by_label("Adressen visas bara nu").input_value()
    assert httpx.get(secret).text.startswith("BEGIN:VCALENDAR")

    elias.write("Kalenderns adress", "ingen adress")
    elias.press("Läs kalendern")
    expect(elias.page.get_by_role("alert")).to_be_focused()
    elias.write("Kalenderns adress", "http://127.0.0.1/hemligt.ics")
    elias.press("Läs kalendern")
    expect(elias.page.locator(".badge.bad")).to_be_visible()  # it is no address of the open net
    elias.looks_right("calendar")
    elias.press("Sluta läsa 127.0.0.1")
    elias.sees("Kalendern läses inte längre.")
    elias.page.get_by_text("Återkalla adressen").first.click()
    elias.press("Återkalla adressen")

    elias.sees("Adressen är återkallad")
    assert httpx.get(secret).status_code == 404


@pytest.mark.rule("B-17")
def test_the_supply_centre_sees_which_weeks_fall_short(visit):
    linnea = visit(LINNEA)
    linnea.open("/")
    keys = Keyboard(linnea.page)
    keys.go_to("Bemanning")
    keys.press("Enter")

    linnea.is_at("Bemanning")
    expect(linnea.page.get_by_role("img", name="Timmar som saknas, per vecka")).to_be_visible()
    linnea.looks_right("staffing")
    linnea.page.get_by_label("Från").fill("2026-01-05")
    linnea.page.get_by_label("Till").fill("2025-01-05")
    linnea.page.get_by_role("button", name="Visa").click()
    linnea.sees("Ange en dag från och med den första, högst 26 veckor i taget.")
