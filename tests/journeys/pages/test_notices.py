"""Messages by date: read by everybody on the first page, written by those who may."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.pages.keyboard import Keyboard

pytestmark = pytest.mark.timeout(240)
RENEWED_AFTER = 21_000  # milliseconds, of the browser's clock
ADAM, ANNA = "Adam Ström", "Anna Lindqvist"


@pytest.mark.rule("A-1")
def test_a_message_is_published_read_corrected_and_withdrawn(visit):
    adam, anna = visit(ADAM), visit(ANNA)
    title = f"Driftstopp {uuid4().hex[:8]}"
    adam.open("/notices/new")
    adam.press("Publicera")
    adam.sees("Uppgiften saknas.")
    adam.looks_right("notices-refused")
    adam.page.get_by_role("combobox", name="Sort").select_option("safety")
    adam.write("Rubrik", title)
    adam.write("Text", "Beställ i god tid.")
    adam.press("Publicera")
    adam.sees("Meddelandet är publicerat.")
    adam.looks_right("notices")

    anna.open("/")
    message = anna.page.locator("details").filter(has_text=title)
    expect(message.get_by_text("Säkerhetsmeddelande")).to_be_visible()
    expect(message.get_by_text("Nytt", exact=True)).to_be_visible()
    anna.looks_right("front-with-messages")
    message.get_by_role("button", name="Märk som läst").click()
    anna.sees("Meddelandet är märkt som läst.")
    anna.is_at("Det här väntar på dig")
    expect(message).to_have_count(0)
    anna.follow("Alla meddelanden")
    stays = anna.page.get_by_role("article").filter(has_text=title)
    expect(stays).to_be_visible()
    expect(stays.get_by_role("button")).to_have_count(0)

    adam.follow(title)
    adam.write("Text", "Beställ före fredag.")
    adam.press("Spara rättelsen")
    adam.sees("Meddelandet är rättat.")
    anna.open("/")
    expect(message.get_by_text("Beställ före fredag.")).to_be_visible()
    expect(message.get_by_text("Nytt", exact=True)).to_be_visible()

    adam.follow(title)
    expect(adam.page.get_by_role("row", name="Beställ i god tid.")).to_be_visible()
    adam.looks_right("notice")
    adam.press("Återkalla")
    adam.sees("Meddelandet är återkallat.")
    anna.open("/")
    anna.is_at("Det här väntar på dig")
    expect(message).to_have_count(0)


def test_the_first_page_renews_itself_but_not_under_who_reads(visit):
    adam, anna = visit(ADAM), visit(ANNA)
    safety, news = (published(adam, kind) for kind in ("safety", "news"))
    anna.page.clock.install()
    anna.open("/")
    urgent, brief = (anna.page.locator("details").filter(has_text=one) for one in (safety, news))
    expect(urgent.get_by_text("Beställ i god tid.")).to_be_visible()
    brief.locator("summary").click()
    expect(brief.get_by_text("Beställ i god tid.")).to_be_visible()
    asked = []
    anna.page.on("request", lambda request: asked.append(request.url))

    withdraw(adam, safety)
    withdraw(adam, news)
    anna.page.clock.fast_forward(RENEWED_AFTER)
    assert not asked
    brief.locator("summary").click()
    anna.page.evaluate("document.activeElement.blur()")
    anna.page.clock.fast_forward(RENEWED_AFTER)

    expect(urgent).to_have_count(0)
    expect(brief).to_have_count(0)


def published(adam, kind):
    """The title of a message of that kind."""
    title = f"{kind} {uuid4().hex[:8]}"
    adam.open("/notices/new")
    adam.page.get_by_role("combobox", name="Sort").select_option(kind)
    adam.write("Rubrik", title)
    adam.write("Text", "Beställ i god tid.")
    adam.press("Publicera")
    adam.sees("Meddelandet är publicerat.")
    return title


def withdraw(adam, title):
    adam.open("/notices")
    adam.follow(title)
    adam.press("Återkalla")
    adam.sees("Meddelandet är återkallat.")


@pytest.mark.rule("A-1")
def test_a_message_is_published_by_keyboard_alone(visit):
    adam = visit(ADAM)
    title = f"Nyhet {uuid4().hex[:8]}"
    adam.open("/notices/new")
    keys = Keyboard(adam.page)

    keys.choose("Sort", "Nyheter")
    keys.go_to("Rubrik")
    keys.write(title)
    keys.go_to("Text")
    keys.write("En ny sida.")
    keys.go_to("Tekniker")
    keys.press("Space")
    keys.go_to("Publicera")
    keys.press("Enter")

    adam.sees("Meddelandet är publicerat.")
    row = adam.page.get_by_role("row").filter(has_text=title)
    expect(row).to_contain_text("Tekniker")
    expect(row).to_contain_text("Nyheter")


def test_others_may_not_write_them(visit):
    anna = visit(ANNA)
    anna.open("/notices")
    anna.is_at("Meddelanden")
    anna.looks_right("notices-read")

    assert anna.page.get_by_role("link", name="Skriv ett meddelande").count() == 0
