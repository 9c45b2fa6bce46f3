"""Forms: what is typed becomes a message, and what is wrong stands beside what was typed."""

import re

import pytest
from werkzeug.datastructures import MultiDict

from contracts.errors.common import MESSAGE_INVALID
from gateway.api.openapi import EXAMPLES
from gateway.web.forms import Form
from tests.unit.gateway import identity
from tests.unit.gateway.conftest import OWN, URL, token_of

PAGE = {"Accept": "text/html"}
ID = "0b7c1f4e-6a52-4f0e-9a43-6d8f5f6b9d10"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [("2", 2), (" 2 ", 2), ("-1", -1), ("", ""), ("1,5", "1,5"), ("två", "två"), ("²", "²")],
)
def test_what_is_a_whole_number_is_sent_as_one(typed, sent):
    assert Form(values=MultiDict({"seats": typed})).number("seats") == sent


@pytest.mark.parametrize("path", ["participants", "participants/0", "participants/12"])
def test_a_complaint_of_one_of_a_list_leads_to_the_list(browser, log_in, services, path):
    log_in(lambda nonce: identity.id_token(nonce, role="training_admin"))
    occasion = EXAMPLES["OccasionView"] | {"state": "announced"}
    seat = EXAMPLES["EnrolmentViewPage"]["items"][0] | {"state": "enrolled"}
    services.answers["training.get_occasion"] = occasion
    services.answers["training.list_participants"] = {"items": [seat], "more": False}
    services.failing["training.record_completions"] = MESSAGE_INVALID(
        fields={path: "State at least one."}
    )

    ticked = {"participants": seat["participant"]}
    answer = browser.post(
        f"/occasions/{ID}/completions",
        data=token_of(browser) | ticked,
        headers=PAGE | OWN,
        base_url=URL,
    )

    [link] = re.findall(r'<li><a href="#([^"]+)">Ange minst en.</a>', answer.text)
    assert f'id="{link}"' in answer.text
    assert re.search(rf'value="{seat["participant"]}" checked', answer.text)


NUMBER = "19121212-1212"
PASTED = [" 19121212-1212 ", "19121212 - 1212", "19121212–1212", "19121212\u00a0−\u200a1212"]


@pytest.fixture
def send(browser, log_in, services):
    """Send a form as Anna; what a service was told, and the page."""
    services.answers["ordering.list_customers"] = {"items": []}

    def send(address, **sent):
        log_in()
        body = token_of(browser) | sent
        services.asked.clear()
        answer = browser.post(address, data=body, headers=PAGE | OWN, base_url=URL)
        return services.asked[0][1], answer.text

    return send


@pytest.mark.parametrize("pasted", PASTED)
def test_a_persons_number_is_taken_as_it_was_copied(send, services, pasted):
    names = ("register_consultation", "place_order", "order_adaptation")
    services.failing |= {f"ordering.{name}": MESSAGE_INVALID(fields={}) for name in names}
    sent = {"personal_identity_number": pasted, "kind": "patient"}

    order, page = send("/orders/new", **sent)
    consultation, _ = send("/consultations/new", **sent)
    adaptation, _ = send("/adaptations/new", **sent)

    assert order["recipient"] == {"kind": "patient", "personal_identity_number": NUMBER}
    assert consultation["personal_identity_number"] == NUMBER
    assert adaptation["personal_identity_number"] == NUMBER
    assert 'maxlength="13"' not in page


def test_a_number_that_is_not_written_is_not_sent(send, services):
    services.failing["ordering.register_consultation"] = MESSAGE_INVALID(fields={})

    told, _page = send("/consultations/new", personal_identity_number=" ")

    assert "personal_identity_number" not in told


def test_a_quantity_without_its_article_is_refused_beside_the_row(send):
    rows = {"article_0": "SE-1042", "quantity_0": "2", "quantity_1": "3", "quantity_2": "1"}

    told, page = send("/orders/new", customer_number="104512", kind="unit", **rows)

    assert told["lines"] == [
        {"article_number": "SE-1042", "quantity": 2},
        {"article_number": "", "quantity": 3},
    ]
    assert '<a href="#field-article_1">Uppgiften saknas.</a>' in page
    assert 'id="error-article_1"' in page
    assert 'name="quantity_1" type="text" value="3"' in page


def test_an_order_without_any_row_wants_one_beside_the_first(send):
    _told, page = send("/orders/new", customer_number="104512", kind="unit", quantity_0="1")

    assert '<a href="#field-article_0">Ange minst en.</a>' in page
