"""The gate in ordering equals the gate in training once all events have arrived."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.errors import NotFound
from contracts.training import (
    GateClosedV1,
    GateOpenedV1,
    GatesConfirmedV1,
    RequirementSetDefinedV1,
)
from services.ordering.gates import use_cases as gates
from tests.integration.ordering.conftest import RealOrdering
from tests.integration.training.asks import complete, revoke
from tests.unit.ordering.world import ANNA, COLLEAGUE
from tests.unit.training.world import AREAS, course, requirement, version

PEOPLE = (ANNA, COLLEAGUE)
COURSES = ("national_course", "new_course", "hoists")
COMPETENCES = ("national", "regional_movement", "powered", "prescriber")
HEARD = {
    GateOpenedV1: gates.note_gate,
    GateClosedV1: gates.note_gate,
    RequirementSetDefinedV1: gates.note_requirement,
    GatesConfirmedV1: gates.note_confirmed,
}
FORGET = "TRUNCATE completions, gates, outbox, equivalences, requirement_sets CASCADE"

COMPLETING = st.tuples(st.just("complete"), st.sampled_from(COURSES), st.sampled_from(PEOPLE))
REVOKING = st.tuples(st.just("revoke"), st.sampled_from(COURSES), st.sampled_from(PEOPLE))
REQUIRING = st.tuples(
    st.just("require"),
    st.sampled_from(list(AREAS)),
    st.lists(st.sampled_from(COMPETENCES), min_size=1, max_size=3, unique=True),
)
GIVING = st.tuples(
    st.just("give"),
    st.sampled_from(COURSES),
    st.lists(st.sampled_from(COMPETENCES), min_size=1, max_size=2, unique=True),
)
HISTORY = st.lists(COMPLETING | COMPLETING | REVOKING | REQUIRING | GIVING, max_size=8)


@pytest.fixture
def ordering(service_database):
    ordering = RealOrdering(service_database("ordering"))
    ordering.fill()
    yield ordering
    ordering.engine.dispose()


def carry_out(training, what, *how):
    nothing = {"competences": [], "courses": [], "equivalences": [], "requirement_sets": []}
    if what == "complete":
        complete(training, *how)
    elif what == "revoke":
        with suppress(NotFound):  # nothing was recorded
            revoke(training, *how)
    elif what == "require":
        changed = requirement(how[0], competences=how[1])
        training.define(**nothing | {"requirement_sets": [changed]})
    else:
        changed = course(how[0], version(1, how[1], "2020-01-01"))
        training.define(**nothing | {"courses": [changed]})


def hear(ordering, event_type, data):
    contract = next(one for one in HEARD if one.event_type == event_type)
    with ordering.transaction() as tx:
        HEARD[contract](tx, contract.read(data))


def in_training(training, person):
    """What the person lacks in each product area that has a requirement set."""
    with training.database().reading() as tx:
        curriculum = tx.curricula.get()
        held = curriculum.held_by(tx.people.completed([person.hsa_id])[person.hsa_id])
    found = curriculum.requirement_sets.values()
    return {one.product_area: sorted(one.missing(held)) for one in found}


def in_ordering(ordering, person):
    with ordering.transaction(person) as tx:
        found = gates.list_gates(tx)["items"]
    assert all(one["is_open"] == (not one["missing"]) for one in found)
    return {one["product_area"]: sorted(lack["code"] for lack in one["missing"]) for one in found}


@pytest.mark.rule("T-1")
@pytest.mark.rule("X-12")
@pytest.mark.timeout(300)
def test_the_copy_is_true_whatever_happened_and_however_the_events_arrive(training, ordering):
    @settings(
        max_examples=25,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(HISTORY, st.data())
    def holds(history, data):
        training.do(FORGET)
        with ordering.engine.begin() as connection:
            connection.exec_driver_sql("TRUNCATE gates, gate_requirements, gate_copy")
        training.define()
        for what in history:
            carry_out(training, *what)
        told = training.told()
        repeated = data.draw(st.lists(st.sampled_from(told), max_size=5))

        for event in data.draw(st.permutations([*told, *repeated])):
            hear(ordering, *event)

        for person in PEOPLE:
            assert in_ordering(ordering, person) == in_training(training, person)

    holds()
