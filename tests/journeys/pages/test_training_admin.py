"""A training admin announces an occasion, follows its seats, records completions, withdraws it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.pages.keyboard import Keyboard

pytestmark = pytest.mark.timeout(240)
RENEWED_AFTER = 21_000  # milliseconds, of the browser's clock
MARIA, ANNA, ERIK = "Maria Ekdahl", "Anna Lindqvist", "Erik Sandell"


def announce(maria, seats=1):
    """Announce an occasion; return its address."""
    start = datetime.now(UTC) + timedelta(days=30)
    maria.open("/courses/hoists")
    maria.page.get_by_text("Utlys ett tillfälle").click()
    maria.write("Plats", "Alingsås")
    maria.page.locator("#field-start").fill(f"{start:%Y-%m-%dT}09:00")
    maria.page.locator("#field-end").fill(f"{start:%Y-%m-%dT}08:00")
    maria.write("Antal platser", str(seats))
    maria.press("Utlys")
    expect(maria.page.get_by_role("alert")).to_be_focused()
    maria.page.locator("#field-end").fill(f"{start:%Y-%m-%dT}15:00")
    maria.press("Utlys")
    maria.sees("Tillfället är utlyst.")
    return maria.page.url.removeprefix(maria.url)


@pytest.mark.rule("T-38")
def test_an_occasion_is_announced_filled_and_withdrawn(visit):
    maria, anna, erik = visit(MARIA), visit(ANNA), visit(ERIK)
    maria.open("/courses")
    maria.looks_right("courses")
    address = announce(maria)

    anna.open(address)
    anna.looks_right("occasion")
    anna.press("Anmäl mig")
    anna.sees("Anmälan är gjord.")
    erik.open(address)
    erik.press("Ställ mig i kö")
    erik.sees("platsen i kön är tagen")
    erik.page.clock.install()
    erik.open("/enrolments")
    erik.sees("plats 1 i kön")
    erik.looks_right("enrolments")

    maria.open(address)
    maria.sees(ANNA)
    maria.sees(ERIK)
    maria.looks_right("occasion-admin")
    maria.page.get_by_text("Ställ in tillfället").first.click()
    maria.sees("1 anmälda och 1 i kö får besked med e-post")
    maria.press("Ställ in tillfället")
    maria.sees("Tillfället är inställt")
    erik.page.clock.fast_forward(RENEWED_AFTER)
    expect(erik.page.get_by_text("plats 1 i kön")).to_have_count(0)
    maria.open("/courses/hoists")
    maria.follow("Visa i listan över tillfällen")
    expect(maria.page.get_by_label("Utbildning", exact=True)).to_have_value("hoists")
    maria.follow("Plats")
    maria.page.wait_for_url("**/occasions?course=hoists&sort=place")
    maria.looks_right("occasions")
    maria.open("/occasions?course=nothing")
    maria.follow("Visa hela listan")
    expect(maria.page.get_by_label("Utbildning", exact=True)).to_have_value("")


@pytest.mark.rule("T-7")
def test_completions_are_recorded_and_imported_after_a_dry_run(visit):
    maria, anna = visit(MARIA), visit(ANNA)
    address = announce(maria, seats=5)
    anna.open(address)
    anna.press("Anmäl mig")
    maria.open(address)
    maria.page.get_by_role("checkbox").first.check()
    maria.press("Notera genomförda")
    maria.sees("genomföranden är noterade.")

    maria.open("/completions")
    maria.write("Filens text", "hsa_id;course;completed_day\nokänd;hoists;2026-05-21")
    maria.press("Provkör")
    maria.sees("Så här skulle det bli")
    maria.looks_right("import-dry-run")
    maria.press("Läs in")
    maria.sees("genomföranden är inlästa.")
    maria.sees("okänd")
    maria.looks_right("completions")
    aside = maria.page.locator("details", has_text="Lägg undan okänd").first
    aside.locator("summary").click()
    expect(aside.get_by_text("räknas inte för någon")).to_be_visible()
    aside.get_by_role("button").click()
    maria.sees("Raden är undanlagd.")


def test_a_course_is_enrolled_in_and_left_by_keyboard_alone(visit):
    address = announce(visit(MARIA), seats=5)
    erik = visit(ERIK)
    erik.open(address)
    keys = Keyboard(erik.page)

    keys.go_to("Anmäl mig")
    keys.press("Enter")
    erik.sees("Anmälan är gjord.")
    erik.open("/enrolments")
    keys.go_to("Återta anmälan")
    keys.press("Enter")
    expect(erik.page.get_by_text("Platsen går vidare till nästa i kön").first).to_be_visible()
    keys.go_to("Återta anmälan")
    keys.press("Enter")

    erik.sees("Anmälan är återtagen.")


def test_a_course_or_an_occasion_that_is_not_there_is_said_so(visit):
    erik = visit(ERIK)
    nowhere = "/occasions/0b7c1f4e-6a52-4f0e-9a43-6d8f5f6b9d10"

    for address in ("/courses/nothing", nowhere):
        assert erik.page.goto(erik.url + address).status == 404
