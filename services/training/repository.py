"""Training's transaction, and the curriculum in the database."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from chassis import database
from contracts.training import (
    GateClosedV1,
    GateOpenedV1,
    GatesConfirmedV1,
    OccasionCancelledV1,
    RequirementSetDefinedV1,
)
from services.training.imports import ImportRepository
from services.training.model.curriculum import (
    Course,
    CourseVersion,
    Curriculum,
    Equivalence,
    RequirementSet,
)
from services.training.model.gate import (
    GateClosed,
    GateOpened,
    GatesConfirmed,
    RequirementSetDefined,
)
from services.training.model.occasion import OccasionCancelled
from services.training.occasion_repository import OccasionRepository
from services.training.people import GateRepository, PeopleRepository

Row = dict[str, Any]

#: Who changes completions holds it with others, who changes the curriculum holds it alone.
LOCK = "hashtextextended('curriculum', 0)"

_GET = text("""
    SELECT
        (SELECT coalesce(json_agg(c), '[]') FROM competences c) AS competences,
        (SELECT coalesce(json_agg(c), '[]') FROM (
            SELECT courses.*, (
                SELECT json_agg(v ORDER BY number) FROM (
                    SELECT number, first_day, last_day, gives FROM course_versions
                    WHERE course = courses.code
                ) v
            ) AS versions FROM courses
        ) c) AS courses,
        (SELECT coalesce(json_agg(e), '[]') FROM equivalences e) AS equivalences,
        (SELECT coalesce(json_agg(r), '[]') FROM requirement_sets r) AS requirement_sets
""")
_SAVE = text("""
    WITH competence AS (
        INSERT INTO competences
        SELECT * FROM jsonb_populate_recordset(NULL::competences, CAST(:competences AS jsonb))
        ON CONFLICT (code) DO UPDATE SET title = excluded.title
    ), course AS (
        INSERT INTO courses
        SELECT * FROM jsonb_populate_recordset(NULL::courses, CAST(:courses AS jsonb))
        ON CONFLICT (code) DO UPDATE SET title = excluded.title, kinds = excluded.kinds,
            responsible = excluded.responsible, plan = excluded.plan, requires = excluded.requires
    ), course_version AS (
        INSERT INTO course_versions
        SELECT * FROM jsonb_populate_recordset(NULL::course_versions, CAST(:versions AS jsonb))
        ON CONFLICT (course, number) DO UPDATE SET first_day = excluded.first_day,
            last_day = excluded.last_day, gives = excluded.gives
    ), equivalence AS (
        INSERT INTO equivalences
        SELECT * FROM jsonb_populate_recordset(NULL::equivalences, CAST(:equivalences AS jsonb))
        ON CONFLICT DO NOTHING
    )
    INSERT INTO requirement_sets
    SELECT * FROM jsonb_populate_recordset(NULL::requirement_sets, CAST(:sets AS jsonb))
    ON CONFLICT (requirement_set_id) DO UPDATE SET product_area = excluded.product_area,
        title = excluded.title, prefixes = excluded.prefixes, role = excluded.role,
        legal_area = excluded.legal_area, first_day = excluded.first_day,
        last_day = excluded.last_day, competences = excluded.competences,
        version = excluded.version
""")


class TrainingTransaction(database.Transaction):
    """What one use case of training reads, changes and tells."""

    contracts = {  # noqa: RUF012 - never changed
        RequirementSetDefined: RequirementSetDefinedV1,
        GateOpened: GateOpenedV1,
        GateClosed: GateClosedV1,
        GatesConfirmed: GatesConfirmedV1,
        OccasionCancelled: OccasionCancelledV1,
    }

    @cached_property
    def curricula(self) -> "CurriculumRepository":
        return CurriculumRepository(self.connection)

    @cached_property
    def people(self) -> PeopleRepository:
        return PeopleRepository(self.connection)

    @cached_property
    def gates(self) -> GateRepository:
        return GateRepository(self.connection)

    @cached_property
    def occasions(self) -> OccasionRepository:
        return OccasionRepository(self.connection, self.tell)

    @cached_property
    def imports(self) -> ImportRepository:
        return ImportRepository(self.connection)


class CurriculumRepository:
    """The curriculum; port `Curricula`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> Curriculum:
        row = self._connection.execute(_GET).one()
        return Curriculum(
            {one["code"]: one["title"] for one in row.competences},
            {one["code"]: _course(one) for one in row.courses},
            tuple(Equivalence(one["counts_as"], tuple(one["held"])) for one in row.equivalences),
            {UUID(one["requirement_set_id"]): _set(one) for one in row.requirement_sets},
        )

    def lock(self) -> None:
        self._connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))

    def save(self, curriculum: Curriculum) -> None:
        courses = [asdict(one) for one in curriculum.courses.values()]
        values = {
            "competences": [
                {"code": code, "title": title} for code, title in curriculum.competences.items()
            ],
            "courses": courses,
            "versions": [
                {"course": course["code"], **version}
                for course in courses
                for version in course["versions"]
            ],
            "equivalences": [asdict(one) for one in curriculum.equivalences],
            "sets": [asdict(one) for one in curriculum.requirement_sets.values()],
        }
        written = {name: json.dumps(rows, default=str) for name, rows in values.items()}
        self._connection.execute(_SAVE, written)


def _course(row: Row) -> Course:
    versions = tuple(
        CourseVersion(one["number"], *_days(one), tuple(one["gives"])) for one in row["versions"]
    )
    lists = {name: tuple(row[name]) for name in ("kinds", "requires")}
    return Course(**{**row, **lists, "versions": versions})


def _set(row: Row) -> RequirementSet:
    first_day, last_day = _days(row)
    changed = {
        "requirement_set_id": UUID(row["requirement_set_id"]),
        "first_day": first_day,
        "last_day": last_day,
        "prefixes": tuple(row["prefixes"]),
        "competences": tuple(row["competences"]),
    }
    return RequirementSet(**{**row, **changed})


def _days(row: Mapping[str, Any]) -> tuple[date, date | None]:
    last_day = row["last_day"]
    first_day = date.fromisoformat(row["first_day"])
    return first_day, date.fromisoformat(last_day) if last_day else None
