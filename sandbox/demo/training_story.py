"""The obligatory-course gate: refused, trained, open, and so it stays while training is down."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from sandbox import control
from sandbox.demo.case import Case, local
from sandbox.demo.visitor import Visitor
from sandbox.demo_data.records import Person
from sandbox.demo_data.training import PLAYS_THE_DEMO, admin

COURSE = "prescriber"
PATIENCE = 3  # seconds


def tell(case: Case, folder: Path, article: str) -> None:
    """Parts 7 to 9: she lacks a course, takes it, and orders, also while training is down."""
    person = _untrained(case)
    with case.visitor(person) as visitor, case.visitor(admin(case.data.people)) as runs_courses:
        _forgets(case, visitor, runs_courses, person)
        missing = _is_refused(case, visitor, person, article)
        _takes(case, visitor, runs_courses, person, missing)
        _orders(case, visitor, person, article, folder)


def _forgets(case: Case, visitor: Visitor, runs_courses: Visitor, person: Person) -> None:
    """Take back what an earlier demo has recorded."""
    recorded = {"course": COURSE, "participant": person.hsa_id}
    if runs_courses.send("/completions/revocation", recorded).is_success:
        case.evidence.wait(
            lambda: not _all_open(visitor), "what the last demo recorded is taken back"
        )


def _is_refused(case: Case, visitor: Visitor, person: Person, article: str) -> str:
    evidence = case.evidence
    evidence.step("7. A prescriber who lacks an obligatory course is refused, and told which")
    evidence.note(f"{person.given_name} {person.family_name} orders a wheelchair for a patient")
    answer = _order(case, visitor, person, article)
    problem = answer.json()
    evidence.show(
        answer.status_code == 403 and problem["code"] == "ordering.gate.closed",
        f"{answer.status_code} {problem['code']}, rule {problem['rule']}",
    )
    evidence.note(f"{problem['title']} {problem['detail']}")
    (lacks,) = problem["params"]["missing"]
    codes = [course["code"] for course in lacks["courses"]]
    evidence.show(codes == [COURSE], f"what is missing: {lacks['code']}, given by {codes}")
    return lacks["code"]


def _takes(
    case: Case, visitor: Visitor, runs_courses: Visitor, person: Person, missing: str
) -> None:
    evidence = case.evidence
    evidence.step("8. She enrols, the admin records that she has completed it, and the gate opens")
    occasion = runs_courses.post("/occasions", _occasion())
    enrolled = visitor.post(f"/occasions/{occasion['occasion_id']}/enrolments", {})
    evidence.show(
        enrolled["state"] == "enrolled", f"a seat in {occasion['place']} {local(occasion['start'])}"
    )
    mails = evidence.wait(
        lambda: case.mails(occasion["course_title"], person), "the confirmation has come"
    )
    evidence.note(f"«{mails[0]['subject']}»")
    evidence.show("REQUEST" in str(mails[0]), "it carries an entry for the calendar (iCalendar)")
    recorded = runs_courses.post(
        "/completions",
        {
            "course": COURSE,
            "completed_day": datetime.now(UTC).date().isoformat(),
            "participants": [person.hsa_id],
        },
    )
    evidence.show(recorded["gates_changed"] == 3, "three gates changed by one completion")
    evidence.wait(lambda: _all_open(visitor), f"ordering knows that {missing} is held: all open")


def _orders(case: Case, visitor: Visitor, person: Person, article: str, folder: Path) -> None:
    evidence = case.evidence
    evidence.step("9. Training is down: the gate is as it was last known, and the order is taken")
    with control.paused(folder, "training"):
        evidence.show(_is_silent(case, visitor), "training answers nothing")
        answer = _order(case, visitor, person, article)
        evidence.show(
            answer.status_code == 201, f"order {answer.json().get('order_number')} is taken"
        )
        as_of = visitor.get("/gates")["as_of"]
        evidence.show(as_of, f"ordering says how old its copy is: from {local(as_of)}")
    control.kill(folder, "training")
    evidence.wait(
        lambda: visitor.get("/courses")["items"], "training was killed, and answers again"
    )


def _untrained(case: Case) -> Person:
    (unit,) = (unit.hsa_id for unit in case.data.units if unit.key == PLAYS_THE_DEMO)
    return next(one for one in case.data.people if one.commissions[0].unit == unit)


def _order(case: Case, visitor: Visitor, person: Person, article: str) -> httpx.Response:
    return visitor.send(
        "/orders",
        {
            "customer_number": case.number_of(person),
            "recipient": {
                "kind": "patient",
                "personal_identity_number": case.patient.personal_identity_number,
            },
            "lines": [{"article_number": article, "quantity": 1}],
            "reference": "demo",
        },
    )


def _occasion() -> dict[str, Any]:
    start = (datetime.now(UTC) + timedelta(days=14)).replace(microsecond=0)
    end = start + timedelta(hours=4)
    return {
        "course": COURSE,
        "place": "Borås",
        "start": start.isoformat(),
        "end": end.isoformat(),
        "seats": 1,
    }


def _all_open(visitor: Visitor) -> bool:
    gates = visitor.get("/gates")["items"]
    return bool(gates) and all(gate["is_open"] for gate in gates)


def _is_silent(case: Case, visitor: Visitor) -> bool:
    """Whether a question to training goes without an answer."""
    url = f"{case.run['url']}/api/v1/courses"
    try:
        answer = httpx.get(url, cookies=visitor.cookies, timeout=PATIENCE)
    except httpx.TimeoutException:
        return True
    return answer.status_code in (503, 504)
