"""The curriculum: defined, shown, and told."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from services.training.completing import day_of, move_gates
from services.training.model.curriculum import (
    Course,
    CourseVersion,
    Curriculum,
    Equivalence,
    RequirementSet,
    merged,
)
from services.training.model.gate import defined
from services.training.ports import Transaction
from services.training.use_cases import check_hsa_ids, paged, require_admin


def define_curriculum(tx: Transaction, command: Mapping[str, Any]) -> dict[str, int]:
    """Add, or change, what is named; tell all requirement sets and the gates that change by it.

    Raises:
        Forbidden: the actor is no admin.
        Invalid: it names a competence that there is not, or days in the wrong order.

    Source: T-12, X-12
    """
    require_admin(tx.actor)
    check_hsa_ids((one["responsible"] for one in command["courses"]), "courses")
    tx.curricula.lock()
    curriculum = merged(tx.curricula.get(), curriculum_of(command))
    curriculum.check()
    for one in list(curriculum.requirement_sets.values()):
        newer = replace(one, version=one.version + 1)
        curriculum.requirement_sets[one.requirement_set_id] = newer
        tx.tell(defined(newer, curriculum, day_of(tx.now), tx.now))
    tx.curricula.save(curriculum)
    changed = move_gates(tx, curriculum, tx.people.everybody())
    kinds = ("competences", "courses", "equivalences", "requirement_sets")
    return {kind: len(command[kind]) for kind in kinds} | {"gates_changed": changed}


def list_courses(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the courses that are given now, each shaped as `CourseView`.

    Source: T-20, T-28
    """
    curriculum, today = tx.curricula.get(), day_of(tx.now)
    shown = [
        _view(course, version, curriculum)
        for course in _sorted(curriculum.courses.values(), query["sort"])
        if (version := course.version_on(today)) and _is_sought(course, query)
    ]
    return paged(query, lambda offset, limit: shown[offset : offset + limit])


def _sorted(courses: Iterable[Course], sort: str) -> list[Course]:
    by_code = sorted(courses, key=lambda one: one.code)
    return sorted(by_code, key=lambda one: one.title, reverse=sort == "-title")


def _is_sought(course: Course, query: Mapping[str, Any]) -> bool:
    return (
        query.get("kind", course.kinds[0]) in course.kinds
        and query.get("code", course.code) == course.code
        and query.get("search", "").casefold() in course.title.casefold()
    )


def curriculum_of(command: Mapping[str, Any]) -> Curriculum:
    """What a `DefineCurriculum` names."""
    return Curriculum(
        {one["code"]: one["title"] for one in command["competences"]},
        {one["code"]: _course(one) for one in command["courses"]},
        tuple(
            Equivalence(one["counts_as"], tuple(sorted(one["held"])))
            for one in command["equivalences"]
        ),
        {one["requirement_set_id"]: _set(one) for one in command["requirement_sets"]},
    )


def _course(row: Mapping[str, Any]) -> Course:
    versions = tuple(
        CourseVersion(**{**one, "gives": tuple(one["gives"])}) for one in row["versions"]
    )
    lists = {name: tuple(row[name]) for name in ("kinds", "requires")}
    return Course(**{**row, **lists, "versions": versions})


def _set(row: Mapping[str, Any]) -> RequirementSet:
    lists = {name: tuple(row[name]) for name in ("prefixes", "competences")}
    return RequirementSet(**{**row, **lists})


def _view(course: Course, version: CourseVersion, curriculum: Curriculum) -> dict[str, Any]:
    return {
        "code": course.code,
        "title": course.title,
        "kinds": course.kinds,
        "responsible": course.responsible,
        "plan": course.plan,
        "version": version.number,
        "first_day": version.first_day,
        "last_day": version.last_day,
        "gives": curriculum.titled(version.gives),
        "requires": curriculum.titled(course.requires),
    }
