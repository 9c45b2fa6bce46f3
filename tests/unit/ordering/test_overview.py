"""What waits at ordering, in one answer."""

import pytest

from contracts.overview import GetOverview, Overview
from services.ordering.overview import get_overview
from tests.unit.ordering import test_gates, test_notices
from tests.unit.ordering.asks import cancel, place
from tests.unit.ordering.world import ANNA, STRANGER


def overview(ordering, actor=ANNA, **query):
    with ordering.transaction(actor) as tx:
        return Overview.write(get_overview(tx, GetOverview.read(query)["first"]))


@pytest.mark.rule("A-1", "T-1")
def test_notices_gates_and_open_orders_are_answered_at_once(ordering):
    test_notices.publish(ordering)
    test_gates.hear_requirement(ordering)
    cancel(ordering, place(ordering).order_id)
    placed = place(ordering)

    found = overview(ordering)

    assert [one["title"] for one in found["notices"]["items"]] == [test_notices.WORDING["title"]]
    assert [one["is_open"] for one in found["gates"]["items"]] == [False]
    assert [one["order_id"] for one in found["orders"]["items"]] == [str(placed.order_id)]


@pytest.mark.rule("A-1")
def test_what_was_read_waits_no_more(ordering):
    notice = test_notices.publish(ordering)

    test_notices.mark_as_read(ordering, notice)

    assert overview(ordering)["notices"]["items"] == []


def test_the_orders_are_those_of_the_actors_unit(ordering):
    place(ordering)

    assert overview(ordering, STRANGER)["orders"]["items"] == []


def test_no_more_is_shown_than_was_asked_for(ordering):
    for _ in range(3):
        place(ordering)

    found = overview(ordering, first=2)["orders"]

    assert (len(found["items"]), found["more"]) == (2, True)
