"""Devices: delivered and taken back, and by nobody used while an adaptation is unsigned."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.devices import (
    AdaptationView,
    DeliverDevice,
    DeviceView,
    ListAdaptations,
    ListDevices,
    OrderAdaptation,
    RegisterDevice,
    ReturnDevice,
)
from contracts.errors import ContractError
from services.ordering.adaptations import use_cases as adaptations
from services.ordering.adaptations.model import AdaptationUnknown
from services.ordering.devices import use_cases
from services.ordering.devices.use_cases import SupplyCentre
from tests.unit.ordering.asks import refused
from tests.unit.ordering.fakes import InMemoryOrdering
from tests.unit.ordering.world import (
    ANNA,
    BO,
    BORAS,
    COLLEAGUE,
    HMC_NUMBER,
    LEFT_NUMBER,
    PATIENT,
    SKOVDE_NUMBER,
    STRANGER,
    TECHNICIAN,
    TEKLA,
    TOLVAN,
)

CENTRE = SupplyCentre(frozenset({TEKLA.unit}))
DEVICE, OTHER = "HMC204417", "HMC204418"
NOW = datetime(2026, 11, 12, 10, tzinfo=UTC)
RISKS = [{"description": "Tippar bakåt i ramp", "measure": "Tippskydd"}]
INSTRUCTION = "Förläng ryggstödet med 80 mm."


def ask(ordering, contract, use_case, actor, *more, **values):
    command = contract.read({"command_id": str(uuid4()), **values})
    with ordering.transaction(actor) as tx:
        return use_case(tx, command, *more)


def deliver(ordering, number=DEVICE, actor=TEKLA, **values):
    values = {"customer_number": HMC_NUMBER, "individual_number": number} | values
    return ask(ordering, DeliverDevice, use_cases.deliver_device, actor, CENTRE, **values)


def take_back(ordering, number=DEVICE, actor=TEKLA):
    return ask(
        ordering, ReturnDevice, use_cases.return_device, actor, CENTRE, individual_number=number
    )


def adapt(ordering, number=DEVICE, actor=ANNA, **values):
    usual = {
        "customer_number": HMC_NUMBER,
        "personal_identity_number": TOLVAN,
        "individual_number": number,
        "instruction": INSTRUCTION,
        "risks": RISKS,
    }
    return ask(ordering, OrderAdaptation, adaptations.order_adaptation, actor, **usual | values)


def look_at(ordering, number=DEVICE, actor=TEKLA):
    with ordering.transaction(actor) as tx:
        return DeviceView.write(use_cases.get_device(tx, number, CENTRE))


def look_at_adaptation(ordering, adaptation, actor=ANNA):
    with ordering.transaction(actor) as tx:
        found = adaptations.get_adaptation(tx, adaptation.adaptation_id, CENTRE)
        return AdaptationView.write(found)


def note(ordering, what, adaptation_id, at=NOW):
    """Hear what signing or maintenance tells."""
    event = {"adaptation_id": adaptation_id, "diary_number": "HMC 2026-000031"}
    event |= {
        f"{name}_at": at for name in ("signed", "verified", "declined", "expired", "cancelled")
    }
    with ordering.transaction() as tx:
        getattr(adaptations, f"note_{what}")(tx, event)


@pytest.mark.rule("O-18")
def test_a_device_goes_to_a_patient_and_comes_back(ordering):
    deliver(ordering, "hmc 204-417", personal_identity_number=TOLVAN)

    seen = look_at(ordering)
    assert (seen["state"], seen["unit"], seen["with_patient"]) == ("delivered", BORAS, True)
    take_back(ordering)

    seen = look_at(ordering)
    assert (seen["state"], seen["unit"], seen["with_patient"]) == ("in_stock", None, False)
    assert [kind for kind, _ in ordering.told()] == [
        "ordering.device.delivered.v1",
        "ordering.device.returned.v1",
    ]
    assert TOLVAN not in str(ordering.told())


def test_each_look_at_and_change_of_a_patients_device_is_logged(ordering):
    deliver(ordering, personal_identity_number=TOLVAN)
    look_at(ordering)
    take_back(ordering)
    look_at(ordering)

    actions = [(action, patient) for action, patient, *_ in ordering.logged()]
    assert actions == [
        ("device.changed", PATIENT),
        ("device.read", PATIENT),
        ("device.changed", PATIENT),
    ]


@pytest.mark.rule("S-1")
def test_a_device_with_an_unsigned_adaptation_is_delivered_to_nobody(ordering):
    adapt(ordering)

    with refused("ordering.device.blocked", individual_number=DEVICE):
        deliver(ordering)
    assert look_at(ordering)["is_blocked"]
    deliver(ordering, OTHER)


@pytest.mark.rule("S-1")
@pytest.mark.rule("S-3")
@pytest.mark.parametrize(("what", "state"), [("signed", "signed"), ("taken_on_paper", "on_paper")])
def test_a_signature_or_verified_paper_ends_the_block(ordering, what, state):
    adaptation = adapt(ordering)

    note(ordering, what, adaptation.adaptation_id)
    note(ordering, what, adaptation.adaptation_id)  # told again

    seen = look_at_adaptation(ordering, adaptation)
    assert (seen["state"], seen["diary_number"]) == (state, "HMC 2026-000031")
    assert deliver(ordering).unit == BORAS


@pytest.mark.rule("S-1")
@pytest.mark.parametrize("how", ["declined", "expired"])
def test_a_document_that_comes_back_unsigned_leaves_the_block(ordering, how):
    adaptation = adapt(ordering)

    note(ordering, how, adaptation.adaptation_id)

    assert look_at_adaptation(ordering, adaptation)["setback"] == how
    with refused("ordering.device.blocked", individual_number=DEVICE):
        deliver(ordering)


@pytest.mark.rule("U-4")
def test_an_adaptation_called_off_before_its_work_leaves_the_device_as_it_was(ordering):
    adaptation = adapt(ordering)

    note(ordering, "called_off", adaptation.adaptation_id)

    assert look_at_adaptation(ordering, adaptation)["state"] == "cancelled"
    deliver(ordering)


def test_what_is_told_of_an_unknown_adaptation_is_tried_again(ordering):
    with pytest.raises(AdaptationUnknown):
        note(ordering, "signed", uuid4())


@pytest.mark.rule("U-10")
def test_an_adaptation_has_its_instruction_and_a_number_of_a_work_order(ordering):
    adaptation = adapt(ordering)

    seen = look_at_adaptation(ordering, adaptation, TEKLA)
    assert (seen["instruction"], seen["risks"]) == (INSTRUCTION, RISKS)
    ((event_type, told),) = ordering.told()
    assert event_type == "ordering.adaptation.ordered.v1"
    assert told["work_order_number"] == seen["work_order_number"]
    assert (told["prescriber"], told["unit"]) == (ANNA.hsa_id, BORAS)
    assert INSTRUCTION not in str(told)
    assert [action for action, *_ in ordering.logged()] == ["adaptation.ordered", "adaptation.read"]


@pytest.mark.rule("U-10")
@pytest.mark.parametrize("missing", [{"instruction": ""}, {"risks": []}])
def test_without_instruction_or_risk_analysis_nothing_starts(ordering, missing):
    with pytest.raises(ContractError) as refusal:
        adapt(ordering, **missing)
    assert refusal.value.code == "message.invalid"


def test_a_device_is_adapted_once_at_a_time_and_by_whose_it_is(ordering):
    adapt(ordering)
    with refused("ordering.adaptation.open", individual_number=DEVICE):
        adapt(ordering, actor=COLLEAGUE)
    deliver(ordering, OTHER, customer_number=SKOVDE_NUMBER)
    with refused("ordering.device.unknown", individual_number=OTHER):
        adapt(ordering, OTHER)
    with refused("role.may_not"):
        adapt(ordering, actor=BO)


def test_only_the_supply_centre_registers_delivers_and_takes_back(ordering):
    for actor in (ANNA, TECHNICIAN):
        with refused("role.may_not"):
            deliver(ordering, actor=actor)
    with refused("role.may_not"):
        take_back(ordering, actor=ANNA)


def test_what_cannot_be_delivered_is_refused_and_stays(ordering):
    with refused("ordering.customer.unknown"):
        deliver(ordering, customer_number="999999")
    with refused("ordering.agreement.missing"):
        deliver(ordering, customer_number=LEFT_NUMBER)
    with refused("ordering.patient.unknown"):
        deliver(ordering, personal_identity_number="191010101010")
    with refused("ordering.device.unknown", individual_number="HMC999999"):
        deliver(ordering, "HMC999999")
    with refused("ordering.device.state", individual_number=DEVICE, state="in_stock"):
        take_back(ordering)
    deliver(ordering)
    with refused("ordering.device.state", individual_number=DEVICE, state="delivered"):
        deliver(ordering)


@pytest.mark.rule("U-5")
def test_a_device_is_registered_once(ordering):
    def register(number, article="20105"):
        values = {"individual_number": number, "article_number": article}
        return ask(ordering, RegisterDevice, use_cases.register_device, TEKLA, CENTRE, **values)

    assert register("hmc 300001").individual_number == "HMC300001"
    with refused("ordering.device.known", individual_number="HMC300001"):
        register("HMC300001")
    with refused("ordering.article.unknown", article_number="99999"):
        register("HMC300002", "99999")


def test_a_unit_sees_its_own_devices_and_adaptations_the_centre_everybodys(ordering):
    deliver(ordering)
    adaptation = adapt(ordering)

    def devices(actor, **query):
        with ordering.transaction(actor) as tx:
            found = use_cases.list_devices(tx, ListDevices.read(query), CENTRE)
            return [one["individual_number"] for one in found["items"]]

    def orders(actor, **query):
        with ordering.transaction(actor) as tx:
            return adaptations.list_adaptations(tx, ListAdaptations.read(query), CENTRE)["items"]

    assert (devices(BO), devices(STRANGER)) == ([DEVICE], [])
    assert devices(TEKLA) == [DEVICE, OTHER]
    assert devices(TEKLA, sort="-individual_number") == [OTHER, DEVICE]
    assert devices(TEKLA, sort="-changed_at")[0] == DEVICE
    assert sorted(devices(TEKLA, sort="article_name")) == [DEVICE, OTHER]
    assert devices(TEKLA, state="in_stock", search="hmc2044") == [OTHER]
    assert devices(TEKLA, search="HMC204417%") == []
    assert (len(orders(COLLEAGUE)), len(orders(STRANGER))) == (1, 0)
    assert len(orders(TEKLA, state="ordered")) == 1
    with refused("not_found"):
        look_at_adaptation(ordering, adaptation, STRANGER)
    with refused("not_found"):
        look_at(ordering, DEVICE, STRANGER)


@pytest.mark.parametrize("column", ["work_order_number", "individual_number", "ordered_at"])
def test_adaptations_are_sorted_as_they_are_asked_for(ordering, column):
    adapt(ordering)
    adapt(ordering, OTHER)

    def listed(sort):
        with ordering.transaction(TEKLA) as tx:
            query = ListAdaptations.read({"sort": sort})
            found = adaptations.list_adaptations(tx, query, CENTRE)["items"]
            return [one["individual_number"] for one in found]

    assert listed(column) == [DEVICE, OTHER]
    assert listed(f"-{column}") == [OTHER, DEVICE]


STEP = st.sampled_from(["adapt", "deliver", "return", "hear"])


@pytest.mark.rule("S-1")
@given(st.data())
def test_no_device_is_delivered_with_an_unsigned_adaptation_whatever_is_told_and_when(data):
    ordering, ordered, signed = InMemoryOrdering(), [], set()
    for step in data.draw(st.lists(STEP, max_size=12)):
        try:
            if step == "adapt":
                ordered.append(adapt(ordering).adaptation_id)
            elif step == "return":
                take_back(ordering)
            elif step == "hear" and ordered:
                what = data.draw(st.sampled_from(["signed", "declined", "expired", "called_off"]))
                whose = data.draw(st.sampled_from(ordered))
                minutes = data.draw(st.integers(0, 30))
                note(ordering, what, whose, NOW + timedelta(minutes=minutes))
                signed |= {whose} if what in ("signed", "called_off") else set()
            elif step == "deliver":
                deliver(ordering)
                assert set(ordered) <= signed
        except ContractError:
            continue
