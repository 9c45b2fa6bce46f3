"""Consultations: registered here, booked elsewhere, and followed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.ordering import (
    ListWorkOrders,
    RegisteredConsultation,
    WorkOrderPage,
    WorkOrderPatientView,
    WorkOrderView,
)
from services.ordering.work_orders import use_cases
from services.ordering.work_orders.model import ActivityUnknown
from tests.unit.ordering import world
from tests.unit.ordering.asks import refused, register
from tests.unit.ordering.world import (
    ANNA,
    BOOKING,
    BORAS,
    COLLEAGUE,
    HMC_NUMBER,
    PATIENT,
    REGION,
    STRANGER,
)

HOUR = timedelta(hours=1)


def see(ordering, work_order, actor=ANNA):
    with ordering.transaction(actor) as tx:
        return WorkOrderView.write(use_cases.get_work_order(tx, work_order.work_order_number))


def list_work_orders(ordering, actor=ANNA, **query):
    with ordering.transaction(actor) as tx:
        return WorkOrderPage.write(use_cases.list_work_orders(tx, ListWorkOrders.read(query)))


def hear(ordering, note, work_order, **event):
    with ordering.transaction(BOOKING) as tx:
        note(tx, {"activity_id": work_order.activity_id, **event})


def hear_booked(ordering, work_order, at, booking_id=None):
    hear(
        ordering,
        use_cases.note_booked,
        work_order,
        booking_id=booking_id or uuid4(),
        start=at + 24 * HOUR,
        booked_at=at,
    )


def hear_cancelled(ordering, work_order, at, booking_id):
    hear(ordering, use_cases.note_cancelled, work_order, booking_id=booking_id, cancelled_at=at)


def hear_closed(ordering, work_order, at, cause="not_booked"):
    hear(ordering, use_cases.note_closed, work_order, cause=cause, closed_at=at)


@pytest.mark.rule("B-5")
def test_a_consultation_opens_a_work_order(ordering):
    work_order = register(ordering, description="Förväntningssamtal")

    assert RegisteredConsultation.write(work_order) == {
        "activity_id": str(work_order.activity_id),
        "work_order_number": work_order.work_order_number,
        "state": "open",
        "registered_at": work_order.registered_at.isoformat(),
    }
    assert see(ordering, work_order) == {
        "work_order_number": work_order.work_order_number,
        "activity_id": str(work_order.activity_id),
        "kind": "consultation",
        "customer_number": HMC_NUMBER,
        "state": "open",
        "cause": None,
        "registered_at": work_order.registered_at.isoformat(),
        "closed_at": None,
        "booked_start": None,
        "orderer": ANNA.hsa_id,
    }


@pytest.mark.rule("B-5")
def test_a_consultation_requested_is_told_without_the_patient(ordering):
    work_order = register(ordering)

    assert ordering.told() == [
        (
            "ordering.consultation.requested.v1",
            {
                "activity_id": str(work_order.activity_id),
                "work_order_number": work_order.work_order_number,
                "customer_number": HMC_NUMBER,
                "unit": BORAS,
                "principal": REGION,
                "prescriber": ANNA.hsa_id,
                "registered_at": work_order.registered_at.isoformat(),
                "agreement": "personal_devices",
                "iso_code": None,
            },
        )
    ]


def test_a_work_order_number_has_six_digits_to_ten(ordering):
    assert 6 <= len(register(ordering).work_order_number) <= 10


@pytest.mark.rule("B-4")
@pytest.mark.rule("A-7")
def test_an_acute_consultation_goes_by_telephone_and_nothing_is_registered(ordering):
    with refused(
        "ordering.consultation.acute",
        telephone="031-390 06 00",
        opening_hours="08:00–12:00 och 13:00–16:30",
    ):
        register(ordering, acute=True)

    assert list_work_orders(ordering)["items"] == []
    assert (ordering.told(), ordering.logged()) == ([], [])


@pytest.mark.rule("B-5")
@pytest.mark.parametrize("role", ["orderer", "social_coordinator", "technician"])
def test_prescribers_alone_register_consultations(ordering, role):
    with refused("role.may_not"):
        register(ordering, replace(ANNA, role=role))


@pytest.mark.rule("P-2")
def test_a_permission_for_the_unit_does_not_cover_consultations(ordering):
    with refused("ordering.permission.type"):
        register(ordering, replace(world.BO, role="prescriber"))


@pytest.mark.rule("O-7")
def test_consultations_are_asked_for_on_the_customer_number_at_hmc(ordering):
    with refused("ordering.consultation.not_of_supplier", customer_number=world.LMN_NUMBER):
        register(ordering, customer_number=world.LMN_NUMBER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"customer_number": "9999"}, "ordering.customer.unknown"),
        ({"customer_number": world.SKOVDE_NUMBER}, "ordering.unit.not_yours"),
        ({"personal_identity_number": "x"}, "ordering.personal_identity_number.wrong"),
        ({"personal_identity_number": "201212121212"}, "ordering.patient.unknown"),
    ],
)
def test_what_stands_in_the_way_of_an_order_stands_in_the_way_of_a_consultation(
    ordering, changes, code
):
    with pytest.raises(Exception, match=code):
        register(ordering, **changes)


def test_another_unit_does_not_see_a_work_order(ordering):
    work_order = register(ordering)

    assert list_work_orders(ordering, world.STRANGER)["items"] == []
    with refused("not_found"):
        see(ordering, work_order, world.STRANGER)


def test_the_newest_work_orders_come_first_a_page_at_a_time(ordering):
    numbers = [register(ordering).work_order_number for _ in range(3)]

    page = list_work_orders(ordering, COLLEAGUE, limit=2)

    assert [row["work_order_number"] for row in page["items"]] == numbers[:0:-1]
    assert page["more"]


@pytest.mark.rule("B-14")
def test_what_may_be_in_the_same_visit_is_the_other_work_orders_of_the_patient(ordering):
    first, other = register(ordering), register(ordering)
    register(ordering, personal_identity_number="195203072227")

    beside = {"same_patient_as": first.work_order_number, "state": "open"}
    found = list_work_orders(ordering, **beside)["items"]

    assert [row["work_order_number"] for row in found] == [other.work_order_number]
    hear_closed(ordering, other, other.registered_at)
    assert list_work_orders(ordering, **beside)["items"] == []


@pytest.mark.rule("B-14")
def test_another_units_work_order_tells_nothing_of_its_patients_others(ordering):
    work_order = register(ordering)
    register(ordering)

    beside = {"same_patient_as": work_order.work_order_number}

    assert list_work_orders(ordering, world.STRANGER, **beside)["items"] == []


def test_a_booked_time_shows_on_the_work_order(ordering):
    work_order = register(ordering)
    at = work_order.registered_at + HOUR

    hear_booked(ordering, work_order, at)

    assert see(ordering, work_order)["state"] == "booked"
    assert see(ordering, work_order)["booked_start"] == (at + 24 * HOUR).isoformat()
    assert list_work_orders(ordering, state="open")["items"] == []
    assert len(list_work_orders(ordering, state="booked")["items"]) == 1


@pytest.mark.rule("B-12")
def test_a_booking_given_back_opens_the_work_order_again(ordering):
    work_order, booking_id = register(ordering), uuid4()
    at = work_order.registered_at
    hear_booked(ordering, work_order, at + HOUR, booking_id)

    hear_cancelled(ordering, work_order, at + 2 * HOUR, booking_id)

    assert see(ordering, work_order)["state"] == "open"
    assert see(ordering, work_order)["booked_start"] is None


@pytest.mark.rule("B-6")
def test_a_closed_work_order_stays_closed_with_its_cause(ordering):
    work_order = register(ordering)
    at = work_order.registered_at
    hear_closed(ordering, work_order, at + 3 * HOUR)

    hear_closed(ordering, work_order, at + 3 * HOUR, cause="another")
    hear_booked(ordering, work_order, at + 1 * HOUR)
    hear_cancelled(ordering, work_order, at + 2 * HOUR, uuid4())

    seen = see(ordering, work_order)
    assert (seen["state"], seen["cause"]) == ("closed", "not_booked")
    assert seen["closed_at"] == (at + 3 * HOUR).isoformat()


def test_an_event_that_was_known_changes_nothing(ordering):
    work_order, booking_id = register(ordering), uuid4()
    at = work_order.registered_at + HOUR
    hear_booked(ordering, work_order, at, booking_id)
    hear_booked(ordering, work_order, at, booking_id)

    assert [entry[0] for entry in ordering.logged()] == ["work_order.opened", "work_order.changed"]


def test_an_event_of_an_unknown_activity_is_not_taken(ordering):
    work_order = register(ordering)
    work_order.activity_id = uuid4()

    with pytest.raises(ActivityUnknown):
        hear_closed(ordering, work_order, work_order.registered_at)


def test_every_change_of_a_work_order_is_logged(ordering):
    work_order = register(ordering)
    hear_closed(ordering, work_order, work_order.registered_at + HOUR)

    reason = f"work order {work_order.work_order_number}"
    assert ordering.logged() == [
        ("work_order.opened", PATIENT, ANNA.hsa_id, BORAS, reason),
        ("work_order.changed", PATIENT, BOOKING.hsa_id, "", reason),
    ]


def patient_of(ordering, work_order, actor=ANNA):
    with ordering.transaction(actor) as tx:
        found = use_cases.get_patient(tx, work_order.work_order_number)
        return WorkOrderPatientView.write(found)


@pytest.mark.rule("P-3")
def test_whom_a_work_order_is_for_is_shown_to_its_unit_and_the_look_logged(ordering):
    work_order = register(ordering, description="Provning hemma")

    assert patient_of(ordering, work_order) == {
        "patient_id": str(PATIENT),
        "name": "Tolvan Tolvansson",
        "birth_date": "1912-12-12",
        "municipality": "Borås",
        "description": "Provning hemma",
    }
    assert ordering.logged()[1:] == [
        (
            "work_order.looked_at",
            PATIENT,
            ANNA.hsa_id,
            BORAS,
            f"work order {work_order.work_order_number}",
        )
    ]


def test_where_somebody_with_protected_data_lives_is_not_shown_with_a_work_order(ordering):
    work_order = register(ordering, personal_identity_number="195203072227")

    assert patient_of(ordering, work_order)["municipality"] == ""


@pytest.mark.parametrize(
    ("actor", "code"),
    [(STRANGER, "not_found"), (replace(ANNA, role="technician"), "role.may_not")],
)
def test_nobody_else_sees_whom_a_work_order_is_for(ordering, actor, code):
    work_order = register(ordering)

    with refused(code):
        patient_of(ordering, work_order, actor)
    assert len(ordering.logged()) == 1


@pytest.mark.rule("B-6")
def test_a_work_order_opens_again_when_its_activity_does(ordering):
    work_order = register(ordering, iso_code="12 22 03")
    at = work_order.registered_at
    hear_closed(ordering, work_order, at + 3 * HOUR)

    hear(ordering, use_cases.note_reopened, work_order, reopened_at=at + 4 * HOUR)

    seen = see(ordering, work_order)
    assert (seen["state"], seen["cause"], seen["closed_at"]) == ("open", None, None)


@pytest.mark.parametrize("cause", ["held", "no_show"])
def test_a_visit_that_is_over_closes_its_work_order(ordering, cause):
    work_order = register(ordering)

    hear_over(ordering, work_order, cause)

    seen = see(ordering, work_order)
    assert (seen["state"], seen["cause"]) == ("closed", cause)
    assert len(list_work_orders(ordering)["items"]) == 1


def test_what_remains_gets_one_work_order_of_its_own(ordering):
    work_order = register(ordering, iso_code="12 22")

    for _ in range(2):
        hear_over(ordering, work_order, "held", follow_up=True)

    newest, oldest = list_work_orders(ordering)["items"]
    assert (newest["state"], oldest["state"]) == ("open", "closed")
    event_type, told = ordering.told()[-1]
    assert event_type == "ordering.consultation.requested.v1"
    assert (told["activity_id"], told["iso_code"]) == (newest["activity_id"], "12 22")


def hear_over(ordering, work_order, cause, follow_up=False):
    def note(tx, event):
        use_cases.note_over(tx, event, cause)

    said = {"noted_at": work_order.registered_at + HOUR, "principal": REGION, "agreement": "a"}
    hear(ordering, note, work_order, follow_up=follow_up, **said)
