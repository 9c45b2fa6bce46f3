"""The operator's page and operations: every service for itself, and nobody else."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from contracts import operating
from contracts.errors.common import DEADLINE_PASSED
from contracts.errors.operating import DEAD_LETTER_GONE
from gateway import bus
from gateway.web import asking
from tests.unit.gateway import identity
from tests.unit.gateway.conftest import OWN, URL

PAGE = {"Accept": "text/html"}
EVENT = "5b0f7f4a-6c1e-4f0c-9f0a-8f2d9a1f6c11"
LETTER = {"service": "booking", "handler": "open_activity", "event_id": EVENT}
KEY = {"Idempotency-Key": "first"}


@pytest.fixture
def operated(services):
    """Services that each have one event in the outbox; booking has a dead letter besides."""
    services.patience = {}  # seconds that each question is waited for
    services.oldest = datetime.now(UTC) - timedelta(minutes=4, seconds=10)
    services.dead = [
        {
            "handler": "open_activity",
            "event_id": EVENT,
            "event_type": "ordering.consultation.requested.v1",
            "reason": "ValueError",
            "attempts": 5,
            "failed_at": "2026-11-22T09:48:07+00:00",
        }
    ]

    def get_outbox(_message):
        return {"waiting": 1, "oldest_at": services.oldest.isoformat()}

    def list_dead_letters(message):
        operating.ListDeadLetters.read(message)
        return {"items": services.dead, "more": False, "waiting": len(services.dead)}

    def settle(contract, message):
        contract.read(message)
        return {"count": 1, "waiting": 0}

    def call(service, method, message, context, timeout=None):
        name = f"{service}.{method}"
        services.asked.append((name, message, context))
        services.patience[name] = timeout
        if name in services.failing:
            raise services.failing[name]
        if method == "list_dead_letters" and service != "booking":
            return {"items": [], "more": False, "waiting": 0}
        return answers[method](message)

    answers = {
        "get_outbox": get_outbox,
        "list_dead_letters": list_dead_letters,
        "replay_dead_letters": partial(settle, operating.ReplayDeadLetters),
        "discard_dead_letter": partial(settle, operating.DiscardDeadLetter),
    }
    answers["list_notices"] = lambda _message: {"items": [], "more": False}
    services.call = call
    return services


@pytest.fixture
def operator(browser, log_in):
    """A browser in which an operator is logged in."""
    log_in(partial(identity.id_token, role="operator"))
    return browser


def page(client):
    return client.get("/operations", base_url=URL, headers=PAGE)


def send(client, address, **fields):
    token = re.search(r'name="csrf_token" value="([^"]+)"', page(client).text)[1]
    data = {"csrf_token": token, "key": "one", **fields}
    return client.post(address, data=data, base_url=URL, headers=OWN | PAGE)


def asked(services, method):
    return [(name, message) for name, message, _ in services.asked if name.endswith(method)]


def test_an_operator_sees_what_waits_and_what_was_given_up_on(operated, operator):
    text = page(operator).text

    assert text.count("Svarar</span>") == len(bus.SERVICES) + 2
    assert "4 min" in text
    assert "ordering.consultation.requested.v1" in text
    assert EVENT in text
    assert "ValueError" in text
    assert "2026-11-22 10:48" in text


def test_a_service_that_is_silent_is_said_to_be_and_the_others_are_shown(operated, operator):
    operated.failing["booking.get_outbox"] = DEADLINE_PASSED()
    operated.failing["signing.list_dead_letters"] = DEADLINE_PASSED()

    answer = page(operator)

    assert answer.status_code == 200
    assert answer.text.count("Svarar inte</span>") == 1
    assert "Svaret kom inte i tid." in answer.text
    assert EVENT in answer.text


def test_without_dead_letters_the_page_says_so(operated, operator):
    operated.dead.clear()

    assert "Det finns inga döda brev." in page(operator).text


def test_who_does_not_know_does_not_say_that_there_are_none(operated, operator):
    operated.dead.clear()
    operated.failing["signing.list_dead_letters"] = DEADLINE_PASSED()

    assert "Det finns inga döda brev." not in page(operator).text


def test_the_first_page_tells_an_operator_what_waits(operated, operator):
    operated.failing["signing.list_dead_letters"] = DEADLINE_PASSED()

    text = operator.get("/", base_url=URL, headers=PAGE).text

    assert "Bokning: 1 dött brev väntar." in text
    assert "Underskrift: Svaret kom inte i tid." in text
    assert "Det finns inga döda brev." not in text


def test_the_first_page_tells_an_operator_that_nothing_waits(operated, operator):
    operated.dead.clear()

    assert "Det finns inga döda brev." in operator.get("/", base_url=URL, headers=PAGE).text


@pytest.mark.parametrize("address", ["/", "/operations"])
def test_a_silent_service_keeps_no_operator_waiting_for_long(operated, operator, address):
    operator.get(address, base_url=URL, headers=PAGE)

    letters = {f"{name}.list_dead_letters" for name in bus.SERVICES}
    assert letters <= operated.patience.keys()
    assert set(operated.patience.values()) == {asking.PATIENCE}


def test_one_is_replayed(operated, operator):
    answer = send(operator, "/operations/replay", **LETTER)

    assert (answer.status_code, answer.location) == (303, "/operations")
    ((name, message),) = asked(operated, "replay_dead_letters")
    assert name == "booking.replay_dead_letters"
    assert (message["handler"], message["event_id"]) == ("open_activity", EVENT)
    assert "Återlämnade till mottagaren: 1." in page(operator).text


def test_all_of_a_handler_are_replayed(operated, operator):
    send(operator, "/operations/replay", service="booking", handler="open_activity")

    ((_, message),) = asked(operated, "replay_dead_letters")
    assert "event_id" not in message


def test_before_a_letter_is_discarded_the_page_tells_what_that_means(operated, operator):
    answer = operator.get("/operations/disposal", query_string=LETTER, base_url=URL, headers=PAGE)

    assert "Det går inte att ångra." in answer.text
    assert asked(operated, "discard_dead_letter") == []

    send(operator, "/operations/disposal", **LETTER)

    ((name, message),) = asked(operated, "discard_dead_letter")
    assert (name, message["event_id"]) == ("booking.discard_dead_letter", EVENT)


def test_what_somebody_else_has_settled_is_said_to_be_gone(operated, operator):
    operated.failing["booking.replay_dead_letters"] = DEAD_LETTER_GONE()

    answer = send(operator, "/operations/replay", **LETTER)

    assert answer.status_code == 404
    assert "Det döda brevet finns inte längre." in answer.text
    assert 'hx-get="/operations"' in answer.text


@pytest.mark.parametrize("address", ["/operations/replay", "/operations/disposal"])
def test_a_service_that_there_is_not_is_not_found(operated, operator, address):
    answer = send(operator, address, **LETTER | {"service": "nobody"})

    assert answer.status_code == 404


@pytest.mark.rule("P-2")
@pytest.mark.parametrize("address", ["/operations", "/operations/disposal"])
def test_nobody_but_an_operator_sees_the_pages(operated, browser, log_in, address):
    log_in()

    answer = browser.get(address, query_string=LETTER, base_url=URL, headers=PAGE)

    assert answer.status_code == 403
    assert operated.asked == []


@pytest.mark.rule("P-2")
def test_nobody_but_an_operator_may_send_the_forms(operated, browser, log_in):
    log_in()

    answer = browser.post("/operations/replay", data=LETTER, base_url=URL, headers=OWN | PAGE)

    assert answer.status_code == 403
    assert operated.asked == []


def test_a_form_without_the_sessions_token_is_refused(operated, operator):
    answer = operator.post("/operations/replay", data=LETTER, base_url=URL, headers=OWN | PAGE)

    assert answer.status_code == 403
    assert asked(operated, "replay_dead_letters") == []


def test_the_api_asks_the_service_that_the_address_names(operated, program):
    letters = program.get("/api/v1/services/booking/dead-letters")
    outbox = program.get("/api/v1/services/training/outbox")
    replayed = program.post(
        "/api/v1/services/booking/dead-letters/replay",
        json={"handler": "open_activity"},
        headers=KEY,
    )

    assert [one["event_id"] for one in letters.json["items"]] == [EVENT]
    assert outbox.json["waiting"] == 1
    assert replayed.json == {"count": 1, "waiting": 0}
    assert [name for name, _, _ in operated.asked] == [
        "booking.list_dead_letters",
        "training.get_outbox",
        "booking.replay_dead_letters",
    ]


def test_the_api_knows_no_other_services(operated, program):
    assert program.get("/api/v1/services/nobody/outbox").status_code == 404
    assert operated.asked == []
