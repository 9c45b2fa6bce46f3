"""Who books on the web, and what they thought of their visits.

Source: B-3
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from contracts.actor import Actor
from contracts.errors.booking_pilot import (
    ANSWERED,
    NOT_CONNECTED,
    NOT_YOUR_VISIT,
    VISIT_NOT_OVER,
    WRONG_QUESTIONS,
)
from contracts.errors.common import MESSAGE_INVALID, ROLE_MAY_NOT
from services.booking.pilot.model import CONSULTANT, PRESCRIBER, QUESTIONS, Visit, question
from services.booking.ports import Mail

CENTRE = ("customer_service", "operator", "device_consultant", "product_consultant")
SETTERS = ("customer_service", "operator")
ASKED_WITHIN = timedelta(days=14)  # a visit further back is not asked about any more
AT_ONCE = 200


def connect_group(tx: Any, group: Mapping[str, Any]) -> None:
    """
    Raises:
        Forbidden: the actor does not decide who books on the web.
        Invalid: the last day lies before the first.
    """
    if tx.actor.role not in SETTERS:
        raise ROLE_MAY_NOT()
    _check_order(group["first_day"], group["last_day"])
    tx.pilot.connect(group)


def _check_order(first_day: date, last_day: date | None) -> None:
    """
    Raises:
        Invalid: the last day lies before the first.
    """
    if last_day is not None and last_day < first_day:
        raise MESSAGE_INVALID(fields={"last_day": "Ange en dag från och med den första."})


def check_connected(tx: Any, today: date) -> None:
    """
    Raises:
        Forbidden: the actor's unit does not book on the web today.
    """
    if not tx.pilot.is_connected(tx.actor.unit, today):
        raise NOT_CONNECTED()


def check_centre(actor: Actor) -> None:
    """
    Raises:
        Forbidden: the actor does not work at the supply centre.
    """
    if actor.role not in CENTRE:
        raise ROLE_MAY_NOT()


def visit_that_is_over(tx: Any, booking_id: UUID) -> Visit:
    """
    Raises:
        NotFound: there is no such visit.
        Conflict: it is still to come.
    """
    found: Visit | None = tx.pilot.visit(booking_id)
    if found is None:
        raise NOT_YOUR_VISIT()
    if found.end > tx.now:
        raise VISIT_NOT_OVER()
    return found


def asked_as(actor: Actor, visit: Visit, consultant: int | None, who_came: int | None) -> str:
    """As whom the actor is asked.

    Args:
        consultant: the actor's number in the scheduler, if any.
        who_came: that of the consultant of the visit.

    Raises:
        NotFound: the actor was not at the visit.
    """
    if actor.hsa_id in visit.prescribers:
        return PRESCRIBER
    if consultant is None or consultant != who_came:
        raise NOT_YOUR_VISIT()
    return CONSULTANT


def answer(tx: Any, visit: Visit, role: str, command: Mapping[str, Any]) -> None:
    """
    Raises:
        Conflict: the actor has answered before, or to other questions.
    """
    if command["answers"].keys() != QUESTIONS[role].keys():
        raise WRONG_QUESTIONS()
    is_new = tx.pilot.answer(
        booking_id=visit.booking_id,
        person=tx.actor.hsa_id,
        asked_as=role,
        place_name=visit.place_name,
        visited_at=visit.start,
        answers=command["answers"],
        comment=command["comment"],
        answered_at=tx.now,
    )
    if not is_new:
        raise ANSWERED()


def list_evaluations(tx: Any, *, first_day: date, last_day: date) -> list[dict[str, Any]]:
    """How each question was answered at each place in whole months, with the question.

    Raises:
        Forbidden: the actor does not work at the supply centre.
        Invalid: the days are in the wrong order.
    """
    check_centre(tx.actor)
    _check_order(first_day, last_day)
    return [
        {**row._mapping, "sv": sv, "en": en}
        for row in tx.pilot.results(first_day, last_day)
        for sv, en in (question(row.asked_as, row.question),)
    ]


def list_comments(
    tx: Any, *, first_day: date, last_day: date, limit: int, page: int
) -> tuple[Sequence[Any], bool]:
    """One page of what was written, and whether there is more; it is not told by whom.

    Raises:
        Forbidden: the actor does not work at the supply centre.
        Invalid: the days are in the wrong order.
    """
    check_centre(tx.actor)
    _check_order(first_day, last_day)
    found = tx.pilot.comments(first_day, last_day, (page - 1) * limit, limit + 1)
    return found[:limit], len(found) > limit


def unasked(tx: Any) -> list[Visit]:
    found: list[Visit] = tx.pilot.unasked(tx.now, tx.now - ASKED_WITHIN, AT_ONCE)
    return found


def ask(tx: Any, visits: Sequence[Visit], consultants: Mapping[int, str], letter: Mail) -> int:
    """Mail the questionnaire about each visit, once, to who registered or booked it and who came.

    Args:
        consultants: HSA-ID of the consultant, by the scheduler's number of the booking.
    """
    new = tx.pilot.mark_asked([visit.booking_id for visit in visits], tx.now)
    for visit in visits:
        if visit.booking_id in new:
            came = consultants.get(visit.scheduler_id)
            for person in sorted({*visit.prescribers, *([came] if came else [])}):
                tx.mail(person, letter["subject"], letter["body"].format(visit=visit.booking_id))
    return len(new)
