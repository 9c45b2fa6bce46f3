"""Courses, what they give, and what is asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from contracts.errors import training as errors


@dataclass(frozen=True)
class CourseVersion:
    """A course as it is given from one day to another (Swedish: kursversion).

    Source: X-12, T-13
    """

    number: int
    first_day: date
    last_day: date | None
    gives: tuple[str, ...]

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True)
class Course:
    """A course (Swedish: utbildning).

    Args:
        kinds: of T-20 and T-46; a web course may be in the basic offer too.
        responsible: HSA-ID. Source: T-29
        requires: competences that it takes to be enrolled. Source: T-36
    """

    code: str
    title: str
    kinds: tuple[str, ...]
    responsible: str
    plan: str
    requires: tuple[str, ...]
    versions: tuple[CourseVersion, ...]

    def version_on(self, day: date) -> CourseVersion | None:
        """The newest of the versions that are given that day."""
        return max((one for one in self.versions if one.covers(day)), key=_number, default=None)

    def version(self, number: int) -> CourseVersion:
        return next(one for one in self.versions if one.number == number)


@dataclass(frozen=True)
class Equivalence:
    """Who holds all of `held` counts as holding `counts_as`.

    Source: X-12, T-13
    """

    counts_as: str
    held: tuple[str, ...]


@dataclass(frozen=True)
class RequirementSet:
    """The competences that a role needs in a product area, in one legal area.

    Args:
        prefixes: of ISO 9999, such as "12 22"; what the product area consists of.
        version: counts what has been told of it.

    Source: T-1, T-2, T-4, T-12, X-12, X-31
    """

    requirement_set_id: UUID
    product_area: str
    title: str
    prefixes: tuple[str, ...]
    role: str
    legal_area: str
    first_day: date
    last_day: date | None
    competences: tuple[str, ...]
    version: int = 0

    def missing(self, held: frozenset[str]) -> tuple[str, ...]:
        return tuple(code for code in self.competences if code not in held)


@dataclass
class Curriculum:
    """All of it: small enough to be read as a whole."""

    competences: dict[str, str] = field(default_factory=dict)  # title by code
    courses: dict[str, Course] = field(default_factory=dict)
    equivalences: tuple[Equivalence, ...] = ()
    requirement_sets: dict[UUID, RequirementSet] = field(default_factory=dict)

    def course(self, code: str) -> Course:
        """
        Raises:
            NotFound: there is no such course.
        """
        if code not in self.courses:
            raise errors.COURSE_UNKNOWN(course=code)
        return self.courses[code]

    def held_by(self, completions: Iterable[tuple[str, int]]) -> frozenset[str]:
        """The competences of who has completed these versions of courses.

        Args:
            completions: course and number of its version.

        Source: X-12, T-13
        """
        given = {
            code
            for course, number in completions
            for code in self.course(course).version(number).gives
        }
        return self.closure(given)

    def closure(self, held: Iterable[str]) -> frozenset[str]:
        """These competences and all that they count as."""
        found = set(held)
        while (
            more := {one.counts_as for one in self.equivalences if found.issuperset(one.held)}
            - found
        ):
            found |= more
        return frozenset(found)

    def giving(self, competence: str, day: date) -> list[Course]:
        """The courses given that day, or later, that lead to a competence by themselves."""
        return sorted(
            (one for one in self.courses.values() if self._leads_to(one, competence, day)),
            key=lambda course: course.title,
        )

    def titled(self, codes: Iterable[str]) -> list[dict[str, str]]:
        return [{"code": code, "title": self.competences[code]} for code in codes]

    def check(self) -> None:
        """
        Raises:
            Invalid: it names a competence that there is not, or days in the wrong order.
        """
        for code in self._mentioned():
            if code not in self.competences:
                raise errors.CURRICULUM_REFERENCE(code=code)
        for name, first_day, last_day in self._periods():
            if last_day is not None and last_day < first_day:
                raise errors.CURRICULUM_DAYS(code=name)

    def _leads_to(self, course: Course, competence: str, day: date) -> bool:
        return any(
            competence in self.closure(version.gives)
            for version in course.versions
            if version.last_day is None or version.last_day >= day
        )

    def _mentioned(self) -> Iterator[str]:
        for course in self.courses.values():
            yield from course.requires
            for version in course.versions:
                yield from version.gives
        for equivalence in self.equivalences:
            yield from (equivalence.counts_as, *equivalence.held)
        for requirement_set in self.requirement_sets.values():
            yield from requirement_set.competences

    def _periods(self) -> Iterator[tuple[str, date, date | None]]:
        for course in self.courses.values():
            for version in course.versions:
                yield course.code, version.first_day, version.last_day
        for one in self.requirement_sets.values():
            yield one.product_area, one.first_day, one.last_day


def merged(old: Curriculum, new: Curriculum) -> Curriculum:
    """The old with what the new one names added, or changed."""
    sets = dict(old.requirement_sets)
    for key, one in new.requirement_sets.items():
        sets[key] = replace(one, version=sets[key].version if key in sets else one.version)
    return Curriculum(
        old.competences | new.competences,
        old.courses | new.courses,
        tuple(dict.fromkeys((*old.equivalences, *new.equivalences))),
        sets,
    )


def _number(version: CourseVersion) -> int:
    return version.number
