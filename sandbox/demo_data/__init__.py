"""Demo data: a small region as it really looks, in which everybody is invented.

`build(seed)` gives the same data for the same seed, without network, database or clock.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sandbox.demo_data import customers, organisations, people, training
from sandbox.demo_data.articles import articles
from sandbox.demo_data.consultations import consultants, consultations
from sandbox.demo_data.devices import devices
from sandbox.demo_data.notices import notices
from sandbox.demo_data.patients import patients
from sandbox.demo_data.people import ROLES
from sandbox.demo_data.records import (
    Agreement,
    Article,
    Completion,
    Customer,
    Device,
    Membership,
    Notice,
    Occasion,
    Patient,
    Permission,
    Person,
    Principal,
    Provider,
    Store,
    Unit,
)

__all__ = ["ROLES", "DemoData", "build", "write_people"]


@dataclass(frozen=True)
class DemoData:
    """All of it. Every reference by number or HSA-ID resolves inside."""

    principals: tuple[Principal, ...]
    providers: tuple[Provider, ...]
    agreements: tuple[Agreement, ...]
    memberships: tuple[Membership, ...]
    units: tuple[Unit, ...]
    customers: tuple[Customer, ...]
    stores: tuple[Store, ...]
    people: tuple[Person, ...]
    permissions: tuple[Permission, ...]
    articles: tuple[Article, ...]
    patients: tuple[Patient, ...]
    devices: tuple[Device, ...]
    notices: tuple[Notice, ...]
    consultations: dict[str, list[dict[str, Any]]]  # as the local scheduler's `seed.load` takes it
    consultants: dict[int, str]  # HSA-ID by staff id of the scheduler
    curriculum: dict[str, Any]  # as training's contract `DefineCurriculum` takes it
    completions: tuple[Completion, ...]
    occasions: tuple[Occasion, ...]


def build(seed: int = 1) -> DemoData:
    """All demo data. The organisation is always the same; people, prices and patients vary."""
    places = _organisation()
    units, buying = places["units"], places["customers"]
    staff = people.people(Random(f"{seed}/people"), units)
    catalogue, known = articles(Random(f"{seed}/articles")), patients(Random(f"{seed}/patients"))
    return DemoData(
        **places,
        people=staff,
        permissions=people.permissions(staff, units, buying),
        articles=catalogue,
        patients=known,
        devices=devices(Random(f"{seed}/devices"), catalogue, buying, known),
        notices=notices(staff),
        consultations=consultations(staff, {unit.hsa_id: unit.name for unit in units}),
        consultants=consultants(staff),
        curriculum=training.curriculum(staff),
        completions=training.completions(staff, units),
        occasions=training.occasions(),
    )


def write_people(path: Path | str, seed: int = 1) -> None:
    """Write people.json, as the identity provider reads it."""
    data = build(seed)
    people.write(path, data.people, data.units, data.providers)


def _organisation() -> dict[str, Any]:
    principals = organisations.principals()
    providers = organisations.providers(principals)
    memberships = organisations.memberships(principals)
    units = organisations.units(principals, providers)
    buying = customers.customers(units, providers, memberships)
    return {
        "principals": principals,
        "providers": providers,
        "agreements": organisations.AGREEMENTS,
        "memberships": memberships,
        "units": units,
        "customers": buying,
        "stores": customers.stores(units, buying),
    }
