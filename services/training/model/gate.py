"""The gate of one person in one product area."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.training.model.curriculum import Curriculum, RequirementSet


@dataclass(frozen=True)
class GateOpened:
    hsa_id: str
    requirement_set_id: UUID
    product_area: str
    version: int
    told_at: datetime


@dataclass(frozen=True)
class GateClosed:
    hsa_id: str
    requirement_set_id: UUID
    product_area: str
    version: int
    missing: tuple[str, ...]
    told_at: datetime


@dataclass(frozen=True)
class RequirementSetDefined:
    requirement_set_id: UUID
    version: int
    product_area: str
    title: str
    prefixes: tuple[str, ...]
    role: str
    legal_area: str
    first_day: date
    last_day: date | None
    competences: list[dict[str, object]]
    told_at: datetime


@dataclass(frozen=True)
class GatesConfirmed:
    told_at: datetime


@dataclass(frozen=True)
class Gate:
    """What a person lacks of what a requirement set asks for; open when it is nothing.

    Args:
        version: counts its changes; 0 for who has never had any of it, which nobody is told.

    Source: T-1, X-12
    """

    hsa_id: str
    requirement_set_id: UUID
    missing: tuple[str, ...]
    version: int = 0

    def moved(self, missing: tuple[str, ...]) -> "Gate | None":
        """The gate as it is from now on; None when nothing changes."""
        if missing == self.missing:
            return None
        return Gate(self.hsa_id, self.requirement_set_id, missing, self.version + 1)

    def told(self, product_area: str, now: datetime) -> GateOpened | GateClosed:
        known = (self.hsa_id, self.requirement_set_id, product_area, self.version)
        return GateClosed(*known, self.missing, now) if self.missing else GateOpened(*known, now)


def defined(
    requirement_set: RequirementSet, curriculum: Curriculum, day: date, now: datetime
) -> RequirementSetDefined:
    """What others are told of a requirement set: also which courses give what it asks for."""
    one = requirement_set
    competences: list[dict[str, object]] = [
        {
            "code": code,
            "title": curriculum.competences[code],
            "courses": [
                {"code": course.code, "title": course.title}
                for course in curriculum.giving(code, day)
            ],
        }
        for code in one.competences
    ]
    return RequirementSetDefined(
        one.requirement_set_id,
        one.version,
        one.product_area,
        one.title,
        one.prefixes,
        one.role,
        one.legal_area,
        one.first_day,
        one.last_day,
        competences,
        now,
    )
