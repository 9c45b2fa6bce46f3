"""What contracts complain of is said in words for what was sent."""

import pytest

from contracts.devices import OrderAdaptation
from contracts.errors import Invalid
from contracts.notices import PublishNotice
from contracts.ordering import PlaceOrder, RegisterConsultation
from contracts.training import RecordCompletions
from gateway.texts import complaint

MISSING = "Missing data for required field."


def complaints(contract, **sent):
    with pytest.raises(Invalid) as refused:
        contract.read(sent)
    return refused.value.fields


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize("name", ["command_id", "customer_number", "quantity"])
def test_nothing_is_missing_whatever_it_should_have_been(name, nothing):
    line = {"article_number": "SE-1042", "quantity": 1}
    sent = {"customer_number": "104512", "lines": [line], name: nothing}
    if name == "quantity":
        sent = {"lines": [line | {"quantity": nothing}]}

    found = complaints(PlaceOrder, **sent)

    assert found.get(name, found.get("lines/0/quantity")) == MISSING


def test_a_field_that_nobody_knows_is_not_missing_when_it_is_empty():
    assert complaints(PlaceOrder, colour=None)["colour"] == "Unknown field."


def test_a_list_without_anything_wants_one():
    assert complaints(OrderAdaptation, risks=[])["risks"] == "State at least one."
    found = complaints(RecordCompletions, participants=[])
    assert complaint(found["participants"], "sv") == "Ange minst en."


def test_a_list_that_is_too_long_says_how_many_it_may_hold():
    risk = {"description": "Kan välta.", "measure": "Tippskydd."}

    found = complaints(OrderAdaptation, risks=[risk] * 31)

    assert complaint(found["risks"], "sv") == "Ange högst 30 stycken."


def test_a_text_speaks_of_characters():
    found = complaints(PublishNotice, title="x")

    assert complaint(found["title"], "sv") == "Ska vara mellan 3 och 120 tecken."


def test_a_thing_of_a_list_that_is_nothing_is_missing():
    assert complaints(OrderAdaptation, risks=[{}])["risks/0/description"] == MISSING


def test_a_persons_number_that_is_too_long_says_how_to_write_it():
    found = complaints(RegisterConsultation, personal_identity_number="19121212-12123")

    assert found["personal_identity_number"] == "Skriv numret som ÅÅÅÅMMDD-NNNN."
