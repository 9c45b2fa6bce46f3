"""What completions count as, over versions and replacements of courses."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import Invalid
from services.training.defining import curriculum_of
from services.training.model.curriculum import Curriculum, Equivalence, merged
from services.training.model.gate import Gate, defined
from tests.unit.training.world import (
    AREAS,
    CONSUMABLES,
    MOVEMENT,
    NOW,
    course,
    curriculum,
    day,
    define,
    requirement,
    version,
)

THREE = [(f"old_{area}", 1) for area in AREAS]
NATIONAL = ("national_course", 1)


def missing(requirement_set, *completions):
    known = curriculum()
    return known.requirement_sets[requirement_set].missing(known.held_by(completions))


@pytest.mark.rule("T-1")
@pytest.mark.rule("T-4")
def test_a_product_area_needs_its_regional_competence_and_the_national_one():
    assert missing(MOVEMENT) == ("national", "regional_movement")
    assert missing(MOVEMENT, ("old_movement", 1)) == ("national",)
    assert missing(MOVEMENT, ("old_movement", 1), NATIONAL) == ()
    assert missing(CONSUMABLES, ("old_movement", 1), NATIONAL) == ("regional_consumables",)


@pytest.mark.rule("T-13")
@pytest.mark.rule("X-12")
def test_the_single_course_counts_in_every_area_that_the_three_did():
    for area in AREAS.values():
        assert missing(area, ("new_course", 1), NATIONAL) == ()


@pytest.mark.rule("T-13")
def test_old_completions_count_in_their_own_areas_and_all_three_as_the_new_course():
    known = curriculum()

    assert "prescriber" in known.held_by(THREE)
    for some in combinations(THREE, 2):
        assert "prescriber" not in known.held_by(some)


@pytest.mark.rule("T-13")
def test_a_course_is_completed_in_the_version_of_the_day():
    known = curriculum_of(
        define(
            courses=[
                course(
                    "old_movement",
                    version(1, ["regional_movement"], "2023-01-01", "2023-12-31"),
                    version(2, ["regional_movement", "national"], "2024-01-01", "2024-12-31"),
                )
            ]
        )
    ).course("old_movement")

    numbers = [
        found and found.number
        for found in map(
            known.version_on, map(day, ("2022-12-31", "2023-12-31", "2024-01-01", "2025-01-01"))
        )
    ]
    assert numbers == [None, 1, 2, None]


@pytest.mark.rule("T-1")
def test_who_lacks_a_competence_is_shown_the_courses_that_give_it_now():
    known = curriculum()
    told = defined(known.requirement_sets[MOVEMENT], known, day("2026-03-02"), NOW)

    assert [one["code"] for one in told.competences] == ["national", "regional_movement"]
    courses = [[course["code"] for course in one["courses"]] for one in told.competences]
    assert courses == [["national_course"], ["new_course"]]  # not old_movement: it is over


def test_a_course_that_is_over_is_still_shown_while_it_is_given():
    courses = curriculum().giving("regional_movement", day("2024-06-01"))

    assert [one.code for one in courses] == ["new_course", "old_movement"]


def test_a_gate_moves_when_what_is_missing_changes():
    gate = Gate("SE1", MOVEMENT, ("a", "b"))

    assert gate.moved(("a", "b")) is None
    moved = gate.moved(("b",))
    assert (moved.missing, moved.version) == (("b",), 1)
    assert moved.moved(()).version == 2


def test_what_is_defined_again_replaces_what_it_names_and_leaves_the_rest():
    newer = define(
        competences=[], courses=[], equivalences=[],
        requirement_sets=[requirement("movement", last_day="2026-12-31")],
    )  # fmt: skip

    both = merged(curriculum(), curriculum_of(newer))

    assert both.requirement_sets[MOVEMENT].last_day == day("2026-12-31")
    assert both.courses == curriculum().courses
    assert len(both.requirement_sets) == len(AREAS)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"competences": []}, "training.curriculum.reference"),
        (
            {"equivalences": [{"counts_as": "national", "held": ["nothing"]}]},
            "training.curriculum.reference",
        ),
        (
            {"requirement_sets": [requirement("movement", last_day="2022-12-31")]},
            "training.curriculum.days",
        ),
        (
            {"courses": [course("odd", version(1, ["national"], "2023-01-02", "2023-01-01"))]},
            "training.curriculum.days",
        ),
    ],
)
def test_a_curriculum_that_does_not_fit_together_is_refused(changes, code):
    with pytest.raises(Invalid, match=code):
        curriculum_of(define(**changes)).check()


def test_a_curriculum_that_fits_together_is_taken():
    curriculum().check()
    Curriculum().check()


CODES = st.sampled_from("abcdef")
RULES = st.lists(st.builds(Equivalence, CODES, st.lists(CODES, min_size=1, max_size=3).map(tuple)))


@pytest.mark.rule("X-12")
@given(RULES, st.sets(CODES), st.sets(CODES))
def test_what_counts_as_what_is_settled_whatever_the_rules(rules, some, more):
    known = Curriculum(equivalences=tuple(rules))
    held = known.closure(some)

    assert some <= held
    assert known.closure(held) == held
    assert held <= known.closure(some | more)  # who learns more never loses anything
    assert all(one.counts_as in held for one in rules if held.issuperset(one.held))
