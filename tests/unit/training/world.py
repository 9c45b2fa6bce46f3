"""A small curriculum: three regional courses, the one that replaces them, and the national one."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from contracts.actor import Actor
from contracts.training import DefineCurriculum
from services.training.defining import curriculum_of
from services.training.model.curriculum import Curriculum

REGION, BORAS = "SE2321000131-E01", "SE2321000131-E10"
ADMIN = Actor("SE2321000131-P20", "training_admin", BORAS, REGION)
OTHER_ADMIN = Actor("SE2321000131-P21", "training_admin", BORAS, REGION)
ANNA = Actor("SE2321000131-P01", "prescriber", BORAS, REGION)
BO = Actor("SE2321000131-P02", "prescriber", BORAS, REGION)
CILLA = Actor("SE2321000131-P03", "prescriber", BORAS, REGION)
PEOPLE = (ANNA, BO, CILLA)
RESPONSIBLE = "SE2321000131-P30"

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
MOVEMENT, CONSUMABLES, MEDICAL = (UUID(int=at) for at in range(1, 4))
AREAS = {"movement": MOVEMENT, "consumables": CONSUMABLES, "medical": MEDICAL}
OLD = ("2023-01-01", "2024-12-31")  # when the three regional courses were given


def version(number: int, gives: list[str], first_day: str, last_day: str | None = None) -> dict:
    return {"number": number, "first_day": first_day, "last_day": last_day, "gives": gives}


def course(code: str, *versions: dict, **changes) -> dict:
    usual = {"title": code.capitalize(), "kinds": ["web"], "responsible": RESPONSIBLE}
    return {"code": code, "versions": list(versions)} | usual | changes


def requirement(area: str, **changes) -> dict:
    return {
        "requirement_set_id": str(AREAS[area]),
        "product_area": area,
        "title": area.capitalize(),
        "prefixes": [{"movement": "12", "consumables": "09", "medical": "04"}[area]],
        "role": "prescriber",
        "legal_area": "health_care",
        "first_day": "2023-01-01",
        "competences": ["national", f"regional_{area}"],
    } | changes


COMPETENCES = (
    "national",
    "prescriber",
    "powered_digital",
    "powered",
    *(f"regional_{area}" for area in AREAS),
)
CURRICULUM = {
    "competences": [{"code": code, "title": f"Kompetens {code}"} for code in COMPETENCES],
    "courses": [
        *(
            course(f"old_{area}", version(1, [f"regional_{area}"], *OLD))
            for area in AREAS
        ),
        course("national_course", version(1, ["national"], "2020-01-01")),
        course("new_course", version(1, ["prescriber"], "2025-01-01")),
        course("powered_web", version(1, ["powered_digital"], "2020-01-01")),
        course(
            "powered_on_site",
            version(1, ["powered"], "2020-01-01"),
            kinds=["basic_offer"],
            requires=["powered_digital"],
        ),
        course("hoists", version(1, ["powered"], "2020-01-01"), kinds=["basic_offer"]),
    ],
    "equivalences": [
        *({"counts_as": f"regional_{area}", "held": ["prescriber"]} for area in AREAS),
        {"counts_as": "prescriber", "held": [f"regional_{area}" for area in AREAS]},
    ],
    "requirement_sets": [requirement(area) for area in AREAS],
}  # fmt: skip


def define(**changes) -> dict:
    """`DefineCurriculum` as the service reads it."""
    return DefineCurriculum.read({"command_id": str(uuid4())} | CURRICULUM | changes)


def curriculum() -> Curriculum:
    return curriculum_of(define())


def day(text: str) -> date:
    return date.fromisoformat(text)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)
