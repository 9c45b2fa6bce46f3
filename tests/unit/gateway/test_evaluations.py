"""What is asked after a visit, and what was answered, on pages."""

import pytest

from contracts.errors import booking_pilot as errors
from contracts.errors.common import MESSAGE_INVALID
from gateway.api.openapi import EXAMPLES
from tests.unit.gateway.conftest import OWN, URL, token_of

pytestmark = pytest.mark.rule("B-3")
HTML = {"Accept": "text/html"}
ASKED = EXAMPLES["Questionnaire"] | {"answered": False}
BOOKING = ASKED["booking_id"]
PAGE = f"/bookings/{BOOKING}/questionnaire"


def row(place, asked_as="prescriber", mean=4.0, answers=2):
    return EXAMPLES["Evaluations"]["items"][0] | {
        "place_name": place, "asked_as": asked_as, "mean": mean, "answers": answers,
        "sv": "Var det lätt att boka?", "en": "Was it easy to book?",
    }  # fmt: skip


@pytest.fixture
def seen(browser, log_in, services):
    services.answers["booking.get_questionnaire"] = ASKED
    services.answers["booking.list_comments"] = EXAMPLES["CommentViewPage"]
    log_in()
    return lambda address: browser.get(address, base_url=URL, headers=HTML)


@pytest.fixture
def send(seen, browser):
    return lambda **fields: browser.post(
        PAGE, data=fields | token_of(browser), headers=OWN, base_url=URL
    )


def sent(services):
    return [
        message for name, message, _ in services.asked if name == "booking.answer_questionnaire"
    ]


def test_answers_are_sent_once_and_thanked_for(services, send):
    services.answers["booking.answer_questionnaire"] = EXAMPLES["QuestionnaireAnswered"]

    answer = send(time_sufficed="5", comment="Bra.")

    assert answer.location == PAGE
    (message,) = sent(services)
    assert (message["answers"], message["comment"]) == ({"time_sufficed": 5}, "Bra.")


def test_what_is_not_answered_is_said_beside_its_question_and_the_rest_is_kept(services, send):
    wrong = {"answers/time_sufficed/value": "Not a valid integer."}
    services.failing["booking.answer_questionnaire"] = MESSAGE_INVALID(fields=wrong)

    answer = send(comment="Bra, tack.")

    assert answer.status_code == 422
    assert 'href="#field-time_sufficed">Välj ett svar från 1 till 5.' in answer.text
    assert "Bra, tack." in answer.text


def test_who_has_answered_is_told_so_instead_of_asked_again(services, send, seen):
    services.answers["booking.get_questionnaire"] = ASKED | {"answered": True}
    services.failing["booking.answer_questionnaire"] = errors.ANSWERED()

    for answer in (seen(PAGE), send(time_sufficed="5")):
        assert answer.status_code == 200
        assert "Du behöver inte göra något mer." in answer.text
        assert "Skicka svaren" not in answer.text


def test_a_visit_that_is_not_over_is_not_asked_about(services, seen):
    del services.answers["booking.get_questionnaire"]
    services.failing["booking.get_questionnaire"] = errors.VISIT_NOT_OVER()

    answer = seen(PAGE)

    assert answer.status_code == 409
    assert "Svara när det har varit." in answer.text


def test_the_visits_that_wait_are_listed(services, seen):
    services.answers["booking.list_questionnaires"] = EXAMPLES["WaitingQuestionnaires"]
    assert f'href="{PAGE}"' in seen("/questionnaires").text

    services.answers["booking.list_questionnaires"] = {"items": []}
    assert "Inget besök väntar på ditt svar." in seen("/questionnaires").text


def test_the_results_are_charted_by_place_and_tabled_by_question(services, seen):
    rows = [
        row("Borås", mean=2.0, answers=1),
        row("Skövde", mean=5.0),
        row("Borås", mean=4.0, answers=3),
        row("Borås", "consultant", mean=1.0),
    ]
    services.answers["booking.list_evaluations"] = {"items": rows}

    page = seen("/evaluations?first_month=2026-10&last_month=2026-11").text

    assert page.index("Medelbetyg per ort: Förskrivare") < page.index(
        "Medelbetyg per ort: Konsulent"
    )
    assert ">3,5</text>" in page  # of four answers in Borås
    assert "Fler tider på eftermiddagen vore bra." in page
    assert 'value="2026-11"' in page


def test_results_and_comments_are_asked_for_by_month(services, seen):
    services.answers["booking.list_evaluations"] = {"items": []}

    seen("/evaluations?first_month=2026-10&last_month=2026-11&first_day=2026-11-05")

    asked = {name: message for name, message, _ in services.asked}
    for name in ("booking.list_evaluations", "booking.list_comments"):
        days = {key: str(value) for key, value in asked[name].items() if key.endswith("_day")}
        assert days == {"first_day": "2026-10-01", "last_day": "2026-11-01"}


def test_a_part_that_is_refused_says_so(services, seen):
    services.failing["booking.list_evaluations"] = MESSAGE_INVALID(fields={})
    services.failing["booking.list_comments"] = MESSAGE_INVALID(fields={})

    assert "ett urval som inte finns" in seen("/evaluations?first_month=igår").text
