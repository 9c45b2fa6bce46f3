"""Two work orders are held, booked and moved in one visit, or neither is."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from contracts.errors import booking as errors
from contracts.errors.common import SERVICE_UNAVAILABLE
from gateway.api.openapi import EXAMPLES
from gateway.web.booking_times import pressed
from tests.unit.gateway.conftest import OWN, URL, token_of

pytestmark = pytest.mark.rule("B-14")
NUMBER, OTHER = "20000417", "20000418"
PAGE = f"/work-orders/{NUMBER}"
START, SECOND = "2126-05-21T08:00:00+00:00", "2126-05-21T08:45:00+00:00"
PRESSED = {
    "place": "1",
    "product": "11",
    "other": OTHER,
    "other_product": "12",
    "start": f"{START} 7 {SECOND}",
    "place_name": "Borås",
    "product_name": "Rullstol",
    "other_product_name": "Sittdyna",
}
SLOTS = {
    "items": [{"start": START, "end": SECOND, "consultant_ids": [7, 8], "other_start": SECOND}],
    "consultants": [{"consultant_id": 7, "name": "Maria Ek"}],
}
OPEN = EXAMPLES["ActivityView"] | {"closings": []}


@pytest.fixture
def services(services):
    order = EXAMPLES["WorkOrderView"]
    services.answers |= {
        "ordering.get_work_order": order | {"work_order_number": NUMBER},
        "ordering.list_work_orders": {
            "items": [order | {"work_order_number": OTHER}],
            "more": False,
        },
        "booking.list_activities": {"items": [OPEN], "more": False},
        "booking.list_places": {"items": [{"place_id": 1, "name": "Borås"}]},
        "booking.list_service_products": {
            "items": [
                {"service_product_id": 11, "name": "Rullstol", "duration": 45},
                {"service_product_id": 12, "name": "Sittdyna", "duration": 30},
            ]
        },
        "booking.list_free_times": SLOTS,
        "booking.hold_time": EXAMPLES["HoldView"],
        "booking.extend_hold": EXAMPLES["HoldView"] | {"expires_at": "2026-11-24T13:00:00+00:00"},
        "booking.book_time": EXAMPLES["BookingView"],
        "booking.rebook_time": EXAMPLES["BookingView"],
    }
    return services


@pytest.fixture
def send(browser, log_in):
    log_in()

    def send(what, **fields):
        return browser.post(
            f"{PAGE}/{what}", data=fields | token_of(browser), headers=OWN, base_url=URL
        )

    return send


@pytest.fixture
def kept(send):
    """What the address carries after two times were held."""
    return parse_qs(urlsplit(send("holds", **PRESSED).location).query)["hold"][0]


def seen(browser, address):
    return browser.get(address, base_url=URL, headers={"Accept": "text/html"}).text


def asked(services, method):
    return [message for name, message, _ in services.asked if name == f"booking.{method}"]


def refusing_the_second(services, method, refusal):
    """The service, which does the first that it is asked for and refuses the next."""
    answers = iter([services.answers.pop(f"booking.{method}")])

    def answer(_message):
        for one in answers:
            return one
        raise refusal()

    setattr(services, f"_{method}", answer)


def test_the_patients_other_work_orders_are_offered_and_times_for_both(services, browser, log_in):
    log_in()

    shown = seen(browser, f"{PAGE}?place=1&product=11&other={OTHER}&other_product=12")

    (wanted,) = asked(services, "list_free_times")
    assert wanted["other_service_product_id"] == "12"
    assert f'value="{START} 7 {SECOND}"' in shown
    assert f"Först börjar arbetsorder {NUMBER}, sedan arbetsorder {OTHER}." in shown


@pytest.mark.parametrize(
    ("chosen", "looked"), [("", 1), (f"&other={OTHER}", 0), ("&other=99999999&other_product=12", 1)]
)
def test_times_wait_for_the_other_service_product_and_a_stranger_is_no_other(
    services, browser, log_in, chosen, looked
):
    log_in()

    seen(browser, f"{PAGE}?place=1&product=11{chosen}")

    found = asked(services, "list_free_times")
    assert len(found) == looked
    assert not any("other_service_product_id" in one for one in found)


@pytest.mark.parametrize("query", ["?place=2&product=11", "?place=1&product=99"])
def test_what_was_chosen_at_another_place_is_chosen_again(browser, log_in, query):
    log_in()

    shown = seen(browser, f"{PAGE}{query}")

    assert "Välj ort" in shown
    assert START not in shown


def test_a_work_order_that_booking_has_not_heard_of_is_shown_again_by_itself(
    services, browser, log_in
):
    services.answers["booking.list_activities"] = {"items": [], "more": False}
    log_in()

    shown = seen(browser, PAGE)

    assert "Bokningen öppnas strax." in shown
    assert f'hx-get="{PAGE}" hx-trigger="every 1s"' in shown


def test_when_no_time_is_long_enough_it_is_said_what_to_do(services, browser, log_in):
    services.answers["booking.list_free_times"] = SLOTS | {"items": []}
    log_in()

    shown = seen(browser, f"{PAGE}?place=1&product=11&other={OTHER}&other_product=12")

    assert "Ingen tid räcker till båda de här dagarna." in shown


def test_both_are_held_with_the_same_consultant_and_booked_in_one_go(services, send, kept):
    answer = send("booking", hold=kept, telephone="070-174 06 05")

    first, second = asked(services, "hold_time")
    assert (first["start"], second["start"]) == (START, SECOND)
    assert (first["service_product_id"], second["service_product_id"]) == (11, 12)
    assert first["consultant_id"] == second["consultant_id"] == 7
    assert first["command_id"] != second["command_id"]
    (command,) = asked(services, "book_time")
    assert command["work_order_number"] == NUMBER
    assert command["together_with"]["work_order_number"] == OTHER
    assert answer.status_code == 303


def test_when_the_second_time_is_taken_the_first_is_let_go_and_others_are_shown(services, send):
    refusing_the_second(services, "hold_time", errors.SLOT_TAKEN)

    answer = send("holds", **PRESSED)

    assert answer.status_code == 409
    assert "Välj en annan av de lediga tiderna." in answer.text
    assert f'value="{START} 7 {SECOND}"' in answer.text
    (released,) = asked(services, "release_hold")
    assert released["hold_id"] == EXAMPLES["HoldView"]["hold_id"]


def test_who_holds_too_much_may_let_go_of_it_where_that_is_said(services, send):
    services.failing["booking.hold_time"] = errors.TOO_MANY_HOLDS(limit=4)
    services.answers["booking.list_holds"] = EXAMPLES["Holds"]
    (held,) = EXAMPLES["Holds"]["items"]

    refused = send("holds", **PRESSED)
    let_go = send(f"holds/{held['hold_id']}/release", place="1", product="11")

    assert refused.status_code == 409
    assert f'action="{PAGE}/holds/{held["hold_id"]}/release"' in refused.text
    assert f'href="/work-orders/{held["work_order_number"]}"' in refused.text
    assert [one["hold_id"] for one in asked(services, "release_hold")] == [held["hold_id"]]
    assert let_go.location == f"{PAGE}?place=1&product=11"


def test_what_is_held_is_asked_for_only_when_it_is_too_much(services, send):
    services.failing["booking.hold_time"] = errors.SLOT_TAKEN()

    send("holds", **PRESSED)

    assert asked(services, "list_holds") == []


def test_when_a_time_cannot_be_let_go_the_page_says_so(services, send):
    services.failing["booking.release_hold"] = SERVICE_UNAVAILABLE()
    services.answers["booking.list_holds"] = EXAMPLES["Holds"]
    address = f"holds/{EXAMPLES['HoldView']['hold_id']}/release"

    answer = send(address)

    assert answer.status_code == 503
    assert 'role="alert"' in answer.text
    assert f'action="{PAGE}/{address}"' in answer.text  # to be tried again


def test_when_what_is_held_cannot_be_told_the_page_says_so(services, send):
    services.failing["booking.hold_time"] = errors.TOO_MANY_HOLDS(limit=4)
    services.failing["booking.list_holds"] = SERVICE_UNAVAILABLE()

    refused = send("holds", **PRESSED).text

    assert "Tider du håller" in refused
    assert "En del av systemet svarar inte just nu." in refused


@pytest.mark.parametrize("refusal", [errors.VISIT_APART, errors.HOLD_EXPIRED])
def test_when_the_visit_cannot_be_booked_other_times_for_both_are_shown(
    services, send, kept, refusal
):
    services.failing["booking.book_time"] = refusal()

    answer = send("booking", hold=kept, telephone="070-174 06 05")

    assert answer.status_code == 409
    assert f'value="{START} 7 {SECOND}"' in answer.text


@pytest.mark.rule("B-9")
def test_both_are_held_longer_and_what_was_typed_stays(services, send, kept):
    answer = send("booking", hold=kept, telephone="070-17", longer="yes")

    assert len(asked(services, "extend_hold")) == 2
    assert asked(services, "book_time") == []
    assert "Tiden hålls åt dig till 14:00." in answer.text
    assert 'value="070-17"' in answer.text


@pytest.mark.rule("B-9")
def test_what_has_been_held_long_enough_is_said_and_still_held(services, send, kept):
    services.failing["booking.extend_hold"] = errors.HELD_LONG_ENOUGH(limit=2)

    answer = send("booking", hold=kept, telephone="070-17", longer="yes")

    assert answer.status_code == 409
    assert "Boka den nu." in answer.text
    assert "Boka båda tiderna" in answer.text
    assert "Behåll tiden längre" not in answer.text


@pytest.mark.rule("B-9")
@pytest.mark.parametrize("extensible", [True, False])
def test_a_time_that_cannot_be_held_longer_offers_no_button_for_it(
    services, send, kept, extensible
):
    services.answers["booking.extend_hold"] = EXAMPLES["HoldView"] | {"extensible": extensible}

    page = send("booking", hold=kept, telephone="070-17", longer="yes").text

    assert ("Behåll tiden längre" in page) is extensible
    assert ("Den kan inte hållas längre" in page) is not extensible


@pytest.mark.rule("B-9")
@pytest.mark.parametrize(("year", "is_over"), [("2020", True), ("2999", False)])
def test_when_the_time_has_run_out_the_page_leads_to_the_times_of_the_same_place(
    services, send, kept, year, is_over
):
    services.answers["booking.extend_hold"] = EXAMPLES["HoldView"] | {
        "expires_at": f"{year}-11-24T12:45:00+00:00"
    }

    page = send("booking", hold=kept, telephone="070-17", longer="yes").text

    assert ('role="alert" data-when-over>' in page) is is_over
    assert ('role="alert" data-when-over hidden>' in page) is not is_over
    address = re.search(r'href="([^"]+)">Välj en ny tid', page)[1]
    assert urlsplit(address).path == f"/work-orders/{NUMBER}"
    chosen = parse_qs(urlsplit(unescape(address)).query)
    assert (chosen["place"], chosen["product"]) == ([PRESSED["place"]], [PRESSED["product"]])


def test_another_time_is_chosen_for_the_same_two(services, send, kept):
    answer = send("release", hold=kept)

    assert len(asked(services, "release_hold")) == 2
    assert f"other={OTHER}" in answer.location


@pytest.mark.parametrize("what", ["booking", "release"])
def test_what_we_did_not_sign_is_not_held(services, send, what):
    answer = send(what, hold="made.up", telephone="070-174 06 05")

    assert answer.location == PAGE
    assert asked(services, "book_time") == asked(services, "release_hold") == []


@pytest.fixture
def moving(services, browser, log_in):
    """Shows where a visit can be moved to, by the work order whose part begins at `start`."""

    def activity(start, changed):
        names = {"service_product_name": "Rullstol"} | changed
        times = {"start": start, "end": start, "together_with": OTHER, "place_name": "Borås"}
        return OPEN | {"state": "booked", "booking": EXAMPLES["BookingView"] | names | times}

    def shown(own, other, query="", **changed):
        log_in()
        activities = iter([activity(own, changed), activity(other, changed)])
        services.answers.pop("booking.list_activities")
        services._list_activities = lambda _message: {"items": [next(activities)], "more": False}
        return seen(browser, f"{PAGE}/rebooking{query}")

    return shown


@pytest.mark.rule("B-12")
@pytest.mark.parametrize(
    ("own", "other", "sent"),
    [(START, SECOND, f"{START} 7 {SECOND}"), (SECOND, START, f"{SECOND} 7 {START}")],
    ids=["the first part", "the second part"],
)
def test_a_whole_visit_is_moved_by_either_part(moving, own, other, sent):
    shown = moving(own, other)

    assert "Båda flyttas, och förblir ett besök." in shown
    assert f'value="{sent}"' in shown
    assert 'name="whole_visit" value="yes"' in shown


@pytest.mark.rule("B-12")
def test_where_a_time_may_be_moved_to_is_asked_by_the_ids_of_its_booking(services, moving):
    moving(START, SECOND)

    (wanted,) = asked(services, "list_free_times")
    for name in ("place_id", "service_product_id"):
        assert wanted[name] == str(EXAMPLES["BookingView"][name])
    assert asked(services, "list_places") == asked(services, "list_service_products") == []


@pytest.mark.rule("B-12")
def test_what_was_booked_before_ids_were_noted_is_moved_by_its_names(services, moving):
    moving(START, SECOND, place_id=None, service_product_id=None)

    (wanted,) = asked(services, "list_free_times")
    assert (wanted["place_id"], wanted["service_product_id"]) == ("1", "11")
    assert wanted["other_service_product_id"] == "11"


@pytest.mark.rule("B-12")
def test_one_part_is_moved_and_it_is_said_that_the_other_stays(services, moving):
    shown = moving(START, SECOND, "?move=one")

    assert "Det blir två besök, vart och ett för sig." in shown
    assert 'name="whole_visit"' not in shown
    assert "other_service_product_id" not in asked(services, "list_free_times")[0]


@pytest.mark.rule("B-12")
@pytest.mark.parametrize("whole", [{}, {"whole_visit": "yes"}])
def test_what_is_to_be_moved_is_sent(services, send, whole):
    booking = EXAMPLES["BookingView"]["booking_id"]

    send("rebooking", booking_id=booking, start=f"{START} 7 {SECOND}", cause="other", **whole)

    (command,) = asked(services, "rebook_time")
    assert (command["start"], command["consultant_id"]) == (START, 7)
    assert command["whole_visit"] is bool(whole)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ("", None, "")),
        (START, (START, None, "")),
        (f"{START} 7", (START, 7, "")),
        (f"{START} 7 {SECOND}", (START, 7, SECOND)),
        (f"{START} seven", (START, None, "")),
        (f"{START} {'9' * 5000}", (START, None, "")),
    ],
)
def test_a_time_that_was_pressed_is_read(text, read):
    assert pressed(text) == read
