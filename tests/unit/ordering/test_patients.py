"""Finding a patient."""

from dataclasses import replace

import pytest

from contracts.ordering import PatientView
from services.ordering.patients import use_cases
from tests.unit.ordering import world
from tests.unit.ordering.asks import refused
from tests.unit.ordering.world import ANNA, BORAS, PATIENT, TOLVAN


def find(ordering, number=TOLVAN, actor=ANNA, reason="Ny rullstol"):
    with ordering.transaction(actor) as tx:
        return PatientView.write(use_cases.find_patient(tx, number, reason))


@pytest.mark.parametrize("written", ["191212121212", "19121212-1212", "121212+1212"])
def test_a_patient_is_found_by_number_however_it_is_written(ordering, written):
    assert find(ordering, written) == {
        "patient_id": str(PATIENT),
        "name": "Tolvan Tolvansson",
        "birth_date": "1912-12-12",
        "municipality": "Borås",
    }


def test_each_look_is_logged_with_its_reason(ordering):
    find(ordering, reason="Ny rullstol")
    find(ordering, reason="Fel adress")

    assert ordering.logged() == [
        ("patient.looked_up", PATIENT, ANNA.hsa_id, BORAS, reason)
        for reason in ("Ny rullstol", "Fel adress")
    ]


def test_where_somebody_with_protected_data_lives_is_not_shown(ordering):
    assert find(ordering, "195203072227")["municipality"] == ""


def test_a_patient_who_is_not_registered_is_not_found(ordering):
    with refused("ordering.patient.unknown"):
        find(ordering, "201212121212")

    assert ordering.logged() == []


def test_a_wrong_number_is_refused(ordering):
    with refused("ordering.personal_identity_number.wrong") as refusal:
        find(ordering, "191212121213")

    assert set(refusal.value.fields) == {"personal_identity_number"}


@pytest.mark.rule("P-2")
def test_who_may_not_order_to_patients_may_not_look_them_up(ordering):
    with refused("ordering.permission.type"):
        find(ordering, actor=world.BO)


@pytest.mark.rule("P-13")
@pytest.mark.parametrize(
    "actor", [world.TECHNICIAN, world.RETIRED, world.anna_at(world.SKOVDE), replace(ANNA, role="")]
)
def test_who_may_not_order_may_not_look_patients_up(ordering, actor):
    with refused("role.may_not"):
        find(ordering, actor=actor)

    assert ordering.logged() == []
