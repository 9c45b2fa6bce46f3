"""Commands, queries and answers: strict in what is asked, lenient in what is answered."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from marshmallow import EXCLUDE, RAISE, fields

from contracts.base import Command, Event, Query, Reply, page_of
from contracts.booking import FreeTimeView, HoldTime
from contracts.errors import Invalid
from contracts.ordering import ArticleView, ListOrders, PlaceOrder
from docs.tools.messages import all_messages
from tests.contract.shapes import all_fields, nested

ASKED = [*all_messages(Command), *all_messages(Query)]
TOLD = [*all_messages(Reply), *all_messages(Event)]
ORDER = {
    "command_id": "0b7c1f4e-6a52-4f0e-9a43-6d8f5f6b9d10",
    "customer_number": "104512",
    "recipient": {"kind": "unit"},
    "lines": [{"article_number": "SE-1042", "quantity": 2}],
}


def _named(contract):
    return contract.__name__


def test_what_is_read_is_python_values():
    read = PlaceOrder.read(ORDER)

    assert read["command_id"] == UUID(ORDER["command_id"])
    assert read["reference"] == ""


def test_a_complaint_names_the_place_of_what_is_wrong():
    line = {"article_number": "SE-1042", "quantity": 0, "colour": "blue"}

    with pytest.raises(Invalid) as refused:
        PlaceOrder.read(ORDER | {"lines": [ORDER["lines"][0], line], "recipient": {}})

    assert refused.value.code == "message.invalid"
    assert set(refused.value.fields) == {
        "lines/1/quantity",
        "lines/1/colour",
        "recipient/kind",
    }


def test_a_complaint_is_a_sentence():
    with pytest.raises(Invalid) as refused:
        PlaceOrder.read({})

    assert all(text.endswith(".") for text in refused.value.fields.values())
    assert set(refused.value.fields) == {"command_id", "customer_number", "recipient", "lines"}


@pytest.mark.parametrize("message", [None, [], "text", 1, {"": {}}, {"lines": {}}, {"lines": [1]}])
def test_whatever_is_sent_is_read_or_refused(message):
    with pytest.raises(Invalid):
        PlaceOrder.read(message)


def test_a_time_without_zone_is_refused():
    with pytest.raises(Invalid) as refused:
        HoldTime.read({"start": "2026-11-24T12:30:00"})

    assert "start" in refused.value.fields


def test_what_is_written_is_what_json_carries():
    start = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)

    written = FreeTimeView.write({"start": start, "end": start, "consultant_ids": [3]})

    assert written["start"] == "2026-11-24T12:30:00+00:00"


def test_a_page_holds_items_and_says_whether_more_follow():
    page = page_of(ArticleView).write({"items": [], "more": False})

    assert page == {"items": [], "more": False}


def test_a_page_is_of_a_size_that_can_be_answered():
    assert ListOrders.read({}) == {"limit": 20, "page": 1, "sort": "-order_number"}
    with pytest.raises(Invalid):
        ListOrders.read({"limit": 101})


@pytest.mark.parametrize("contract", all_messages(Command), ids=_named)
def test_every_command_carries_an_id_that_its_caller_chose(contract):
    field = contract().fields["command_id"]

    assert isinstance(field, fields.UUID)
    assert field.required


@pytest.mark.parametrize("contract", ASKED, ids=_named)
def test_what_is_asked_has_no_unknown_fields_at_any_depth(contract):
    inner = [nested(field) for _, field in all_fields(contract)]

    assert {one.Meta.unknown for one in [contract, *inner] if one} == {RAISE}


@pytest.mark.parametrize("contract", TOLD, ids=_named)
def test_what_is_told_may_grow_at_any_depth(contract):
    inner = [nested(field) for _, field in all_fields(contract)]

    assert {one.Meta.unknown for one in [contract, *inner] if one} == {EXCLUDE}


@pytest.mark.parametrize("contract", ASKED, ids=_named)
def test_no_text_or_list_that_is_asked_is_without_end(contract):
    endless = [
        path
        for path, field in all_fields(contract)
        if type(field) in (fields.String, fields.List) and not field.validators
    ]

    assert endless == []


@pytest.mark.parametrize("contract", [*ASKED, *TOLD], ids=_named)
def test_every_time_has_a_zone(contract):
    without = [
        path
        for path, field in all_fields(contract)
        if isinstance(field, fields.DateTime) and not isinstance(field, fields.AwareDateTime)
    ]

    assert without == []


def test_an_id_is_read_from_text_and_nothing_else():
    with pytest.raises(Invalid):
        PlaceOrder.read(ORDER | {"command_id": "1"})

    assert PlaceOrder.read(ORDER | {"command_id": str(uuid4())})
