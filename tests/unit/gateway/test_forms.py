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
