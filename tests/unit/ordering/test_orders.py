"""Orders: who may place them, for whom, of what, and who sees them."""

from dataclasses import replace
from uuid import uuid4

import pytest

from contracts.ordering import OrderPage, OrderView, PlacedOrder
from tests.unit.ordering import world
from tests.unit.ordering.asks import (
    LINES,
    TO_PATIENT,
    TO_STORE,
    TO_UNIT,
    cancel,
    list_orders,
    look_at,
    place,
    refused,
)
from tests.unit.ordering.world import ANNA, BO, BORAS, CILLA, COLLEAGUE, HMC_NUMBER, PATIENT


@pytest.mark.rule("O-18")
@pytest.mark.parametrize("recipient", [TO_PATIENT, TO_UNIT, TO_STORE], ids=lambda to: to["kind"])
def test_an_order_goes_to_a_patient_a_unit_or_a_store(ordering, recipient):
    order = place(ordering, recipient=recipient, reference="Rum 12")

    seen = OrderView.write(look_at(ordering, order.order_id))
    assert seen["recipient"] == {
        "kind": recipient["kind"],
        "patient_id": str(PATIENT) if recipient is TO_PATIENT else None,
        "patient_name": "Tolvan Tolvansson" if recipient is TO_PATIENT else None,
        "store_number": recipient.get("store_number"),
    }
    assert (seen["customer_number"], seen["unit_name"]) == (HMC_NUMBER, "Habilitering Borås")
    assert (seen["reference"], seen["state"], seen["version"]) == ("Rum 12", "placed", 1)
    assert (seen["orderer"], seen["order_number"]) == (ANNA.hsa_id, order.order_number)


@pytest.mark.rule("O-54")
def test_a_line_keeps_the_delivery_class_of_the_day(ordering):
    order = place(ordering)

    assert OrderView.write(look_at(ordering, order.order_id))["lines"] == [
        {
            "article_number": "20101",
            "article_name": "Rullstol Vinga 38 cm",
            "quantity": 2,
            "delivery_class": "within_7",
        },
        {
            "article_number": "20105",
            "article_name": "Rollator Tiveden",
            "quantity": 1,
            "delivery_class": "within_17",
        },
    ]


def test_an_order_placed_is_told_without_the_patient(ordering):
    order = place(ordering, recipient=TO_PATIENT)

    assert ordering.told() == [
        (
            "ordering.order.placed.v1",
            {
                "order_id": str(order.order_id),
                "order_number": order.order_number,
                "customer_number": HMC_NUMBER,
                "recipient_kind": "patient",
                "lines": LINES,
                "placed_at": order.placed_at.isoformat(),
            },
        )
    ]


def test_the_answer_to_an_order_has_nothing_of_the_patient(ordering):
    order = place(ordering, recipient=TO_PATIENT)

    assert PlacedOrder.write(order) == {
        "order_id": str(order.order_id),
        "order_number": order.order_number,
        "state": "placed",
        "placed_at": order.placed_at.isoformat(),
    }


def test_order_numbers_follow_each_other(ordering):
    first, second = place(ordering), place(ordering)

    assert int(second.order_number) == int(first.order_number) + 1


@pytest.mark.rule("P-2")
@pytest.mark.parametrize("recipient", [TO_UNIT, TO_STORE], ids=lambda to: to["kind"])
def test_an_orderer_to_unit_orders_to_the_unit_and_its_stores(ordering, recipient):
    assert place(ordering, BO, recipient=recipient).order_number


@pytest.mark.rule("P-2")
def test_an_orderer_to_unit_may_not_order_to_a_patient(ordering):
    with refused("ordering.permission.type"):
        place(ordering, BO, recipient=TO_PATIENT)


@pytest.mark.rule("P-4")
@pytest.mark.parametrize("recipient", [TO_PATIENT, TO_UNIT], ids=lambda to: to["kind"])
def test_an_orderer_in_social_services_orders_to_patients_and_the_unit(ordering, recipient):
    assert place(ordering, CILLA, recipient=recipient).order_number


@pytest.mark.rule("P-3")
def test_a_permission_that_was_widened_counts_as_it_is_today(ordering):
    assert place(ordering, ANNA, recipient=TO_PATIENT).order_number


@pytest.mark.rule("P-6")
@pytest.mark.parametrize("actor", [world.RETIRED, world.FUTURE_ONE], ids=["ended", "not yet"])
def test_a_permission_counts_from_its_first_day_to_its_last(ordering, actor):
    with refused("ordering.unit.not_yours", customer_number=HMC_NUMBER):
        place(ordering, actor)


@pytest.mark.rule("O-4")
def test_an_unknown_customer_number_is_refused(ordering):
    with refused("ordering.customer.unknown"):  # whatever was typed is not told back
        place(ordering, customer_number="1212121212")


