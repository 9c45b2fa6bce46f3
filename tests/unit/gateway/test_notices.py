"""Dated messages on the pages: read by everybody, written by few."""

import re
from functools import partial

import pytest

from contracts import notices as contracts
from contracts.actor import ROLES
from contracts.errors.common import SERVICE_UNAVAILABLE
from contracts.errors.ordering import NOTICE_PERIOD_WRONG
from gateway.api.openapi import EXAMPLES
from gateway.web import codes
from tests.unit.gateway import identity
from tests.unit.gateway.conftest import OWN, URL, token_of

PAGE = {"Accept": "text/html"}
(NOTICE,) = EXAMPLES["ListedNoticePage"]["items"]
ADDRESS = f"/notices/{NOTICE['notice_id']}"
TYPED = {
    "kind": "safety",
    "title": "Kryckor med anatomiskt handtag",
    "text": "Handtaget kan lossna.",
    "valid_from": "2026-03-01",
    "valid_until": "",
    "roles": ["technician", "prescriber"],
}


@pytest.fixture
def written(services, monkeypatch):
    """Services that take notices, and know one."""

    def store(contract, message):
        contract.read(message)
        return NOTICE

    for name, contract in [
        ("publish_notice", contracts.PublishNotice),
        ("correct_notice", contracts.CorrectNotice),
        ("withdraw_notice", contracts.WithdrawNotice),
        ("read_notice", contracts.ReadNotice),
    ]:
        monkeypatch.setattr(services, f"_{name}", partial(store, contract), raising=False)
    history = EXAMPLES["NoticeHistory"]
    monkeypatch.setattr(services, "_get_notice", lambda _message: history, raising=False)
    services.notices = [NOTICE]
    return services


@pytest.fixture
def writer(browser, log_in):
    """A browser in which somebody of customer service is logged in."""
    log_in(partial(identity.id_token, role="customer_service"))
    return browser


def look(client, address):
    return client.get(address, base_url=URL, headers=PAGE)


def send(client, address, **fields):
    token = re.search(r'name="csrf_token" value="([^"]+)"', look(client, "/notices/new").text)[1]
    data = {"csrf_token": token, "key": "one", **fields}
    return client.post(address, data=data, base_url=URL, headers=OWN | PAGE)


def sent(services, method):
    return [message for name, message, _ in services.asked if name == f"ordering.{method}"]


@pytest.mark.rule("A-1")
@pytest.mark.parametrize("role", ["prescriber", "technician", "manager", "operator"])
def test_everybody_finds_the_messages_on_the_first_page(written, browser, log_in, role):
    written._list_maintenance_orders = lambda _message: {"items": [], "more": False}
    written._list_signing_cases = written._list_maintenance_orders
    log_in(partial(identity.id_token, role=role))

    page = look(browser, "/").text

    assert NOTICE["title"] in page
    assert NOTICE["valid_from"] in page


@pytest.mark.rule("A-1")
def test_a_safety_message_is_marked_in_words_and_looks(written, browser, log_in):
    written.notices = [NOTICE | {"kind": "safety"}]
    log_in()

    page = look(browser, "/").text

    assert "Säkerhetsmeddelande" in page
    assert '<details class="card notice urgent" open data-open>' in page


def test_messages_that_cannot_be_shown_are_said_to_be_missing(written, browser, log_in):
    written.failing["ordering.list_notices"] = SERVICE_UNAVAILABLE()
    log_in()

    assert "Meddelanden kan inte visas." in look(browser, "/").text


def test_gates_that_cannot_be_shown_are_said_to_be_missing(services, browser, log_in):
    services.failing["ordering.list_gates"] = SERVICE_UNAVAILABLE()
    log_in()

    page = look(browser, "/")

    assert page.status_code == 200
    assert "Om en utbildning saknas kan inte visas." in page.text


def test_a_message_is_in_english_where_it_has_an_english_text(written, browser, log_in):
    untranslated = NOTICE | {"english_title": None, "english_text": None}
    written.notices = [NOTICE, untranslated]
    log_in()
    browser.get("/language/en", base_url=URL)

    page = look(browser, "/").text

    assert NOTICE["english_text"] in page
    assert f'<strong lang="sv">{NOTICE["title"]}</strong>' in page


@pytest.mark.rule("A-1")
def test_a_message_is_published_with_what_was_typed(written, writer):
    answer = send(writer, "/notices/new", **TYPED)

    assert (answer.status_code, answer.location) == (303, "/notices")
    (message,) = sent(written, "publish_notice")
    message.pop("command_id")
    assert message == {name: value for name, value in TYPED.items() if value}
    assert "Meddelandet är publicerat." in look(writer, "/notices").text


