"""People are called by name where their names are known."""

import pytest
from flask import g

from chassis.context import Context
from contracts.errors.common import SERVICE_UNAVAILABLE
from gateway.auth.guard import NOBODY
from gateway.web.names import FULL, KEPT, MOST, Names


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def names(app, clock):
    with app.test_request_context():
        g.context = Context(NOBODY.actor)
        yield Names(clock)


@pytest.fixture
def services(services):
    services.names = {"SE-P1": "Anna Lindqvist", "SE-P2": "Bo Ek"}
    return services


def test_people_are_called_by_name_and_the_unknown_by_their_ids(names):
    assert names.of(["SE-P2", None, "SE-P9", "SE-P2"]) == {"SE-P2": "Bo Ek", "SE-P9": "SE-P9"}


def test_nobody_is_asked_when_nobody_is_named(names, services):
    assert names.of([None]) == {}
    assert services.asked == []


def test_a_name_is_asked_for_once_in_a_while(names, services, clock):
    names.of(["SE-P1"])
    services.names["SE-P1"] = "Anna Berg"

    clock.now = KEPT - 1
    assert names.of(["SE-P1", "SE-P2"])["SE-P1"] == "Anna Lindqvist"
    assert [message["hsa_ids"] for _, message, _ in services.asked] == [["SE-P1"], ["SE-P2"]]

    clock.now = KEPT
    assert names.of(["SE-P1"])["SE-P1"] == "Anna Berg"


def test_while_ordering_is_silent_they_are_called_by_id_and_asked_for_again(names, services):
    services.failing["ordering.find_names"] = SERVICE_UNAVAILABLE()
    assert names.of(["SE-P1"]) == {"SE-P1": "SE-P1"}

    services.failing.clear()
    assert names.of(["SE-P1"]) == {"SE-P1": "Anna Lindqvist"}


def test_many_are_asked_for_in_parts_and_not_kept_for_ever(names, services):
    services.names = {f"SE-{n}": f"No. {n}" for n in range(FULL + 1)}

    found = names.of(services.names)
    names.of(["SE-P1"])
    names.of(["SE-0"])

    asked = [message["hsa_ids"] for _, message, _ in services.asked]
    assert found == services.names
    assert max(len(one) for one in asked) == MOST
    assert asked[-2:] == [["SE-P1"], ["SE-0"]]
