"""The five parts of the story, each with its evidence."""

from pathlib import Path
from typing import Any

import httpx

from sandbox import control, run_file
from sandbox.demo import chaos
from sandbox.demo.case import Case, local
from sandbox.demo.visitor import Visitor

WINDOW = "20 seconds"  # in which the second activity has to be booked; 3 days in earnest


def orders(case: Case, visitor: Visitor) -> tuple[str, dict[str, Any]]:
    """Part 1: login, an order for a patient, and a consultation."""
    evidence, person = case.evidence, case.prescriber
    evidence.step("1. A prescriber logs in, orders for a patient and registers a consultation")
    me = visitor.get("/me")
    evidence.show(
        person.hsa_id in str(me), f"{person.given_name} {person.family_name} is logged in"
    )
    article = next(
        found
        for found in visitor.get("/articles", search="rullstol")["items"]
        if found["status"] == "active" and found["supplier"] == "HMC"
    )
    placed = case.order(visitor, article["article_number"])
    seen = visitor.get(f"/orders/{placed['order_id']}")
    evidence.show(
        seen["order_number"] == placed["order_number"] and len(seen["lines"]) == 1,
        f"order {placed['order_number']}: 1 {article['name']} on customer number"
        f" {seen['customer_number']}",
    )
    evidence.show(
        case.patient.personal_identity_number not in str(seen),
        "the answer does not hold the personal identity number",
    )
    registered = visitor.post("/consultations", case.consultation())
    evidence.show(
        registered["state"] == "open",
        f"consultation registered: work order {registered['work_order_number']}",
    )
    return article["article_number"], registered


def books(case: Case, visitor: Visitor, registered: dict[str, Any]) -> None:
    """Part 2: free times, a booking and its confirmation."""
    evidence, number = case.evidence, registered["work_order_number"]
    evidence.step(
        "2. She books one of the free times, and gets a confirmation with a calendar entry"
    )
    activity = case.activity(visitor, registered["activity_id"])
    evidence.note(f"the activity closes {local(activity['closes_at'])} unless it is booked")
    times = case.free_times(visitor)
    evidence.show(
        times, f"{len(times)} free times in two weeks, the first {local(times[0]['start'])}"
    )
    booked = next(filter(None, (case.book(visitor, registered, time) for time in times)))
    evidence.show(
        booked["telephone"] == "+46701740605",
        f"booked {local(booked['start'])} with {booked['consultant_name']} in"
        f" {booked['place_name']}; telephone kept as {booked['telephone']}",
    )
    (mail,) = evidence.wait(lambda: case.mails(number), "the confirmation has come, once")
    evidence.note(f"«{mail['subject']}»")
    evidence.show("REQUEST" in str(mail), "it carries an invitation for the calendar (iCalendar)")
    evidence.wait(
        lambda: visitor.get(f"/work-orders/{number}")["state"] == "booked",
        "ordering shows the work order as booked",
    )


def closes(case: Case, visitor: Visitor, article: str, folder: Path) -> str:
    """Parts 3 and 4: what nobody books closes by itself, whatever is killed meanwhile."""
    evidence = case.evidence
    evidence.step(f"3. A second consultation is not booked; the window is {WINDOW} from now on")
    _set_window(folder, WINDOW)
    registered = visitor.post("/consultations", case.consultation())
    number = registered["work_order_number"]
    activity = case.activity(visitor, registered["activity_id"])
    evidence.note(f"work order {number} closes at {activity['closes_at']}")
    _set_window(folder, None)
    evidence.step("4. Meanwhile processes are killed and the broker is restarted under load")
    ledger = chaos.under_blows(case, visitor, folder, article)
    evidence.step("3. (continued) What became of the consultation that nobody booked")
    closed = evidence.wait(
        lambda: _closed(visitor, registered["activity_id"]), "booking has closed the activity"
    )
    evidence.show(closed["cause"] == "not_booked", f"its cause: {closed['cause']}")
    order = evidence.wait(
        lambda: _closed(visitor, number, "/work-orders/"), "ordering shows the work order closed"
    )
    evidence.show(order["cause"] == "not_booked", "with the same cause")
    (mail,) = evidence.wait(
        lambda: case.mails(number), "the prescriber has got a mail about it, once"
    )
    evidence.note(f"«{mail['subject']}»")
    evidence.step("4. (continued) The account of what was acknowledged")
    chaos.account(case, visitor, ledger)
    return number


def is_refused(case: Case, visitor: Visitor, closed_number: str) -> None:
    """Part 5: what is not allowed is refused, with the rule and what to do."""
    case.evidence.step("5. What is not allowed is refused, with the rule and what to do")
    others = next(
        customer.number
        for customer in case.data.customers
        if customer.unit != case.prescriber.commissions[0].unit and customer.supplier == "HMC"
    )
    wrong = {
        "an acute consultation": (case.consultation(acute=True), "ordering.consultation.acute"),
        "an unknown customer number": (
            case.consultation(customer_number="999999"),
            "ordering.customer.unknown",
        ),
        "a unit that is not hers": (
            case.consultation(customer_number=others),
            "ordering.unit.not_yours",
        ),
        "a wrong personal identity number": (
            case.consultation(personal_identity_number="190001011234"),
            "ordering.personal_identity_number.wrong",
        ),
    }
    for what, (body, code) in wrong.items():
        show_refusal(case, what, visitor.send("/consultations", body), code)
    answer = _book_on(case, visitor, closed_number)
    show_refusal(case, "a work order that is not open", answer, "booking.work_order.not_open")


def show_refusal(case: Case, what: str, answer: httpx.Response, code: str) -> None:
    problem = answer.json()
    case.evidence.show(
        answer.headers["Content-Type"].startswith("application/problem+json")
        and problem["code"] == code
        and problem.get("rule")
        and problem.get("detail"),
        f"{what}: {answer.status_code} {problem.get('code')}, rule {problem.get('rule')}",
    )
    case.evidence.note(f"{problem['title']} {problem['detail']}")


def _book_on(case: Case, visitor: Visitor, number: str) -> httpx.Response:
    """Try to book a time for a new consultation with another work order's number."""
    registered = visitor.post("/consultations", case.consultation())
    case.activity(visitor, registered["activity_id"])
    time = case.free_times(visitor)[-1]
    hold = visitor.post("/holds", case.wanted(registered, time))
    answer = visitor.send(
        "/bookings",
        {"hold_id": hold["hold_id"], "work_order_number": number, "telephone": "070-174 06 05"},
    )
    visitor.delete(f"/holds/{hold['hold_id']}")
    return answer


def _closed(visitor: Visitor, name: str, path: str = "/activities/") -> dict[str, Any] | None:
    found = visitor.get(f"{path}{name}")
    return found if found["state"] == "closed" else None


def _set_window(folder: Path, window: str | None) -> None:
    """Start booking again with another window; windows that run go on as they are."""
    run_file.change_settings(folder, "booking", {"ACTIVITY_WINDOW": window} if window else {})
    control.restart(folder, "booking")
