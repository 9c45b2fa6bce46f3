"""The people who work with devices, in every role, with commissions and permissions."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from sandbox.demo_data.files import read
from sandbox.demo_data.organisations import hsa_id
from sandbox.demo_data.records import Commission, Customer, Permission, Person, Provider, Unit

ROLES = (  # Source: P-13, T-29
    "prescriber",  # förskrivare
    "orderer",  # beställare
    "cost_responsible",  # kostnadsansvarig
    "device_coordinator",  # hjälpmedelssamordnare
    "device_consultant",  # hjälpmedelskonsulent
    "technician",  # tekniker
    "manager",  # chef
    "medically_responsible_nurse",  # MAS
    "medically_responsible_rehabilitation",  # MAR
    "chief_physician",  # chefsläkare
    "social_coordinator",  # socialt ansvarig samordnare, SAS
    "care_staff",  # vård- och omsorgspersonal
    "product_consultant",  # produktkonsulent
    "customer_service",  # kundtjänst
    "training_admin",  # utbildningsansvarig
    "operator",  # driftansvarig
)
CARE, ADMINISTRATION = "Vård och behandling", "Administration"
ADMINISTRATIVE = ("training_admin", "operator", "customer_service", "manager", "cost_responsible")
ORDERERS = {"prescriber": "orderer_health_care", "social_coordinator": "orderer_social_services"}


def people(random: Random, of: tuple[Unit, ...]) -> tuple[Person, ...]:
    """Everybody on the roster; those without a name there get one, and nobody another's."""
    unit, roster = {one.key: one for one in of}, read("roster.json")
    names = _names(random, {row["name"] for row in roster if "name" in row})
    numbers = count(1)
    made = []
    for at, row in enumerate(roster):
        held = [(unit[key], role) for role, key in row["commissions"]]
        commissions = tuple(_commission(where, role, next(numbers)) for where, role in held)
        given, family = row["name"].split() if "name" in row else next(names)
        made.append(_person(at, given, family, row["title"], commissions))
    return tuple(made)


def permissions(
    of: tuple[Person, ...], units: tuple[Unit, ...], customers: tuple[Customer, ...]
) -> tuple[Permission, ...]:
    """One for each commission that orders, where the unit has a customer number.

    The last prescriber's is not yet in force, and the last orderer's has ended.
    """
    wanted = list(_wanted(of, units, {one.unit for one in customers}))
    future = max(at for at, (_, held, _) in enumerate(wanted) if held.role == "prescriber")
    past = max(at for at, (_, held, _) in enumerate(wanted) if held.role == "orderer")
    return tuple(
        Permission(
            f"BEH-{at + 1:05}",
            person.hsa_id,
            held.unit,
            kind,
            date(2030, 1, 1) if at == future else date(2024, 1, 8 + at % 20),
            date(2025, 12, 31) if at == past else None,
        )
        for at, (person, held, kind) in enumerate(wanted)
    )


def write(
    path: Path | str, of: Iterable[Person], units: Iterable[Unit], by: Iterable[Provider]
) -> None:
    """Write people.json as the identity provider reads it."""
    unit = {one.hsa_id: one for one in units}
    provider = {one.hsa_id: one for one in by}
    rows = [
        {
            "employeeHsaId": person.hsa_id,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "email": person.email,
            "title": person.title,
            "commissions": [_claims(one, unit, provider) for one in person.commissions],
        }
        for person in of
    ]
    Path(path).write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _wanted(
    of: tuple[Person, ...], units: tuple[Unit, ...], buying: set[str]
) -> Iterator[tuple[Person, Commission, str]]:
    unit = {one.hsa_id: one for one in units}
    for person in of:
        for held in person.commissions:
            if held.unit in buying and (kind := _kind(held, unit[held.unit])):
                yield person, held, kind


def _claims(
    one: Commission, unit: dict[str, Unit], provider: dict[str, Provider]
) -> dict[str, Any]:
    at = unit[one.unit]
    return {
        "commissionHsaId": one.hsa_id,
        "commissionPurpose": one.purpose,
        "healthCareUnitHsaId": at.hsa_id,
        "healthCareUnitName": at.name,
        "healthCareProviderHsaId": at.provider,
        "healthCareProviderName": provider[at.provider].name,
        "role": one.role,
    }


def _names(random: Random, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Names, none of which comes twice."""
    words = read("names.json")
    given = words["women_after_1965"] + words["men_after_1965"]
    names = [(first, last) for first in given for last in words["family"]]
    return (name for name in random.sample(names, len(names)) if " ".join(name) not in taken)


def _person(
    at: int, given: str, family: str, title: str, commissions: tuple[Commission, ...]
) -> Person:
    return Person(
        hsa_id(commissions[0].unit[2:12], "P", 101 + at),
        given,
        family,
        email=f"{_plain(given)}.{_plain(family)}@example.se",
        telephone=f"070-174 06 {5 + at:02}",  # a series that belongs to nobody
        title=title,
        commissions=commissions,
    )


def _commission(unit: Unit, role: str, number: int) -> Commission:
    purpose = ADMINISTRATION if role in ADMINISTRATIVE else CARE
    return Commission(hsa_id(unit.hsa_id[2:12], "U", number), purpose, unit.hsa_id, role)


def _kind(held: Commission, unit: Unit) -> str | None:
    """Source: P-2, P-3, P-4"""
    if held.role != "orderer":
        return ORDERERS.get(held.role)
    return (
        "orderer_social_services" if unit.key.startswith("social_services") else "orderer_to_unit"
    )


def _plain(name: str) -> str:
    """The name in the letters of a mail address."""
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode().lower()
