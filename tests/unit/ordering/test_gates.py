"""The obligatory-course gate: who needs it, for what, and what a refusal says."""

from datetime import UTC, date, datetime
from itertools import permutations
from uuid import UUID

import pytest

from contracts.ordering import Gates, PlaceOrder
from contracts.training import GateClosedV1, GateOpenedV1, GatesConfirmedV1, RequirementSetDefinedV1
from services.ordering.gates import use_cases as gates
from services.ordering.gates.model import ClosedGate, gate_role
from services.ordering.orders import use_cases as orders
from tests.unit.ordering.asks import TO_PATIENT, TO_STORE, TO_UNIT, order_message, place, refused
from tests.unit.ordering.world import ANNA, CILLA, COLLEAGUE, LMN_NUMBER

MOVEMENT, LMN = UUID(int=11), UUID(int=12)
TOLD = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
COMPETENCE = {
    "code": "regional_movement",
    "title": "Regional kompetens rörelse",
    "courses": [{"code": "prescriber_2025", "title": "Förskrivarkompetens"}],
}
NATIONAL = {"code": "national", "title": "Nationell grund", "courses": []}
WHEELCHAIR = [{"article_number": "20101", "quantity": 1}]
DRINK = [{"article_number": "30101", "quantity": 1}]


def requirement(**changes):
    return {
        "requirement_set_id": str(MOVEMENT),
        "version": 1,
        "product_area": "movement",
        "title": "rörelse",
        "prefixes": ["12"],
        "role": "prescriber",
        "legal_area": "health_care",
        "first_day": "2023-01-01",
        "last_day": None,
        "competences": [COMPETENCE],
        "told_at": TOLD.isoformat(),
    } | changes


def gate(version, actor=ANNA, missing=None, told_at=TOLD, of=MOVEMENT):
    """A gate as training tells it: closed when something is missing."""
    told = {
        "hsa_id": actor.hsa_id,
        "requirement_set_id": str(of),
        "product_area": "movement",
        "version": version,
        "told_at": told_at.isoformat(),
    }
    return told if missing is None else told | {"missing": missing}


def hear_requirement(ordering, **changes):
    with ordering.transaction() as tx:
        gates.note_requirement(tx, RequirementSetDefinedV1.read(requirement(**changes)))


def hear_gate(ordering, told):
    contract = GateClosedV1 if "missing" in told else GateOpenedV1
    with ordering.transaction() as tx:
        gates.note_gate(tx, contract.read(told))


def list_gates(ordering, actor=ANNA):
    with ordering.transaction(actor) as tx:
        return Gates.write(gates.list_gates(tx))


def refusal(ordering, actor=ANNA, **changes):
    with pytest.raises(Exception, match=r"ordering\.gate\.closed") as found:
        place(ordering, actor, recipient=TO_PATIENT, **changes)
    return found.value.params


@pytest.mark.rule("T-1")
@pytest.mark.rule("X-12")
def test_who_lacks_a_competence_is_told_which_and_which_courses_give_it(ordering):
    hear_requirement(ordering)

    with refused(
        "ordering.gate.closed",
        areas="rörelse",
        lacking="Regional kompetens rörelse (Förskrivarkompetens)",
        as_of="2026-03-02 09:30",
        missing=[COMPETENCE],
    ):
        place(ordering, recipient=TO_PATIENT, lines=WHEELCHAIR)


@pytest.mark.rule("T-1")
def test_who_holds_the_competences_prescribes(ordering):
    hear_requirement(ordering)
    hear_gate(ordering, gate(1))

    assert place(ordering, recipient=TO_PATIENT).order_number
    assert refusal(ordering, COLLEAGUE)["areas"] == "rörelse"


@pytest.mark.rule("T-1")
@pytest.mark.rule("T-4")
def test_everything_that_is_missing_is_named_once(ordering):
    hear_requirement(ordering, competences=[COMPETENCE, NATIONAL])
    hear_requirement(
        ordering, requirement_set_id=str(LMN), title="alla", prefixes=["12 22"],
        competences=[NATIONAL],
    )  # fmt: skip

    told = refusal(ordering)

    assert sorted(one["code"] for one in told["missing"]) == ["national", "regional_movement"]
    assert set(told["areas"].split(", ")) == {"rörelse", "alla"}


@pytest.mark.rule("T-1")
@pytest.mark.parametrize("recipient", [TO_UNIT, TO_STORE], ids=lambda to: to["kind"])
def test_an_order_to_the_unit_or_a_store_needs_no_gate(ordering, recipient):
    hear_requirement(ordering)

    assert place(ordering, recipient=recipient).order_number