def test_a_refused_form_keeps_what_was_typed(written, writer):
    written.failing["ordering.publish_notice"] = NOTICE_PERIOD_WRONG(
        fields={"valid_until": "Är före den första."}
    )

    answer = send(writer, "/notices/new", **TYPED)

    assert answer.status_code == 422
    assert TYPED["text"] in answer.text
    assert 'value="technician" checked' in answer.text
    assert "Meddelandets sista dag är före den första." in answer.text


@pytest.mark.rule("A-1")
def test_a_correction_names_the_version_that_was_read(written, writer):
    page = look(writer, ADDRESS).text
    assert NOTICE["text"] in page
    assert 'name="version" value="1"' in page

    send(writer, f"{ADDRESS}/correction", **TYPED, version="1")

    (message,) = sent(written, "correct_notice")
    assert (message["notice_id"], message["version"]) == (NOTICE["notice_id"], 1)
    assert message["title"] == TYPED["title"]


@pytest.mark.rule("A-1")
def test_a_message_is_withdrawn(written, writer):
    answer = send(writer, f"{ADDRESS}/withdrawal")

    assert answer.location == "/notices"
    assert len(sent(written, "withdraw_notice")) == 1


def test_who_writes_sees_all_and_others_what_is_theirs(written, browser, log_in):
    log_in()
    assert "Skriv ett meddelande" not in look(browser, "/notices").text
    log_in(partial(identity.id_token, role="operator"))
    assert "Skriv ett meddelande" in look(browser, "/notices").text

    asked = [message.get("scope") for message in sent(written, "list_notices")]
    assert [scope for scope in asked if scope in ("mine", "all")] == ["mine", "all"]


@pytest.mark.rule("A-1")
@pytest.mark.parametrize("address", ["/", "/notices"])
def test_what_is_new_is_said_to_be(written, browser, log_in, address):
    log_in()

    assert '<span class="badge warn">Nytt</span>' in look(browser, address).text
    written.notices = [NOTICE | {"is_unread": False}]
    page = look(browser, address).text
    assert "Nytt</span>" not in page
    assert "Märk som läst" not in page


@pytest.mark.rule("A-1")
def test_the_first_page_asks_for_what_is_new_and_counts_it(written, browser, log_in):
    written.notices = [NOTICE, NOTICE]
    log_in(partial(identity.id_token, role="manager"))

    page = look(browser, "/").text

    assert sent(written, "list_notices")[-1]["scope"] == "unread"
    assert '<small class="badge warn">2 nya</small>' in page
    assert 'href="/notices">Alla meddelanden' in page


@pytest.mark.rule("A-1")
@pytest.mark.parametrize("back", ["/", "/notices?page=2"])
def test_a_message_is_read_by_one_press_and_one_stays_where_one_was(written, browser, log_in, back):
    log_in()
    form = {"version": "1", "back": back, **token_of(browser)}

    answer = browser.post(f"{ADDRESS}/reading", data=form, base_url=URL, headers=OWN | PAGE)

    assert (answer.status_code, answer.location) == (303, back)
    (message,) = sent(written, "read_notice")
    assert (message["notice_id"], message["version"]) == (NOTICE["notice_id"], 1)
    assert "Meddelandet är märkt som läst." in look(browser, "/").text


@pytest.mark.rule("A-1")
def test_two_presses_on_one_version_are_one_command_and_a_corrected_one_is_another(
    written, browser, log_in
):
    def key():
        return re.search(r'name="key" value="(read [^"]+)"', look(browser, "/").text)[1]

    log_in()
    first, second = key(), key()
    written.notices = [NOTICE | {"version": 2}]

    assert first == second
    assert key() != first


def test_a_reading_that_is_refused_says_why(written, browser, log_in):
    written.failing["ordering.read_notice"] = SERVICE_UNAVAILABLE()
    log_in()
    form = {"version": "1", **token_of(browser)}

    answer = browser.post(f"{ADDRESS}/reading", data=form, base_url=URL, headers=OWN | PAGE)

    assert answer.status_code == 503
    assert "En del av systemet svarar inte just nu." in answer.text
    assert NOTICE["title"] in answer.text


def test_every_role_that_there_is_has_a_name():
    assert set(codes.ROLES) == set(ROLES)
