"""Completions and imports on PostgreSQL, and the gates that follow from them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from contracts.errors import ContractError
from contracts.training import (
    CoursePage,
    GateClosedV1,
    GateOpenedV1,
    ListCourses,
    RequirementSetDefinedV1,
)
from services.training import defining
from tests.integration.training.asks import (
    complete,
    discard,
    import_file,
    match,
    revoke,
    unmatched,
)
from tests.unit.training.world import (
    ANNA,
    AREAS,
    BO,
    CILLA,
    course,
    define,
    requirement,
    version,
)


def refused(code):
    return pytest.raises(ContractError, match=code.replace(".", r"\."))


def gates(training):
    """What of gates was told last, by person and product area: what is missing."""
    told = {}
    for event_type, data in training.told():
        if event_type in (GateOpenedV1.event_type, GateClosedV1.event_type):
            told[data["hsa_id"], data["product_area"]] = data.get("missing", [])
    return told


def count(training, table):
    return training.rows(f"SELECT count(*) FROM {table}")[0].count


def line(person, course="national_course", day="2026-02-01"):
    return f"{person if isinstance(person, str) else person.hsa_id};{course};{day}"


@pytest.mark.rule("T-1")
def test_a_completion_opens_the_gate_and_tells_so(training):
    assert complete(training, "national_course", ANNA) == {
        "recorded": 1,
        "known": 0,
        "gates_changed": 3,
    }
    assert gates(training)[ANNA.hsa_id, "movement"] == ["regional_movement"]

    complete(training, "old_movement", ANNA, day="2024-02-01")

    assert gates(training) == {
        (ANNA.hsa_id, "movement"): [],
        (ANNA.hsa_id, "consumables"): ["regional_consumables"],
        (ANNA.hsa_id, "medical"): ["regional_medical"],
    }


@pytest.mark.rule("T-13")
def test_the_single_course_opens_every_area(training):
    complete(training, "national_course", ANNA, BO)
    complete(training, "new_course", ANNA)

    told = gates(training)
    assert [told[ANNA.hsa_id, area] for area in AREAS] == [[], [], []]
    assert told[BO.hsa_id, "movement"] == ["regional_movement"]


def test_a_completion_that_is_known_changes_nothing(training):
    complete(training, "national_course", ANNA)
    training.forget()

    assert complete(training, "national_course", ANNA, day="2026-02-20")["known"] == 1
    assert training.told() == []


def test_what_was_recorded_by_mistake_closes_the_gate_again(training):
    complete(training, "national_course", ANNA)
    complete(training, "new_course", ANNA)

    assert revoke(training, "new_course", ANNA)["gates_changed"] == 3

    assert gates(training)[ANNA.hsa_id, "medical"] == ["regional_medical"]
    with refused("training.completion.unknown"):
        revoke(training, "new_course", ANNA)
    assert complete(training, "new_course", ANNA)["recorded"] == 1
    versions = [data["version"] for _, data in training.told() if data["product_area"] == "medical"]
    assert versions == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("course", "day", "code"),
    [
        ("nothing", "2026-02-01", "training.course.unknown"),
        ("old_movement", "2026-02-01", "training.course.not_given"),
        ("new_course", "2999-01-01", "training.completion.day_ahead"),
    ],
)
def test_a_completion_that_cannot_be_is_refused(training, course, day, code):
    with refused(code):
        complete(training, course, ANNA, day=day)


def test_completions_of_the_same_person_at_once_lose_nothing(training):
    courses = ["national_course", "new_course", "powered_web", "hoists"]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda course: complete(training, course, ANNA, BO), courses))

    assert set(map(tuple, gates(training).values())) == {()}
    versions = {}
    for _, data in training.told():
        versions.setdefault((data["hsa_id"], data["product_area"]), []).append(data["version"])
    assert all(sorted(set(found)) == sorted(found) for found in versions.values())


@pytest.mark.rule("X-12")
def test_a_requirement_set_that_changes_moves_the_gates_and_is_told(training):
    complete(training, "national_course", ANNA)
    training.forget()

    changed = training.define(
        competences=[], courses=[], equivalences=[],
        requirement_sets=[requirement("movement", competences=["national"])],
    )  # fmt: skip

    assert changed["gates_changed"] == 1
    assert gates(training) == {(ANNA.hsa_id, "movement"): []}
    told = [data for kind, data in training.told() if kind == RequirementSetDefinedV1.event_type]
    assert {one["version"] for one in told} == {2}
    assert len(told) == len(AREAS)


@pytest.mark.rule("T-13")
def test_a_course_that_comes_to_give_more_opens_gates(training):
    complete(training, "national_course", ANNA)
    training.forget()
    more = version(1, ["national", "regional_movement"], "2020-01-01")

    training.define(courses=[course("national_course", more)])

    assert gates(training) == {(ANNA.hsa_id, "movement"): []}


def test_only_admins_define_the_curriculum(training):
    with refused("role.may_not"), training.transaction(ANNA) as tx:
        defining.define_curriculum(tx, define())


@pytest.mark.rule("T-20")
def test_courses_are_shown_as_they_are_given_today(training):
    with training.database(ANNA).reading() as tx:
        everything = CoursePage.write(defining.list_courses(tx, ListCourses.read({})))["items"]
        query = ListCourses.read({"kind": "basic_offer"})
        basic = CoursePage.write(defining.list_courses(tx, query))["items"]

        backwards = defining.list_courses(tx, ListCourses.read({"sort": "-title"}))["items"]

    titles = [one["title"] for one in everything]
    assert titles == sorted(titles) == [one["title"] for one in backwards][::-1]
    assert "old_movement" not in {one["code"] for one in everything}
    assert [one["code"] for one in basic] == ["hoists", "powered_on_site"]
    assert basic[1]["requires"] == [
        {"code": "powered_digital", "title": "Kompetens powered_digital"}
    ]


@pytest.mark.parametrize(
    ("sought", "codes"),
    [
        ({"code": "hoists"}, ["hoists"]),
        ({"code": "nothing"}, []),
        ({"code": "old_movement"}, []),
        ({"search": "HOIST"}, ["hoists"]),
        ({"search": "hoist", "kind": "film"}, []),
    ],
    ids=str,
)
def test_a_course_is_found_by_its_code_or_a_part_of_its_title(training, sought, codes):
    with training.database(ANNA).reading() as tx:
        found = CoursePage.write(defining.list_courses(tx, ListCourses.read(sought)))["items"]

    assert [one["code"] for one in found] == codes


def test_a_dry_run_reports_what_the_import_then_does(training):
    complete(training, "hoists", ANNA, BO)
    lines = (line(ANNA), line(BO), line(ANNA), line(CILLA), line("Okänd"))
    training.forget()

    dry = import_file(training, *lines, dry_run=True)

    assert (count(training, "completions"), count(training, "import_rows")) == (2, 0)
    assert training.told() == []
    real = import_file(training, *lines)
    assert real == dry | {"dry_run": False}
    assert (dry["rows"], dry["recorded"], dry["known"]) == (5, 2, 1)
    assert (dry["unmatched"], dry["unmatched_lines"]) == (2, [5, 6])
    assert dry["gates_changed"] == len(gates(training)) == 6


def test_a_row_that_matched_nobody_is_matched_by_hand(training):
    complete(training, "hoists", ANNA)
    import_file(training, line("A. Lindqvist"), line(""))
    first, second = unmatched(training)
    assert (first["written"], second["written"]) == ("A. Lindqvist", "")
    for sort in ("written", "course", "completed_day", "-imported_at"):
        assert {one["row_id"] for one in unmatched(training, sort=sort)} == {
            first["row_id"],
            second["row_id"],
        }
    assert unmatched(training, sort="written") == [second, first]
    assert unmatched(training, sort="-written") == [first, second]

    assert match(training, first, ANNA)["recorded"] == 1
    discard(training, second)

    assert gates(training)[ANNA.hsa_id, "movement"] == ["regional_movement"]
    assert unmatched(training) == []
    for again in (lambda: match(training, first, BO), lambda: discard(training, second)):
        with refused("training.import.row_settled"):
            again()


def test_a_file_with_one_wrong_row_imports_nothing(training):
    complete(training, "hoists", ANNA)

    with refused("training.import.unreadable"):
        import_file(training, line(ANNA), line("nobody"), line(ANNA, course="nothing"))

    assert (count(training, "completions"), count(training, "import_rows")) == (1, 0)


def test_only_admins_import(training):
    with refused("role.may_not"):
        import_file(training, line(ANNA), actor=BO)


@pytest.mark.parametrize("people", [1, 20])
def test_statements_do_not_grow_with_the_people(training, people):
    everybody = [f"SE2321000131-Q{at}" for at in range(people)]
    training.do("INSERT INTO people (hsa_id) SELECT unnest(:ids)", ids=everybody)
    training.statements.clear()

    import_file(training, *(line(one) for one in everybody), line("nobody"))

    assert len(training.statements) == 11