@pytest.mark.rule("O-5")
def test_the_customer_number_of_another_unit_is_refused(ordering):
    with refused("ordering.unit.not_yours", customer_number=world.SKOVDE_NUMBER):
        place(ordering, customer_number=world.SKOVDE_NUMBER)


@pytest.mark.rule("O-5")
def test_a_permission_counts_in_the_commission_at_its_unit_alone(ordering):
    with refused("ordering.unit.not_yours", customer_number=HMC_NUMBER):
        place(ordering, world.anna_at(world.SKOVDE))


@pytest.mark.rule("O-2")
def test_a_unit_whose_provider_is_no_longer_engaged_may_not_order(ordering):
    with refused("ordering.unit.outside_cooperation"):
        place(ordering, world.anna_at(world.OUTSIDE), customer_number=world.OUTSIDE_NUMBER)


@pytest.mark.rule("G-1")
@pytest.mark.rule("X-18")
def test_a_principal_that_has_left_the_agreement_may_not_order_under_it(ordering):
    with refused("ordering.agreement.missing"):
        place(ordering, world.anna_at(world.LEFT), customer_number=world.LEFT_NUMBER)


@pytest.mark.rule("P-13")
@pytest.mark.parametrize("role", ["technician", "care_staff", "operator", "system", ""])
def test_other_roles_may_not_order(ordering, role):
    with refused("role.may_not"):
        place(ordering, replace(ANNA, role=role))


@pytest.mark.rule("O-18")
@pytest.mark.parametrize(
    ("number", "complaint"),
    [
        ("191212121213", "Kontrollsiffran stämmer inte. Kontrollera numret."),
        ("191213121212", "Numret innehåller inget giltigt datum."),
        ("hej", "Skriv numret som ÅÅÅÅMMDD-NNNN."),
    ],
)
def test_a_wrong_personal_identity_number_is_refused_with_what_is_wrong(
    ordering, number, complaint
):
    recipient = TO_PATIENT | {"personal_identity_number": number}

    with refused("ordering.personal_identity_number.wrong") as refusal:
        place(ordering, recipient=recipient)

    assert refusal.value.fields == {"recipient/personal_identity_number": complaint}
    assert number not in str(refusal.value)


@pytest.mark.rule("O-18")
def test_a_patient_who_is_not_registered_is_refused(ordering):
    unknown = TO_PATIENT | {"personal_identity_number": "20121212-1212"}

    with refused("ordering.patient.unknown"):
        place(ordering, recipient=unknown)


@pytest.mark.rule("O-18")
@pytest.mark.parametrize("store_number", ["B302", "B999"])
def test_a_store_that_the_customer_number_is_not_linked_to_is_refused(ordering, store_number):
    with refused("ordering.store.unknown", store_number=store_number):
        place(ordering, recipient={"kind": "store", "store_number": store_number})


@pytest.mark.parametrize(
    ("recipient", "wrong"),
    [
        ({"kind": "patient"}, {"personal_identity_number"}),
        ({"kind": "store"}, {"store_number"}),
        ({"kind": "unit", "store_number": "B301"}, {"store_number"}),
        ({"kind": "store", "personal_identity_number": "x"},
         {"store_number", "personal_identity_number"}),
    ],
)  # fmt: skip
def test_a_recipient_is_known_by_the_field_of_its_kind_alone(ordering, recipient, wrong):
    with refused("message.invalid") as refusal:
        place(ordering, recipient=recipient)

    assert set(refusal.value.fields) == {f"recipient/{name}" for name in wrong}


@pytest.mark.rule("O-19")
def test_an_unknown_article_is_refused(ordering):
    with refused("ordering.article.unknown", article_number="99999"):
        place(ordering, lines=[*LINES, {"article_number": "99999", "quantity": 1}])


@pytest.mark.rule("O-56")
@pytest.mark.rule("O-57")
@pytest.mark.parametrize("article_number", ["20103", "20104"], ids=["utgången", "utgått"])
def test_an_article_that_has_ended_cannot_be_ordered(ordering, article_number):
    with refused("ordering.article.ended", article_number=article_number):
        place(ordering, lines=[{"article_number": article_number, "quantity": 1}])


@pytest.mark.rule("O-55")
def test_an_outgoing_article_can_be_ordered(ordering):
    assert place(ordering, lines=[{"article_number": "20102", "quantity": 1}]).order_number


@pytest.mark.rule("O-4")
@pytest.mark.rule("O-7")
@pytest.mark.rule("O-8")
def test_an_article_is_ordered_on_the_customer_number_at_its_supplier(ordering):
    lines = [{"article_number": "30101", "quantity": 1}]

    assert place(ordering, customer_number=world.LMN_NUMBER, lines=lines).order_number
    with refused("ordering.article.not_of_supplier", article_number="30101"):
        place(ordering, customer_number=HMC_NUMBER, lines=lines)