@pytest.mark.rule("X-31")
def test_other_roles_and_legal_areas_are_unaffected_until_a_set_names_them(ordering):
    hear_requirement(ordering)
    assert place(ordering, CILLA, recipient=TO_PATIENT).order_number

    hear_requirement(
        ordering,
        requirement_set_id=str(LMN),
        role="social_coordinator",
        legal_area="social_services",
    )

    assert refusal(ordering, CILLA)["missing"] == [COMPETENCE]


@pytest.mark.rule("T-1")
def test_other_product_areas_are_unaffected(ordering):
    hear_requirement(ordering)

    assert place(
        ordering, recipient=TO_PATIENT, customer_number=LMN_NUMBER, lines=DRINK
    ).order_number


@pytest.mark.rule("T-2")
@pytest.mark.parametrize("days", [("2199-01-01", None), ("2023-01-01", "2024-12-31")])
def test_a_set_counts_from_its_first_day_to_its_last(ordering, days):
    hear_requirement(ordering, first_day=days[0], last_day=days[1])

    assert place(ordering, recipient=TO_PATIENT).order_number


@pytest.mark.rule("T-2")
def test_a_region_may_begin_later(ordering):
    hear_requirement(ordering)

    with ordering.transaction() as tx:
        command = PlaceOrder.read(order_message(recipient=TO_PATIENT))
        assert orders.place_order(tx, command, gate_from=date(2199, 1, 1)).order_number


def test_before_training_was_ever_heard_of_there_is_no_gate(ordering):
    assert place(ordering, recipient=TO_PATIENT).order_number
    assert list_gates(ordering) == {"as_of": None, "items": []}


@pytest.mark.rule("T-1")
def test_the_newest_version_counts_whichever_comes_first(ordering):
    history = [gate(1), gate(2, missing=["regional_movement"]), gate(3)]
    hear_requirement(ordering)

    for at, order in enumerate(permutations(range(3))):
        for told in order:
            hear_gate(ordering, history[told] | {"version": at * 10 + told})
        assert place(ordering, recipient=TO_PATIENT).order_number


def test_a_requirement_set_that_changed_is_not_changed_back_by_an_old_event(ordering):
    hear_requirement(ordering, version=2, last_day="2024-12-31")
    hear_requirement(ordering, version=1)

    assert place(ordering, recipient=TO_PATIENT).order_number


@pytest.mark.rule("T-31")
def test_the_copy_says_how_old_it_is(ordering):
    hear_requirement(ordering)
    later, latest = (TOLD.replace(hour=hour) for hour in (10, 12))
    for told_at in (latest, later):
        with ordering.transaction() as tx:
            event = GatesConfirmedV1.read({"told_at": told_at.isoformat()})
            gates.note_confirmed(tx, event)

    assert list_gates(ordering)["as_of"] == latest.isoformat()
    assert refusal(ordering)["as_of"] == "2026-03-02 13:30"


@pytest.mark.rule("T-1")
def test_a_prescriber_sees_her_own_gates(ordering):
    hear_requirement(ordering)
    hear_gate(ordering, gate(1))

    (own,), (colleague,) = (list_gates(ordering, who)["items"] for who in (ANNA, COLLEAGUE))

    assert (own["is_open"], own["missing"]) == (True, [])
    assert (colleague["is_open"], colleague["missing"]) == (False, [COMPETENCE])
    assert colleague["prefixes"] == ["12"]


@pytest.mark.parametrize(
    ("prefix", "iso_code", "covered"),
    [
        ("12", "12 22 03", True),
        ("12 22", "12 22 03", True),
        ("12 22 03", "12 22 03", True),
        ("12 2", "12 22 03", False),
        ("12 23", "12 22 03", False),
        ("04", "12 04 03", False),
    ],
)
def test_a_prefix_covers_whole_parts_of_a_code(prefix, iso_code, covered):
    assert ClosedGate("a", "a", (prefix,), (), None).covers(iso_code) is covered


@pytest.mark.rule("T-2")
def test_there_is_no_need_of_a_gate_before_its_first_day():
    first_day = date(2023, 1, 1)

    assert gate_role("prescriber", "patient", first_day, first_day) == "prescriber"
    assert gate_role("prescriber", "patient", date(2022, 12, 31), first_day) is None
    assert gate_role("prescriber", "unit", first_day, first_day) is None
