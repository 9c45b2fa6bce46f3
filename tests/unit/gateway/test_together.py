"""The parts of a page are asked for at once, each in the name of whoever is logged in."""

from contextlib import contextmanager
from threading import Barrier

import pytest
from flask import g

from chassis.context import Context
from chassis.rpc_client import RemoteFailure
from contracts.actor import Actor
from contracts.errors import NotFound
from contracts.errors.common import NOT_FOUND, SERVICE_UNAVAILABLE
from gateway import bus
from gateway.bus import Question
from gateway.web.asking import together

PATIENCE = 60  # seconds


ANNA = Actor("SE-P1", "prescriber", "SE-U1", "SE-H1")


@contextmanager
def signed_in(app):
    with app.test_request_context():
        g.context = Context(ANNA)
        yield


def test_the_parts_of_a_page_are_asked_for_at_once(app):
    everybody = Barrier(3)

    def ask():
        everybody.wait(PATIENCE)  # passed only when all three are at it
        return {"items": [g.actor.hsa_id]}

    with app.test_request_context():
        g.actor = ANNA
        found = together(one=ask, two=ask, three=ask)

    assert [part.items for part in found.values()] == [["SE-P1"]] * 3


def test_the_questions_to_one_service_go_in_one_message(app, services):
    with signed_in(app):
        found = together(
            notices=Question(bus.ordering.list_notices, {}),
            jobs=Question(bus.signing.list_signing_jobs, {}),
            gates=Question(bus.ordering.list_gates, {}),
        )

    assert sorted(services.messages) == ["ordering.answer_all", "signing.list_signing_jobs"]
    assert {who.actor.hsa_id for _, _, who in services.asked} == {ANNA.hsa_id}
    assert list(found) == ["notices", "jobs", "gates"]
    assert found["gates"].found == {"as_of": None, "items": []}


@pytest.mark.parametrize("error", [NOT_FOUND(), RemoteFailure("ValueError")])
def test_a_question_that_is_refused_spoils_none_in_its_message(app, services, error):
    services.failing["ordering.list_gates"] = error

    with signed_in(app):
        found = together(
            notices=Question(bus.ordering.list_notices, {}),
            gates=Question(bus.ordering.list_gates, {}),
        )

    assert found["notices"].found == {"items": [], "more": False}
    assert type(found["gates"].error) is type(error)


def test_a_service_that_is_silent_is_missing_in_every_part(app, services):
    services.failing["ordering.answer_all"] = SERVICE_UNAVAILABLE()

    with signed_in(app):
        found = together(
            notices=Question(bus.ordering.list_notices, {}),
            jobs=Question(bus.signing.list_signing_jobs, {}),
            gates=Question(bus.ordering.list_gates, {}),
        )

    assert [bool(part.missing) for part in found.values()] == [True, False, True]


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
