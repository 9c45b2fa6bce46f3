"""The parts of a page are asked for at once, each in the name of whoever is logged in."""

from threading import Barrier

import pytest
from flask import g

from contracts.actor import Actor
from contracts.errors import NotFound
from contracts.errors.common import NOT_FOUND
from gateway.web.pages import together

PATIENCE = 60  # seconds


def test_the_parts_of_a_page_are_asked_for_at_once(app):
    everybody = Barrier(3)

    def ask():
        everybody.wait(PATIENCE)  # passed only when all three are at it
        return {"items": [g.actor.hsa_id]}

    with app.test_request_context():
        g.actor = Actor("SE-P1", "prescriber", "SE-U1", "SE-H1")
        found = together(one=ask, two=ask, three=ask)

    assert [part.items for part in found.values()] == [["SE-P1"]] * 3


def test_a_part_that_is_refused_spoils_no_other(app):
    def refused():
        raise NOT_FOUND()

    with app.test_request_context():
        found = together(refused=refused, there=lambda: {"items": [1]})

    assert found["refused"].missing
    assert found["there"].items == [1]


def test_a_part_without_which_there_is_no_page_is_refused_as_the_service_did(app):
    def refused():
        raise NOT_FOUND()

    with app.test_request_context():
        found = together(refused=refused, there=lambda: {"items": [1]})

    assert found["there"].needed == {"items": [1]}
    with pytest.raises(NotFound):
        _ = found["refused"].needed
