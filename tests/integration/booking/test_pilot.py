"""Who books on the web, and what they thought of their visits."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from contracts.actor import Actor
from contracts.errors import ContractError
from services.booking.pilot import asking, use_cases
from services.booking.pilot.model import QUESTIONS
from tests.unit.booking.world import PRESCRIBER

CENTRE = Actor("SE2321000131-S000000000001", "customer_service", "SE-U", "SE-P")
CONSULTANT = Actor("SE2321000131-C000000000001", "device_consultant", "SE-U", "SE-P")
STRANGER = Actor("SE2321000131-P000000000009", "prescriber", "SE-U", "SE-P")
ANNA, VISIT = 101, 4711  # the scheduler's numbers
TODAY = date(2026, 5, 20)


class Scheduler:
    """Knows who came to the visit."""

    def get(self, booking_id):
        return SimpleNamespace(id=booking_id, consultant_id=ANNA)

    def booked(self, _first_day, _last_day, _consultant_id=None):
        return [self.get(VISIT)]


def visit(database, ended="1 hour"):
    """A booked visit that ended so long ago."""
    booking_id = uuid4()
    database.do(
        "INSERT INTO bookings (id, activity_id, state, hold_key, scheduler_id, starts_at, ends_at,"
        " telephone, place_name, service_product_name, consultant_name, booked_by, booked_at,"
        " sequence, asked_command_id, asked_mark, asked_by)"
        " VALUES (:id, :activity_id, 'booked', 'k', :visit,"
        " now() - CAST(:ended AS interval) - interval '1 hour',"
        " now() - CAST(:ended AS interval), '+4670', 'Borås', 'Rullstol', 'Anna', :by, now(), 0,"
        " :id, '', 'SE-P')",
        id=booking_id, activity_id=database.register(), visit=VISIT, ended=ended,
        by=PRESCRIBER.hsa_id,
    )  # fmt: skip
    return booking_id


@pytest.fixture
def database(booking_database):
    with booking_database.of(CENTRE).transaction() as tx:
        tx.calendars.link(CONSULTANT.hsa_id, ANNA)
    return booking_database


def answers(role, grade=4):
    return dict.fromkeys(QUESTIONS[role], grade)


def answer(database, booking_id, actor=PRESCRIBER, role="prescriber", **changed):
    command = {
        "command_id": uuid4(),
        "booking_id": booking_id,
        "answers": answers(role),
        "comment": "",
    }
    return asking.answer(database.of(actor), Scheduler(), command | changed, b"\0" * 32)


def refusal(database, booking_id, **changed):
    with pytest.raises(ContractError) as caught:
        answer(database, booking_id, **changed)
    return caught.value.code


def results(database):
    with database.of(CENTRE).reading() as tx:
        return tx.pilot.results(date(2020, 1, 1), date(2099, 1, 1))


@pytest.mark.rule("B-3")
def test_prescriber_and_consultant_are_asked_once_when_the_visit_is_over(database):
    visit(database)
    visit(database, ended="-1 hour")  # still to come
    visit(database, ended="20 days")  # long ago

    assert [asking.ask(database.of(CENTRE), Scheduler()) for _ in range(2)] == [1, 0]

    asked = database.rows("SELECT recipient FROM mails")
    assert {row.recipient for row in asked} == {PRESCRIBER.hsa_id, CONSULTANT.hsa_id}
    assert len(asked) == 2


@pytest.mark.rule("B-3")
def test_answers_are_counted_per_place_and_question(database):
    one, other = visit(database), visit(database)
    answer(database, one)
    answer(database, other, answers=answers("prescriber", 1))
    answer(database, one, CONSULTANT, "consultant")

    found = {(row.asked_as, row.question): row for row in results(database)}

    booked = found["prescriber", "easy_to_book"]
    assert (booked.place_name, booked.answers, float(booked.mean), booked.low) == (
        "Borås", 2, 2.5, 1,
    )  # fmt: skip
    assert found["consultant", "time_sufficed"].answers == 1


@pytest.mark.rule("B-3")
def test_a_person_answers_once_about_a_visit(database):
    booking_id = visit(database)
    answer(database, booking_id)

    again = answers("prescriber", 1)
    assert refusal(database, booking_id, answers=again) == "booking.evaluation.answered"
    assert {float(row.mean) for row in results(database)} == {4}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"actor": STRANGER}, "not_yours"),
        ({"answers": {"easy_to_book": 5}}, "questions"),
        ({"answers": answers("consultant")}, "questions"),
        ({"booking_id": uuid4()}, "not_yours"),
    ],
)
def test_answers_that_are_not_asked_for_are_refused(database, changed, code):
    booking_id = visit(database)

    with pytest.raises(ContractError, match=f"evaluation.{code}"):
        answer(database, **({"booking_id": booking_id} | changed))
    assert results(database) == []


def test_a_visit_that_is_still_to_come_is_not_evaluated(database):
    assert refusal(database, visit(database, "-1 hour")) == "booking.evaluation.too_early"


def waiting(database, actor):
    return [row.id for row in asking.waiting(database.of(actor), Scheduler())]


@pytest.mark.rule("B-3")
def test_what_waits_for_an_answer_is_what_the_person_was_at_and_has_not_answered(database):
    first, last = visit(database), visit(database, ended="5 minutes")
    visit(database, ended="-1 hour")  # still to come
    visit(database, ended="20 days")  # long ago

    assert waiting(database, PRESCRIBER) == waiting(database, CONSULTANT) == [last, first]
    answer(database, last)

    assert waiting(database, PRESCRIBER) == [first]
    assert waiting(database, CONSULTANT) == [last, first]
    assert waiting(database, STRANGER) == []
    assert asking.has_answered(database.of(PRESCRIBER), last)
    assert not asking.has_answered(database.of(CONSULTANT), last)


def evaluations(database, first_day, last_day):
    with database.of(CENTRE).reading() as tx:
        return use_cases.list_evaluations(tx, first_day=first_day, last_day=last_day)


def comments(database, actor=CENTRE, first_day=date.min, last_day=date.max, **page):
    with database.of(actor).reading() as tx:
        return use_cases.list_comments(
            tx, first_day=first_day, last_day=last_day, **({"limit": 20, "page": 1} | page)
        )


@pytest.mark.rule("B-3")
def test_comments_are_read_without_who_wrote_them(database):
    booking_id = visit(database)
    answer(database, booking_id, comment="Fler tider, tack.")
    answer(database, booking_id, CONSULTANT, "consultant", comment="Bra.")
    answer(database, visit(database))

    found, more = comments(database)

    assert {(row.place_name, row.asked_as, row.comment) for row in found} == {
        ("Borås", "prescriber", "Fler tider, tack."),
        ("Borås", "consultant", "Bra."),
    }
    assert not more
    assert set(found[0]._fields) == {"place_name", "asked_as", "month", "comment"}
    assert [len(comments(database, limit=1, page=page)[0]) for page in (1, 2, 3)] == [1, 1, 0]
    assert comments(database, limit=1)[1]


@pytest.mark.rule("B-3")
def test_comments_are_of_whole_months_so_that_no_visit_is_singled_out(database):
    booking_id = visit(database)
    database.do(
        "UPDATE bookings SET starts_at = '2026-05-31 21:00Z', ends_at = '2026-05-31 21:30Z'"
    )
    answer(database, booking_id, comment="Sent.")
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 1)]

    found = [comments(database, first_day=day, last_day=day)[0] for day in days]

    assert [[row.month for row in rows] for rows in found] == [[], ["2026-05"], []]


@pytest.mark.rule("B-3")
def test_results_are_of_whole_months_so_that_no_visit_is_singled_out(database):
    last_of_may, first_of_may = visit(database), visit(database)
    for booking_id, start in ((last_of_may, "2026-05-31 21:00Z"), (first_of_may, "2026-05-01")):
        ends = "CAST(:start AS timestamptz) + interval '30 minutes'"
        database.do(
            f"UPDATE bookings SET starts_at = :start, ends_at = {ends} WHERE id = :id",
            id=booking_id, start=start,
        )  # fmt: skip
        answer(database, booking_id)
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1)]

    found = [evaluations(database, day, day) for day in days]

    assert [{row["answers"] for row in rows} for rows in found] == [set(), {2}, {2}, set()]


def test_days_in_the_wrong_order_are_refused(database):
    days = {"first_day": date(2026, 6, 1), "last_day": date(2026, 5, 31)}
    for read in (evaluations, comments):
        with pytest.raises(ContractError, match=r"message\.invalid") as refused:
            read(database, **days)
        assert "last_day" in refused.value.fields


def test_only_the_supply_centre_reads_what_was_answered(database):
    for actor in (PRESCRIBER, STRANGER):
        with pytest.raises(ContractError, match="may_not"):
            comments(database, actor)
        with database.of(actor).reading() as tx, pytest.raises(ContractError, match="may_not"):
            use_cases.list_evaluations(tx, first_day=date.min, last_day=date.max)


@pytest.mark.rule("B-3")
def test_results_come_with_their_questions(database):
    answer(database, visit(database))
    database.do("UPDATE evaluations SET answers = answers || '{\"no_longer_asked\": 3}'")

    with database.of(CENTRE).reading() as tx:
        rows = use_cases.list_evaluations(tx, first_day=date.min, last_day=date.max)

    texts = {row["question"]: row["sv"] for row in rows}
    assert texts["easy_to_book"] == "Var det lätt att boka?"
    assert texts["no_longer_asked"] == "no_longer_asked"


def connect(database, actor=CENTRE, **changed):
    group = {
        "name": "Habilitering och Hälsa",
        "units": [PRESCRIBER.unit],
        "first_day": TODAY,
        "last_day": None,
    }
    with database.of(actor).transaction() as tx:
        use_cases.connect_group(tx, group | changed)


def may_book(database, day=TODAY, actor=PRESCRIBER):
    with database.of(actor).reading() as tx:
        try:
            use_cases.check_connected(tx, day)
        except ContractError as error:
            return error.code != "booking.unit.not_connected"
    return True


@pytest.mark.rule("B-3")
def test_while_no_group_is_connected_everybody_books(database):
    assert may_book(database)


@pytest.mark.rule("B-3")
def test_a_group_books_on_its_days_and_nobody_else_does(database):
    connect(database, last_day=TODAY + timedelta(days=10))
    days = [TODAY + timedelta(days=n) for n in (-1, 0, 10, 11)]

    assert [may_book(database, day) for day in days] == [False, True, True, False]
    assert not may_book(database, actor=STRANGER)


@pytest.mark.rule("B-3")
def test_a_group_that_is_connected_again_has_its_new_days(database):
    connect(database, last_day=TODAY)
    connect(database, first_day=TODAY + timedelta(days=1))

    assert [may_book(database, TODAY + timedelta(days=n)) for n in (0, 1)] == [False, True]


def test_only_the_supply_centre_connects_groups(database):
    with pytest.raises(ContractError, match="may_not"):
        connect(database, PRESCRIBER)
    with pytest.raises(ContractError, match=r"message\.invalid"):
        connect(database, last_day=TODAY - timedelta(days=1))
    assert may_book(database)


@pytest.mark.rule("B-3")
def test_a_unit_that_is_not_connected_holds_no_time(live):
    live.command("connect_group", CENTRE, name="Andra", units=["SE-U9"], first_day="2026-01-01")
    activity_id = live.register()
    start = datetime(2037, 5, 18, 5, 30, tzinfo=UTC).isoformat()

    with pytest.raises(ContractError, match="not_connected"):
        live.hold(activity_id, start)

    live.command(
        "connect_group",
        CENTRE,
        name="Andra",
        units=["SE-U9", PRESCRIBER.unit],
        first_day="2026-01-01",
    )
    assert live.hold(activity_id, start)["activity_id"] == activity_id
    live.database.do("TRUNCATE customer_groups")
