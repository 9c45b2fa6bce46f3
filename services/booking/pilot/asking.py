"""Asks the scheduler who came to a visit, between transactions; and sends the questionnaires.

Source: B-3
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.booking.pilot import use_cases
from services.booking.pilot.model import Visit
from services.booking.refusals import as_contract_errors
from services.booking.zoezi_time import STOCKHOLM

LETTER = {
    "subject": "Hur var konsultationen?",
    "body": (
        "Du har haft en konsultation. Svara gärna på fyra frågor om den i Rampen, under\n"
        "Utvärdering. Besökets nummer är {visit}.\n\n"
        "You have had a consultation. Please answer four questions about it in Rampen, under\n"
        "Evaluation. Skriv inget om patienten. Write nothing about the patient.\n"
    ),
}


def waiting(database: Any, scheduler: Any) -> list[Any]:
    """The visits that the actor was at and has not answered about, the last one first."""
    with database.reading() as tx:
        consultant = tx.calendars.consultant(tx.actor.hsa_id)
        since, now = tx.now - use_cases.ASKED_WITHIN, tx.now
    came_to = set()
    if consultant is not None:
        days = (one.astimezone(STOCKHOLM).date() for one in (since, now))
        with as_contract_errors():
            came_to = {one.id for one in scheduler.booked(*days, consultant)}
    with database.reading() as tx:
        return list(tx.pilot.unanswered(tx.actor.hsa_id, came_to, since, now))


def has_answered(database: Any, booking_id: UUID) -> bool:
    with database.reading() as tx:
        found: bool = tx.pilot.has_answered(booking_id, tx.actor.hsa_id)
    return found


def visit_and_role(database: Any, scheduler: Any, booking_id: UUID) -> tuple[Visit, str]:
    """The visit, and as whom the actor is asked about it.

    Raises:
        NotFound: the actor was not at such a visit.
        Conflict: it is still to come.
    """
    with database.reading() as tx:
        visit = use_cases.visit_that_is_over(tx, booking_id)
        consultant = tx.calendars.consultant(tx.actor.hsa_id)
        actor = tx.actor
    who_came = None
    if consultant is not None:
        with as_contract_errors():
            found = scheduler.get(visit.scheduler_id)
        who_came = found.consultant_id if found else None
    return visit, use_cases.asked_as(actor, visit, consultant, who_came)


def answer(
    database: Any, scheduler: Any, command: Mapping[str, Any], mark: bytes
) -> dict[str, Any]:
    visit, role = visit_and_role(database, scheduler, command["booking_id"])
    reply = {"booking_id": str(command["booking_id"])}
    with database.transaction() as tx:
        use_cases.answer(tx, visit, role, command)
        tx.answer(command["command_id"], mark, reply)
    return reply


def ask(database: Any, scheduler: Any) -> int:
    """Send the questionnaire about every visit that is over; return how many visits that were."""
    with database.reading() as tx:
        visits = use_cases.unasked(tx)
    if not visits:
        return 0
    came = _who_came(scheduler, visits)
    with database.transaction() as tx:
        people = tx.calendars.people(set(came.values()))
        consultants = {number: people[who] for number, who in came.items() if who in people}
        return use_cases.ask(tx, visits, consultants, LETTER)


def _who_came(scheduler: Any, visits: list[Visit]) -> dict[int, int]:
    """The consultant of each booking of the scheduler in the days of the visits."""
    days = [visit.start.astimezone(STOCKHOLM).date() for visit in visits]
    with as_contract_errors():
        found = scheduler.booked(min(days), max(days))
    return {one.id: one.consultant_id for one in found}
