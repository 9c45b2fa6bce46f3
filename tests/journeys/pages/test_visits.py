"""A prescriber books two consultations of one patient in one visit."""

import re

import pytest
from playwright.sync_api import expect

from sandbox.demo.case import TELEPHONE
from tests.journeys.pages.keyboard import Keyboard

pytestmark = [pytest.mark.timeout(240), pytest.mark.rule("B-14")]
ANNA = "Anna Lindqvist"
TALK = "Förväntningssamtal, 30 min"
HELD_AT_MOST = 4  # HOLDS_PER_PERSON
BOTH_TIMES = re.compile(r"^\d\d:\d\d och \d\d:\d\d$")


@pytest.fixture
def numbers(case):
    """Two work orders of the same patient, both open to booking."""
    with case.visitor() as hers:
        asked = [hers.post("/consultations", case.consultation()) for _ in range(2)]
        for one in asked:
            case.activity(hers, one["activity_id"])
    return [one["work_order_number"] for one in asked]


@pytest.fixture
def anna(visit, numbers):
    """The prescriber, at the first of the two, when its place and service product are chosen."""
    anna = visit(ANNA)
    anna.open(f"/work-orders/{numbers[0]}")
    anna.page.get_by_label("Ort").select_option(label="Borås")
    anna.page.get_by_label("Tjänsteprodukt").select_option(label=TALK)
    expect(anna.page.get_by_label("Boka tillsammans med")).to_be_visible()
    return anna


@pytest.fixture
def times_for_both(anna, numbers):
    first, second = numbers
    anna.page.get_by_label("Boka tillsammans med").select_option(value=second)
    product = anna.page.get_by_label(f"Tjänsteprodukt för arbetsorder {second}")
    product.select_option(label=TALK)
    anna.sees(f"Först börjar arbetsorder {first}, sedan arbetsorder {second}.")
    return anna.page.get_by_role("main").get_by_role("button", name=BOTH_TIMES)


@pytest.fixture
def booked(anna, times_for_both):
    times_for_both.first.click()
    anna.write("Telefon", TELEPHONE)
    anna.press("Boka båda tiderna")
    anna.sees("Båda tiderna är bokade, i ett besök.")
    return anna


@pytest.mark.rule("B-9")
def test_two_are_held_held_longer_refused_and_booked_in_one_go(anna, numbers, times_for_both):
    anna.looks_right("times-for-two")
    times_for_both.first.click()
    anna.is_at(f"Boka ett besök för arbetsorder {numbers[0]} och {numbers[1]}")
    anna.looks_right("hold-two")

    anna.write("Telefon", "inget nummer")
    anna.press("Behåll tiden längre")
    anna.sees(re.compile(r"Tiden hålls åt dig till \d\d:\d\d\."))
    expect(anna.page.get_by_label("Telefon")).to_have_value("inget nummer")
    anna.press("Boka båda tiderna")
    anna.sees("Telefonnumret går inte att ringa.")
    anna.write("Telefon", TELEPHONE)
    anna.press("Boka båda tiderna")

    anna.sees("Båda tiderna är bokade, i ett besök.")
    for own, other in (numbers, reversed(numbers)):
        anna.open(f"/work-orders/{own}")
        anna.sees(f"då behåller arbetsorder {other} sin tid.")
    anna.looks_right("booked-two")


@pytest.mark.rule("B-12")
def test_a_visit_is_moved_whole_then_one_part_then_the_other_is_cancelled(booked, numbers):
    first, second = numbers
    booked.open(f"/work-orders/{second}/rebooking")
    booked.sees("Båda flyttas, och förblir ett besök.")
    booked.sees(f"Först börjar arbetsorder {first}, sedan arbetsorder {second}.")
    booked.looks_right("rebooking-two")
    booked.page.get_by_role("main").get_by_role("button", name=BOTH_TIMES).last.click()
    booked.sees("Tiden är ombokad.")
    booked.sees(f"då behåller arbetsorder {first} sin tid.")

    booked.follow("Boka om")
    booked.page.get_by_label("Vad ska flyttas?").select_option(value="one")
    booked.press("Visa")
    booked.sees("Det blir två besök, vart och ett för sig.")
    booked.page.locator(".times button").first.click()
    booked.sees("Tiden är ombokad.")
    booked.open(f"/work-orders/{first}")
    booked.sees("Bokad tid")

    expect(booked.page.get_by_text("Samma besök")).to_have_count(0)


