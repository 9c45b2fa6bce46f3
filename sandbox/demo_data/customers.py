"""Customer numbers, by kind and supplier, and the buffer stores that are linked to them."""

from collections.abc import Iterator
from datetime import date
from itertools import count

from sandbox.demo_data.records import Customer, Membership, Provider, Store, Unit

FIRST = {"HMC": 140001, "LMN": 270001}
STORE_KEEPERS = ("rehabilitation/", "habilitation/Borås", "habilitation/Göteborg")
PRESENT = date(2026, 6, 1)  # what the demo data takes as the present day

# (start of the unit's key, kind of customer number, supplier, agreements)
MATRIX = [
    ("habilitation/", "unit", "HMC", ("personal_devices", "medical_products")),
    ("habilitation/", "unit", "LMN", ("consumables",)),
    ("primary_care/", "unit", "HMC", ("personal_devices", "medical_products")),
    ("primary_care/", "unit", "LMN", ("consumables",)),
    ("hospital/", "unit", "HMC", ("personal_devices", "medical_products")),
    ("private/", "unit", "HMC", ("personal_devices",)),
    ("rehabilitation/", "unit", "HMC", ("personal_devices",)),
    ("home_care/", "unit", "HMC", ("personal_devices",)),
    ("home_care/", "unit", "LMN", ("consumables",)),
    ("social_services/", "personal_social_services", "HMC", ("digital_social_services",)),
    ("residence/", "basic_equipment", "HMC", ("basic_equipment",)),
]


def customers(
    of: tuple[Unit, ...], by: tuple[Provider, ...], joined: tuple[Membership, ...]
) -> tuple[Customer, ...]:
    """Every customer number: only units inside the cooperation have one.

    Source: O-2, O-4, O-29, O-33
    """
    numbers = {supplier: count(first) for supplier, first in FIRST.items()}
    engaged = {one.hsa_id for one in by if one.engaged_until is None}
    return tuple(
        Customer(str(next(numbers[supplier])), kind, supplier, unit.hsa_id, agreements)
        for unit in of
        if unit.provider in engaged
        for start, kind, supplier, wanted in MATRIX
        if unit.key.startswith(start)
        if (agreements := tuple(_in_force(wanted, unit.principal, joined)))
    )


def stores(of: tuple[Unit, ...], buying: tuple[Customer, ...]) -> tuple[Store, ...]:
    """A buffer store at each municipality's rehabilitation and two of the region's units.

    The municipality's home care is linked to its rehabilitation's store.

    Source: O-84
    """
    keepers = [unit for unit in of if unit.key.startswith(STORE_KEEPERS)]
    return tuple(
        Store(
            f"B{at}",
            f"Buffertförråd {unit.name}",
            unit.hsa_id,
            tuple(_linked(unit, of, buying)),
            automatic_replenishment=at % 2 == 0,
        )
        for at, unit in enumerate(keepers, start=301)
    )


def _in_force(
    wanted: tuple[str, ...], principal: str, joined: tuple[Membership, ...]
) -> Iterator[str]:
    for one in joined:
        if one.agreement in wanted and one.principal == principal and _present(one):
            yield one.agreement


def _present(one: Membership) -> bool:
    return one.starts <= PRESENT and (one.ends is None or one.ends >= PRESENT)


def _linked(keeper: Unit, of: tuple[Unit, ...], buying: tuple[Customer, ...]) -> Iterator[str]:
    neighbours = {keeper.hsa_id} | {
        unit.hsa_id
        for unit in of
        if keeper.key.startswith("rehabilitation/")
        and unit.principal == keeper.principal
        and unit.key.startswith("home_care/")
    }
    for customer in buying:
        if customer.unit in neighbours and customer.supplier == "HMC":
            yield customer.number
