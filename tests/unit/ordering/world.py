"""A small world for ordering's tests: rows by table, and the people in it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from contracts.actor import Actor, system

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
LONG_AGO, PAST, FUTURE = date(2020, 1, 1), date(2025, 12, 31), date(2199, 1, 1)

REGION, MUNICIPALITY, COMPANY = "SE2321000131-E01", "SE2120001111-E01", "SE5520991111-E01"
BORAS, SKOVDE, OUTSIDE, LEFT = (f"SE2321000131-E1{at}" for at in range(4))

TOLVAN = "191212121212"  # test numbers of Skatteverket: nobody's
PATIENT, PROTECTED = UUID(int=1), UUID(int=2)

ANNA = Actor("SE2321000131-P01", "prescriber", BORAS, REGION)
BO = Actor("SE2321000131-P02", "orderer", BORAS, REGION)
CILLA = Actor("SE2321000131-P03", "social_coordinator", BORAS, REGION)
RETIRED = Actor("SE2321000131-P04", "prescriber", BORAS, REGION)
FUTURE_ONE = Actor("SE2321000131-P05", "prescriber", BORAS, REGION)
COLLEAGUE = Actor("SE2321000131-P06", "prescriber", BORAS, REGION)
STRANGER = Actor("SE2321000131-P07", "prescriber", SKOVDE, REGION)
TECHNICIAN = Actor("SE2321000131-P08", "technician", BORAS, REGION)
TEKLA = Actor("SE2321000131-P09", "technician", "SE2321000131-E20", REGION)  # supply centre
OPERATOR = Actor("SE2321000131-P10", "operator", "SE2321000131-E20", REGION)
KIM = Actor("SE2321000131-P11", "customer_service", "SE2321000131-E20", REGION)
BOOKING = system("booking")

HMC_NUMBER, LMN_NUMBER, SKOVDE_NUMBER = "140001", "270001", "140002"
OUTSIDE_NUMBER, LEFT_NUMBER = "140003", "140004"


def anna_at(unit: str) -> Actor:
    """Anna in her commission at another unit."""
    return replace(ANNA, unit=unit)


def _permission(person: str, type_: str, unit: str = BORAS, **days: date) -> dict:
    row = {"first_day": LONG_AGO, "last_day": None} | days
    return {"person": person, "unit": unit, "type": type_} | row


def _article(number: str, name: str, iso_code: str, **rest: str) -> dict:
    usual = {
        "delivery_class": "within_7",
        "status": "active",
        "supply_form": "rent",
        "supplier": "HMC",
    }
    return {"number": number, "name": name, "iso_code": iso_code} | usual | rest


def _patient(id_: UUID, number: str, name: str, protected: bool) -> dict:
    born = date.fromisoformat(f"{number[:4]}-{number[4:6]}-{number[6:8]}")
    return {
        "id": id_,
        "personal_identity_number": number,
        "name": name,
        "birth_date": born,
        "municipality": "Borås",
        "protected": protected,
    }


ROWS = {
    "principals": [
        {"hsa_id": REGION, "name": "Regionen", "kind": "region"},
        {"hsa_id": MUNICIPALITY, "name": "Kommunen", "kind": "municipality"},
    ],
    "providers": [
        {"hsa_id": hsa_id, "name": hsa_id, "principal": principal}
        | {"engaged_from": LONG_AGO, "engaged_until": until}
        for hsa_id, principal, until in (
            (REGION, REGION, None),
            (MUNICIPALITY, MUNICIPALITY, None),
            (COMPANY, REGION, PAST),
        )
    ],
    "units": [
        {"hsa_id": BORAS, "name": "Habilitering Borås", "provider": REGION},
        {"hsa_id": SKOVDE, "name": "Habilitering Skövde", "provider": REGION},
        {"hsa_id": OUTSIDE, "name": "Kustens Fysioteam", "provider": COMPANY},
        {"hsa_id": LEFT, "name": "Kommunal rehabilitering", "provider": MUNICIPALITY},
    ],
    "agreements": [
        {"code": "personal_devices", "name": "Samarbetsavtal för personliga hjälpmedel"},
        {"code": "consumables", "name": "Samarbetsavtal för förbrukningsartiklar"},
    ],
    "memberships": [
        {"principal": principal, "agreement": agreement, "first_day": LONG_AGO, "last_day": last}
        for principal, agreement, last in (
            (REGION, "personal_devices", None),
            (REGION, "consumables", None),
            (MUNICIPALITY, "personal_devices", PAST),
        )
    ],
    "customer_numbers": [
        {"number": number, "kind": "unit", "supplier": supplier, "unit": unit}
        for number, supplier, unit in (
            (HMC_NUMBER, "HMC", BORAS),
            (LMN_NUMBER, "LMN", BORAS),
            (SKOVDE_NUMBER, "HMC", SKOVDE),
            (OUTSIDE_NUMBER, "HMC", OUTSIDE),
            (LEFT_NUMBER, "HMC", LEFT),
        )
    ],
    "customer_agreements": [
        {"customer_number": number, "agreement": agreement}
        for number, agreement in (
            (HMC_NUMBER, "personal_devices"),
            (LMN_NUMBER, "consumables"),
            (SKOVDE_NUMBER, "personal_devices"),
            (OUTSIDE_NUMBER, "personal_devices"),
            (LEFT_NUMBER, "personal_devices"),
        )
    ],
    "stores": [
        {"number": "B301", "name": "Buffertförråd Borås", "unit": BORAS},
        {"number": "B302", "name": "Buffertförråd Skövde", "unit": SKOVDE},
    ],
    "store_customers": [
        {"customer_number": HMC_NUMBER, "store_number": "B301"},
        {"customer_number": SKOVDE_NUMBER, "store_number": "B302"},
    ],
    "people": [
        {
            "hsa_id": one.hsa_id,
            "name": f"{one.hsa_id[-3:]} Testsson",
            "title": "",
            "mail": f"{one.hsa_id[-3:].lower()}@example.se",
        }
        for one in (ANNA, BO, CILLA, RETIRED, FUTURE_ONE, COLLEAGUE, STRANGER, TECHNICIAN)
    ],
    "permissions": [
        _permission(ANNA.hsa_id, "orderer_to_unit", last_day=date(2023, 12, 31)),
        _permission(ANNA.hsa_id, "orderer_health_care", first_day=date(2024, 1, 1)),
        _permission(ANNA.hsa_id, "orderer_health_care", OUTSIDE),
        _permission(ANNA.hsa_id, "orderer_health_care", LEFT),
        _permission(BO.hsa_id, "orderer_to_unit"),
        _permission(CILLA.hsa_id, "orderer_social_services"),
        _permission(RETIRED.hsa_id, "orderer_health_care", last_day=PAST),
        _permission(FUTURE_ONE.hsa_id, "orderer_health_care", first_day=FUTURE),
        _permission(COLLEAGUE.hsa_id, "orderer_health_care"),
        _permission(STRANGER.hsa_id, "orderer_health_care", SKOVDE),
    ],
    "articles": [
        _article("20101", "Rullstol Vinga 38 cm", "12 22 03"),
        _article("20102", "Rullstol Vinga 40 cm", "12 22 03", status="outgoing"),
        _article("20103", "Elrullstol TDX", "12 23 06", status="ended", delivery_class="over_17"),
        _article("20104", "Gångbord", "12 06 12", status="discontinued"),
        _article("20105", "Rollator Tiveden", "12 06 06", delivery_class="within_17"),
        _article("30101", "Näringsdryck", "15 09 30", supplier="LMN", supply_form="purchase"),
    ],
    "devices": [
        {"individual_number": number, "article_number": "20101", "state": "in_stock"}
        | {"customer_number": None, "unit": None, "patient_id": None, "changed_at": NOON}
        for number in ("HMC204417", "HMC204418")
    ],
    "patients": [
        _patient(PATIENT, TOLVAN, "Tolvan Tolvansson", False),
        _patient(PROTECTED, "195203072227", "Monica Forsberg", True),
    ],
}
