"""Courses, what they are required for, who has completed them, and occasions to come.

Titles and days of the obligatory courses are the region's own; the completions are invented.

Source: T-1, T-2, T-4, T-12, T-13, T-20, T-36, T-40
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sandbox.demo_data.files import read
from sandbox.demo_data.records import Completion, Occasion, Person, Unit

#: Units whose prescribers lack the regional course; who plays the demo is trained by it.
UNTRAINED = ("primary_care/Borås", "primary_care/Göteborg")
PLAYS_THE_DEMO = UNTRAINED[1]
OLD_COURSES = ("regional_movement", "regional_consumables", "regional_medical")


def curriculum(of: tuple[Person, ...]) -> dict[str, Any]:
    """What the contract `DefineCurriculum` takes; the training admin answers for every course."""
    responsible = admin(of).hsa_id
    found: dict[str, Any] = read("curriculum.json")
    courses = [course | {"responsible": responsible} for course in found["courses"]]
    return found | {"courses": courses}


def admin(of: tuple[Person, ...]) -> Person:
    return next(one for one in of if one.commissions[0].role == "training_admin")


def completions(of: tuple[Person, ...], units: tuple[Unit, ...]) -> tuple[Completion, ...]:
    """Every prescriber has the national course, and all but two the old or the new regional."""
    untrained = {unit.hsa_id for unit in units if unit.key in UNTRAINED}
    prescribers = [one for one in of if any(it.role == "prescriber" for it in one.commissions)]
    return tuple(
        Completion(person.hsa_id, course, day)
        for at, person in enumerate(prescribers)
        for course, day in _completed(at, person.commissions[0].unit in untrained)
    )


def occasions() -> tuple[Occasion, ...]:
    """Some weeks from the day when they are loaded."""
    return (
        Occasion("hoists", "Borås", timedelta(days=21), 12, 6),
        Occasion("hoists", "Göteborg", timedelta(days=35), 12, 6),
        Occasion("powered", "Skövde", timedelta(days=28), 8, 4),
        Occasion("prescriber", "Borås", timedelta(days=14), 20, 5),
    )


def _completed(at: int, is_untrained: bool) -> Iterator[tuple[str, date]]:
    yield "national", date(2022, 3, 1) + timedelta(days=at)
    if is_untrained:
        return
    if at % 2:
        yield "prescriber", date(2025, 2, 3) + timedelta(days=at)
        return
    for course in OLD_COURSES:
        yield course, date(2023, 2, 6) + timedelta(days=at)
