"""The demo's principals, providers, agreements and units.

Organisation numbers are made up, in series that are given to nobody.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from contracts.identity import check_digit
from sandbox.demo_data.files import read
from sandbox.demo_data.records import Address, Agreement, Membership, Principal, Provider, Unit

REGION = "Västra Götalandsregionen"
CITIES = {"Borås": "Borås Stad", "Göteborg": "Göteborgs Stad", "Mölndal": "Mölndals stad"}
PLACES: dict[str, Any] = read("places.json")
CONSULTATION_PLACES = (  # Source: B-3, and the centre's other places
    "Borås",
    "Alingsås",
    "Uddevalla",
    "Vänersborg",
    "Göteborg",
    "Skövde",
    "Mölndal",
)
OUTSIDE_DIGITAL = ("Bollebygd",)  # 48 of the 49 municipalities take part. Source: X-18
LEFT_DIGITAL = ("Lidköping",)

AGREEMENTS = (
    Agreement(
        "personal_devices",
        "Samarbetsavtal för försörjning av personliga hjälpmedel",
        ("HMC",),
        ("movement", "communication", "antidecubitus"),
        ("rent", "purchase"),
        ("personal",),
        ("health_care",),
    ),
    Agreement(
        "consumables",
        "Samarbetsavtal för försörjning av nutritionsprodukter och förbrukningsartiklar vid blås- "
        "och tarmdysfunktion",
        ("LMN",),
        ("nutrition", "continence"),
        ("purchase",),
        ("personal",),
        ("health_care",),
    ),
    Agreement(
        "medical_products",
        "Överenskommelse personligt förskrivna medicintekniska produkter inom "
        "Västra Götalandsregionen",
        ("HMC", "LMN"),
        ("medical_treatment",),
        ("rent", "purchase"),
        ("personal",),
        ("health_care",),
    ),
    Agreement(
        "digital_social_services",
        "Avtal för försörjning av personliga digitala hjälpmedel inom socialtjänst",
        ("HMC",),
        ("digital",),
        ("rent", "purchase"),
        ("personal",),
        ("social_services",),
    ),
    Agreement(
        "basic_equipment",
        "Avtal gällande hjälpmedel som utgör grundutrustning i kommunala vårdgivares egna "
        "verksamheter",
        ("HMC",),
        ("movement", "antidecubitus", "digital"),
        ("rent", "purchase"),
        ("basic_equipment",),
        ("health_care", "social_services"),
    ),
)
STARTED = {
    "personal_devices": date(2020, 1, 1),
    "consumables": date(2020, 1, 1),
    "medical_products": date(2020, 1, 1),
    "digital_social_services": date(2023, 1, 1),  # Source: G-2
    "basic_equipment": date(2022, 1, 1),
}


def principals() -> tuple[Principal, ...]:
    """The region, and twelve of its 49 municipalities."""
    region = _principal(REGION, "232100", 931, "region", "")
    return region, *(
        _principal(
            CITIES.get(place, f"{place}s kommun"), "212000", at, "municipality", about["federation"]
        )
        for at, (place, about) in enumerate(PLACES.items(), start=941)
    )


def providers(of: tuple[Principal, ...]) -> tuple[Provider, ...]:
    """Each principal itself; a company with an agreement; and one whose agreement is over."""
    region = of[0]
    own = (
        Provider(one.hsa_id, one.name, one.organisation_number, one.hsa_id, date(2000, 1, 1), None)
        for one in of
    )
    return (
        *own,
        _company("Rehabpartner Väst AB", 901, region, date(2022, 1, 1), None),
        _company("Kustens Fysioteam AB", 902, region, date(2019, 1, 1), date(2025, 12, 31)),
    )


def memberships(of: tuple[Principal, ...]) -> tuple[Membership, ...]:
    """Who takes part in which agreement, from when to when."""
    return tuple(
        Membership(code, principal.hsa_id, starts, _left(code, principal))
        for code, starts in STARTED.items()
        for principal in of
        if _takes_part(code, principal)
    )


def units(of: tuple[Principal, ...], by: tuple[Provider, ...]) -> tuple[Unit, ...]:
    """Care units of every kind, and the supply administration's own."""
    owner = {one.name: one for one in by}
    municipality = dict(zip(PLACES, (one.name for one in of[1:]), strict=True))
    return tuple(
        _unit(at, key.format(place), name.format(place), owner[by_name], place, area)
        for at, (key, name, area, place, by_name) in enumerate(_rows(municipality), start=1)
    )


def supply_centre() -> tuple[str, ...]:
    """HSA-IDs of the units that do maintenance (Swedish: Hjälpmedelscentralen)."""
    region = principals()
    every = units(region, providers(region))
    of_it = ("supply_centre/", "customer_service")
    return tuple(unit.hsa_id for unit in every if unit.key.startswith(of_it))


def hsa_id(organisation_number: str, letter: str, number: int) -> str:
    """An HSA-ID in the usual form, such as SE2321009312-E000000000001."""
    return f"SE{organisation_number}-{letter}{number:012}"


def _rows(municipality: dict[str, str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Key, name, legal area, place and provider's name of every unit."""
    table = read("units.json")
    for key, name, area, places in table["region"]:
        for place in places:
            yield key, name, area, place, REGION
    for place, provider in municipality.items():
        for key, name, area in table["municipality"]:
            yield key, name, area, place, provider
    yield from table["company"]


def _unit(at: int, key: str, name: str, by: Provider, place: str, area: str) -> Unit:
    postal_code, city = PLACES[place]["post"][at % len(PLACES[place]["post"])]
    street = PLACES[place]["streets"][at % len(PLACES[place]["streets"])]
    address = Address(f"{street} {at % 60 + 1}", postal_code, city)
    number = hsa_id(by.organisation_number, "E", at)
    return Unit(number, key, name, by.hsa_id, by.principal, place, address, area)


def _principal(name: str, series: str, at: int, kind: str, federation: str) -> Principal:
    number = _organisation_number(series, at)
    return Principal(hsa_id(number, "E", 0), name, number, kind, federation)


def _company(name: str, at: int, region: Principal, since: date, until: date | None) -> Provider:
    number = _organisation_number("552099", at)
    return Provider(hsa_id(number, "E", 0), name, number, region.hsa_id, since, until)


def _organisation_number(series: str, at: int) -> str:
    return f"{series}{at}{check_digit(f'{series}{at}')}"


def _takes_part(code: str, principal: Principal) -> bool:
    if code == "medical_products":
        return principal.kind == "region"
    if code == "consumables" or code == "personal_devices":
        return True
    return not principal.name.startswith(OUTSIDE_DIGITAL)


def _left(code: str, principal: Principal) -> date | None:
    left = code == "digital_social_services" and principal.name.startswith(LEFT_DIGITAL)
    return date(2025, 12, 31) if left else None
