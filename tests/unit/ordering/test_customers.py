"""Customer numbers that are open to somebody, and where mail is sent."""

from dataclasses import replace

import pytest

from contracts.ordering import Customers
from services.ordering.customers import use_cases
from tests.unit.ordering import world
from tests.unit.ordering.asks import refused
from tests.unit.ordering.world import ANNA, BO, BORAS


def list_customers(ordering, actor=ANNA):
    with ordering.transaction(actor) as tx:
        return Customers.write({"items": use_cases.list_customers(tx)})["items"]


def find_contacts(ordering, actor, *hsa_ids):
    with ordering.transaction(actor) as tx:
        return use_cases.find_contacts(tx, hsa_ids)


@pytest.mark.rule("O-4")
@pytest.mark.rule("O-5")
def test_a_unit_has_a_customer_number_at_each_supplier(ordering):
    usual = {"kind": "unit", "unit": BORAS, "unit_name": "Habilitering Borås"}

    assert list_customers(ordering) == [
        {"customer_number": "140001", "supplier": "HMC", "stores": ["B301"], **usual},
        {"customer_number": "270001", "supplier": "LMN", "stores": [], **usual},
    ]


@pytest.mark.rule("P-6")
@pytest.mark.parametrize(
    "actor",
    [
        world.RETIRED,
        world.FUTURE_ONE,
        world.TECHNICIAN,
        world.anna_at(world.SKOVDE),
        world.anna_at(world.OUTSIDE),
        world.anna_at(world.LEFT),
        replace(ANNA, role="technician"),
    ],
)
def test_who_may_not_order_sees_no_customer_numbers(ordering, actor):
    assert list_customers(ordering, actor) == []


@pytest.mark.rule("P-5")
def test_rampen_itself_finds_the_addresses_of_those_who_are_registered(ordering):
    found = find_contacts(ordering, world.BOOKING, ANNA.hsa_id, BO.hsa_id, "SE-nobody")

    assert found == {ANNA.hsa_id: "p01@example.se", BO.hsa_id: "p02@example.se"}


@pytest.mark.rule("P-5")
def test_staff_find_the_names_of_those_who_are_registered(ordering):
    with ordering.transaction(BO) as tx:
        found = use_cases.find_names(tx, [ANNA.hsa_id, "SE-nobody"])

    assert found == {ANNA.hsa_id: "P01 Testsson"}


def test_nobody_else_finds_addresses(ordering):
    with refused("role.may_not"):
        find_contacts(ordering, ANNA, BO.hsa_id)