def test_what_is_refused_leaves_nothing(ordering):
    with refused("ordering.article.unknown", article_number="99999"):
        place(ordering, recipient=TO_PATIENT, lines=[{"article_number": "99999", "quantity": 1}])

    assert (ordering.told(), ordering.logged()) == ([], [])
    assert list_orders(ordering) == {"items": [], "more": False}


def test_a_colleague_at_the_unit_takes_an_order_back(ordering):
    order = place(ordering)

    cancelled = cancel(ordering, order.order_id, COLLEAGUE)

    assert OrderView.write(look_at(ordering, order.order_id))["state"] == "cancelled"
    assert look_at(ordering, order.order_id)["version"] == 2
    assert ordering.told()[1:] == [
        (
            "ordering.order.cancelled.v1",
            {
                "order_id": str(order.order_id),
                "cancelled_at": cancelled.cancelled_at.isoformat(),
            },
        )
    ]


def test_an_order_is_taken_back_once(ordering):
    order = place(ordering)
    cancel(ordering, order.order_id)

    with refused("ordering.order.state", state="cancelled"):
        cancel(ordering, order.order_id)


def test_another_role_may_not_take_an_order_back(ordering):
    order = place(ordering)

    with refused("role.may_not"):
        cancel(ordering, order.order_id, world.TECHNICIAN)


def test_another_unit_neither_sees_nor_takes_back_an_order(ordering):
    order = place(ordering)

    assert list_orders(ordering, world.STRANGER)["items"] == []
    for ask in (look_at, cancel):
        with refused("not_found"):
            ask(ordering, order.order_id, world.STRANGER)


def test_an_order_that_does_not_exist_is_not_found(ordering):
    with refused("not_found"):
        look_at(ordering, uuid4())


@pytest.mark.rule("O-25")
def test_the_newest_orders_come_first_a_page_at_a_time(ordering):
    placed = [place(ordering).order_number for _ in range(3)]

    first = list_orders(ordering, limit=2)
    second = list_orders(ordering, limit=2, page=2)

    assert [row["order_number"] for row in first["items"]] == placed[:0:-1]
    assert [row["order_number"] for row in second["items"]] == placed[:1]
    assert (first["more"], second["more"]) == (True, False)


@pytest.mark.rule("O-25")
def test_the_list_shows_no_patient(ordering):
    order = place(ordering, recipient=TO_PATIENT)

    assert OrderPage.write(list_orders(ordering))["items"] == [
        {
            "order_id": str(order.order_id),
            "order_number": order.order_number,
            "customer_number": HMC_NUMBER,
            "recipient_kind": "patient",
            "lines": 2,
            "state": "placed",
            "placed_at": order.placed_at.isoformat(),
            "orderer": ANNA.hsa_id,
        }
    ]


def test_the_list_may_be_of_one_state(ordering):
    cancelled, placed = place(ordering), place(ordering)
    cancel(ordering, cancelled.order_id)

    def numbers(state):
        return [row["order_number"] for row in list_orders(ordering, state=state)["items"]]

    assert numbers("cancelled") == [cancelled.order_number]
    assert numbers("placed") == [placed.order_number]


def test_the_list_may_be_of_one_number_which_must_be_of_the_own_unit(ordering):
    order, _another = place(ordering), place(ordering)

    def found(actor=ANNA, **asked):
        asked = {"order_number": order.order_number, **asked}
        return [row["order_number"] for row in list_orders(ordering, actor, **asked)["items"]]

    assert found() == found(state="placed") == [order.order_number]
    assert found(state="cancelled") == []
    assert found(world.STRANGER) == []


def test_every_change_and_look_at_an_order_to_a_patient_is_logged(ordering):
    order = place(ordering, recipient=TO_PATIENT)
    look_at(ordering, order.order_id, COLLEAGUE)
    cancel(ordering, order.order_id)

    reason = f"order {order.order_number}"
    assert ordering.logged() == [
        ("order.placed", PATIENT, ANNA.hsa_id, BORAS, reason),
        ("order.read", PATIENT, COLLEAGUE.hsa_id, BORAS, reason),
        ("order.changed", PATIENT, ANNA.hsa_id, BORAS, reason),
    ]


def test_an_order_to_the_unit_has_nothing_to_log(ordering):
    order = place(ordering)
    look_at(ordering, order.order_id)
    list_orders(ordering)

    assert ordering.logged() == []


def test_the_list_is_sorted_as_it_is_asked_for(ordering):
    placed = [place(ordering).order_number for _ in range(3)]

    def numbers(sort, **query):
        found = list_orders(ordering, sort=sort, **query)["items"]
        return [row["order_number"] for row in found]

    assert numbers("order_number") == numbers("placed_at") == placed
    assert numbers("-order_number") == numbers("-placed_at") == placed[::-1]
    assert numbers("customer_number") == placed[::-1]  # the same: the newest first
    assert numbers("order_number", limit=2, page=2) == placed[2:]
    with refused("message.invalid"):
        numbers("patient_name")
