"""Places, service products and consultants' weeks, as the local scheduler takes them."""

from typing import Any

from sandbox.demo_data.organisations import CONSULTATION_PLACES
from sandbox.demo_data.records import Person

MORNING, AFTERNOON = ("07:30", "09:30"), ("14:30", "16:30")  # Source: B-13

# (service product, minutes). Source: B-1, B-8
PRODUCTS = (
    ("Förväntningssamtal", 30),
    ("Konsultation manuell rullstol", 60),
    ("Konsultation elrullstol", 60),
    ("Konsultation sittande och dyna", 45),
    ("Konsultation säng och antidecubitus", 45),
    ("Konsultation lyft och förflyttning", 45),
    ("Konsultation kommunikation", 60),
    ("Konsultation kognitivt stöd", 45),
    ("Konsultation hygien", 30),
    ("Konsultation barn och ungdom", 60),
)
NEAR = {  # which places a centre's consultants visit
    "Hjälpmedelscentralen Borås": ("Borås", "Alingsås"),
    "Hjälpmedelscentralen Vänersborg": ("Vänersborg", "Uddevalla"),
    "Hjälpmedelscentralen Göteborg": ("Göteborg", "Mölndal"),
    "Hjälpmedelscentralen Skövde": ("Skövde",),
}
FIRST_STAFF_ID = 101
TIMES = {"break_after": 15, "step": 15, "notice": 60}  # minutes


def consultants(of: tuple[Person, ...]) -> dict[int, str]:
    """HSA-ID of every device consultant, by the scheduler's number for them."""
    found = [person.hsa_id for person in of if person.commissions[0].role == "device_consultant"]
    return dict(enumerate(found, start=FIRST_STAFF_ID))


def consultations(
    of: tuple[Person, ...], unit_names: dict[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """What the scheduler's `seed.load` takes.

    Args:
        unit_names: the name of each unit, by HSA-ID.
    """
    site_ids = {place: at for at, place in enumerate(CONSULTATION_PLACES, start=1)}
    numbers = {hsa_id: number for number, hsa_id in consultants(of).items()}
    able = [(numbers[one.hsa_id], one) for one in of if one.hsa_id in numbers]
    staff = [_member(number, one, unit_names, site_ids) for number, one in able]
    return {
        "sites": [{"id": number, "name": place} for place, number in site_ids.items()],
        "services": [
            {"id": number, "name": name, "duration": minutes, "sites": _offered(number, staff)}
            | TIMES
            for number, (name, minutes) in enumerate(PRODUCTS, start=10)
        ],
        "staff": staff,
        "closed": [{"first_day": "2026-12-28", "last_day": "2026-12-30"}],
    }


def _member(
    number: int, person: Person, unit_names: dict[str, str], site_ids: dict[str, int]
) -> dict[str, Any]:
    places = [site_ids[place] for place in NEAR[unit_names[person.commissions[0].unit]]]
    home, away = places[0], places[-1]
    return {
        "id": number,
        "name": f"{person.given_name} {person.family_name}",
        "services": _competence(number),
        "sites": places,
        "plan": [
            {"weekdays": days, "starts": starts, "ends": ends, "site": site}
            for days, site in (([1, 2, 4], home), ([3, 5], away))
            for starts, ends in (MORNING, AFTERNOON)
        ],
        "absences": [_holiday(number)],
    }


def _competence(number: int) -> list[int]:
    """Everybody takes expectation talks, and two of three of the other products."""
    others = range(11, 10 + len(PRODUCTS))
    return [10, *(product for product in others if (product + number) % 3)]


def _holiday(number: int) -> dict[str, str]:
    """Four weeks in summer: half of them in each month. Source: B-17"""
    if number % 2:
        return {"first_day": "2026-06-29", "last_day": "2026-07-24"}
    return {"first_day": "2026-07-27", "last_day": "2026-08-21"}


def _offered(product: int, staff: list[dict[str, Any]]) -> list[int]:
    able = (member["sites"] for member in staff if product in member["services"])
    return sorted({site for sites in able for site in sites})
