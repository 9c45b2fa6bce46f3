"""Who was at a visit is asked about it once; the supply centre sees what was answered."""

import itertools
import re
from contextlib import closing

import psycopg2
import pytest
from playwright.sync_api import expect

from sandbox.demo.case import Case
from tests.journeys.pages.conftest import Visitor
from tests.journeys.pages.keyboard import Keyboard

pytestmark = [pytest.mark.timeout(240), pytest.mark.rule("B-3")]
ANNA, LINNEA = "Anna Lindqvist", "Linnea Holmberg"
PRESCRIBERS = (
    "Var det lätt att boka?",
    "Fanns det en tid som passade?",
    "Hade konsulenten rätt kompetens?",
    "Fick du ut det du behövde av samtalet?",
)
#: Each visit is moved to a day of its own, so that no two of one consultant overlap.
DAYS_AGO = itertools.cycle(range(1, 13))


def move_into_the_past(case: Case, booking_id: str) -> None:
    """As time does, but now: in booking and in the scheduler."""
    server = case.run["environment"]["DATABASE_URL"]
    at = (
        f"date_trunc('day', now()) - interval '{next(DAYS_AGO)} days' + (starts_at::time)::interval"
    )
    sets = f"starts_at = {at}, ends_at = {at} + (ends_at - starts_at)"
    own = f"UPDATE bookings SET {sets} WHERE id = %s RETURNING scheduler_id"
    number = _changed(f"{server}/rampen_booking", own, booking_id)
    sets += f", busy_until = {at} + (busy_until - starts_at)"
    _changed(
        f"{server}/rampen_scheduler",
        f"UPDATE bookings SET {sets} WHERE id = %s RETURNING id",
        number,
    )


def _changed(database: str, statement: str, value: object) -> int:
    with closing(psycopg2.connect(database)) as connection, connection, connection.cursor() as asks:
        asks.execute(statement, (value,))
        return asks.fetchone()[0]


@pytest.fixture
def held(case) -> tuple[str, str]:
    """The work order of a visit that is over, and the name of the consultant who came."""
    with case.visitor() as hers:
        asked = hers.post("/consultations", case.consultation())
        case.activity(hers, asked["activity_id"])
        for time in case.free_times(hers):
            if booked := case.book(hers, asked, time):
                break
    move_into_the_past(case, booked["booking_id"])
    return asked["work_order_number"], booked["consultant_name"]


def answers(visitor: Visitor, questions: tuple[str, ...], grade: str) -> None:
    for question in questions:
        group = visitor.page.get_by_role("group", name=question)
        group.get_by_label(grade, exact=True).check()


def test_a_prescriber_answers_once_and_the_supply_centre_reads_it(visit, held):
    number, _came = held
    anna = visit(ANNA)
    anna.open(f"/work-orders/{number}")
    anna.follow("Vad tyckte du om konsultationen?")
    anna.looks_right("questionnaire")

    anna.write("Kommentar", f"Fler tider, tack. ({number})")
    anna.press("Skicka svaren")
    anna.sees("Var det lätt att boka? – Välj ett svar från 1 till 5.")
    anna.looks_right("questionnaire-refused")
    answers(anna, PRESCRIBERS, "4")
    anna.press("Skicka svaren")
    anna.sees("Tack för ditt svar.")
    anna.sees("Du behöver inte göra något mer.")
    anna.open(f"/work-orders/{number}")
    anna.sees("Du har svarat på frågorna om besöket. Tack!")

    linnea = visit(LINNEA)
    linnea.open("/")
    linnea.page.get_by_role("link", name="Utvärdering").click()
    linnea.is_at("Utvärdering")
    linnea.sees(f"Fler tider, tack. ({number})")
    expect(linnea.page.get_by_role("img", name="Medelbetyg per ort: Förskrivare")).to_be_visible()
    linnea.looks_right("evaluations")
    linnea.page.get_by_label("Besök från månaden").fill("2020-01")
    linnea.page.get_by_label("Till och med").fill("2020-01")
    linnea.press("Visa")
    linnea.sees("Ingen har svarat om besök de månaderna.")
    linnea.sees("Ingen har skrivit något.")


def test_a_consultant_answers_by_keyboard_alone(visit, held):
    number, came = held
    consultant = visit(came)
    consultant.open("/")
    keys = Keyboard(consultant.page)

    keys.go_to("Utvärdering")
    keys.press("Enter")
    consultant.is_at("Utvärdering")
    keys.go_to("Svara om dina besök")
    keys.press("Enter")
    consultant.is_at("Svara om dina besök")
    consultant.looks_right("questionnaires")
    keys.go_to(re.compile(rf"Svara på frågorna\s+{number}"))
    keys.press("Enter")
    consultant.is_at("Vad tyckte du om konsultationen?")
    for _question in range(4):
        keys.go_to("1, nej")
        keys.press("ArrowRight")
    keys.go_to("Skicka svaren")
    keys.press("Enter")

    consultant.sees("Tack för ditt svar.")
    consultant.open("/questionnaires")
    expect(consultant.page.get_by_role("cell", name=number)).to_have_count(0)


def test_who_was_not_at_the_visit_is_not_asked_about_it(visit, held, case):
    number, _came = held
    with case.visitor() as hers:
        booking = hers.get(f"/work-orders/{number}")
        activity = hers.get(f"/activities/{booking['activity_id']}")
    erik = visit("Erik Sandell")

    answer = erik.page.goto(
        f"{erik.url}/bookings/{activity['booking']['booking_id']}/questionnaire"
    )

    assert answer.status == 404
    erik.sees("Du var inte med på något sådant besök.")