@pytest.mark.rule("B-12")
def test_a_visit_is_cancelled_whole(booked, numbers):
    booked.page.get_by_text("Avboka tiden").first.click()
    booked.sees(f"Arbetsorder {numbers[1]} behåller sin tid och blir ett eget besök")
    booked.page.get_by_label(f"Avboka också arbetsorder {numbers[1]}").check()
    booked.press("Avboka tiden")
    booked.sees("Tiden är avbokad.")

    booked.open(f"/work-orders/{numbers[1]}")

    booked.sees("Välj tid")


def test_another_time_is_chosen_and_the_choice_stays(anna, times_for_both):
    times_for_both.first.click()
    anna.sees("Tiden hålls åt dig till")
    anna.press("Välj en annan tid")

    expect(times_for_both.first).to_be_visible()


def test_who_goes_back_and_chooses_again_lets_go_of_what_was_held(anna, case, times_for_both):
    for which in range(HELD_AT_MOST):
        times_for_both.nth(which).click()
        anna.sees("Tiden hålls åt dig till")
        anna.page.go_back()

    with case.visitor() as hers:
        held = [one["start"] for one in hers.get("/holds")["items"]]
    assert len(held) == 2
    anna.page.go_forward()
    anna.press("Välj en annan tid")
    expect(times_for_both.first).to_be_visible()


@pytest.fixture
def others_held(case):
    """Times held for as many other work orders as anybody may hold times for."""
    with case.visitor() as hers:
        times = iter(case.free_times(hers)[::-1])
        for _ in range(HELD_AT_MOST):
            asked = hers.post("/consultations", case.consultation())
            case.activity(hers, asked["activity_id"])
            while case.hold(hers, asked, next(times)).status_code == 409:
                pass  # it overlaps one that is held
        yield
        for one in hers.get("/holds")["items"]:
            hers.delete(f"/holds/{one['hold_id']}")


@pytest.mark.usefixtures("others_held")
def test_who_holds_too_much_lets_go_of_some_from_where_it_was_refused(anna, times_for_both):
    times_for_both.first.click()
    anna.sees(f"Du kan hålla högst {HELD_AT_MOST} tider åt gången.")
    anna.looks_right("holds-too-many")
    for _ in range(2):
        times_for_both.first.click()
        anna.sees("Tider du håller")
        anna.page.get_by_role("button", name="Släpp tiden").first.click()
        anna.sees("Tiden är släppt.")

    times_for_both.first.click()
    anna.sees("Tiden hålls åt dig till")
    anna.press("Välj en annan tid")


def test_two_are_booked_in_one_visit_by_keyboard_alone(visit, numbers):
    first, second = numbers
    anna = visit(ANNA)
    anna.open(f"/work-orders/{first}")
    keys = Keyboard(anna.page)

    keys.choose("Ort", "Bor")
    expect(anna.page.get_by_label("Tjänsteprodukt")).to_be_visible()
    expect(anna.page.get_by_label("Ort")).to_be_focused()
    keys.choose("Tjänsteprodukt", "F")
    expect(anna.page.get_by_label("Boka tillsammans med")).to_be_visible()
    expect(anna.page.get_by_label("Tjänsteprodukt")).to_be_focused()
    keys.choose("Boka tillsammans med", f"Arbetsorder {second}")
    product = anna.page.get_by_label(f"Tjänsteprodukt för arbetsorder {second}")
    expect(product).to_be_visible()
    expect(anna.page.get_by_label("Boka tillsammans med")).to_be_focused()
    keys.choose(f"Tjänsteprodukt för arbetsorder {second}", "F")
    anna.sees(f"Först börjar arbetsorder {first}, sedan arbetsorder {second}.")
    keys.go_to(BOTH_TIMES)
    keys.press("Enter")
    anna.is_at("Boka ett besök")
    keys.go_to("Telefon")
    keys.write(TELEPHONE)
    keys.press("Enter")

    anna.sees("Båda tiderna är bokade, i ett besök.")
