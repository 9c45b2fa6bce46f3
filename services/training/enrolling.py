"""Seats, places in the waiting list, and offers from it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts.errors import training as errors
from contracts.errors.common import NOT_FOUND
from services.training.model.curriculum import Curriculum
from services.training.model.occasion import Enrolment, EnrolmentState, Occasion
from services.training.ports import Letters, Transaction
from services.training.use_cases import ADMIN, check_hsa_ids, found, require_admin, send


def enrol(
    tx: Transaction, command: Mapping[str, Any], letters: Letters
) -> tuple[Occasion, Enrolment]:
    """Give a participant who has the prerequisites a seat, or a place in the waiting list.

    Raises:
        Forbidden: the actor enrols another without being an admin.
        Invalid: the HSA-ID is nobody's.
        Conflict: prerequisites are missing, or the occasion does not take anybody more.

    Source: T-36, T-39
    """
    participant = command["participant"] or tx.actor.hsa_id
    if participant != tx.actor.hsa_id:
        require_admin(tx.actor)
        check_hsa_ids([participant], "participant")
    occasion = found(tx.occasions.get(command["occasion_id"]))
    occasion.require_open()
    _require_prerequisites(tx, occasion.course, participant)
    enrolment = occasion.enrol(participant, tx.actor.hsa_id)
    seated = enrolment.state is EnrolmentState.ENROLLED
    send(tx, (letters.enrolled if seated else letters.waits)(occasion, enrolment))
    tx.occasions.save([occasion])
    return occasion, enrolment


def accept_offer(
    tx: Transaction, enrolment_id: UUID, letters: Letters
) -> tuple[Occasion, Enrolment]:
    """Take the seat that is offered.

    Raises:
        NotFound: there is no such enrolment of the actor's.
        Conflict: no seat is offered, or no longer.
    """
    occasion, enrolment = _own(tx, enrolment_id)
    occasion.accept(enrolment)
    send(tx, letters.enrolled(occasion, enrolment))
    tx.occasions.save([occasion])
    return occasion, enrolment


def cancel_enrolment(
    tx: Transaction, enrolment_id: UUID, letters: Letters, offer_time: timedelta
) -> tuple[Occasion, Enrolment]:
    """Give a seat or a place back; the next who waits is offered the seat.

    Raises:
        NotFound: there is no such enrolment of the actor's.
        Conflict: it was given back before, or the occasion is over.
    """
    occasion, enrolment = _own(tx, enrolment_id)
    offered = occasion.cancel_enrolment(enrolment, offer_time)
    send(tx, letters.given_back(occasion, enrolment))
    for one in offered:
        send(tx, letters.offered(occasion, one))
    tx.occasions.save([occasion])
    return occasion, enrolment


def lacking(codes: Iterable[str], curriculum: Curriculum) -> str:
    """What is missing, by its titles."""
    return ", ".join(curriculum.competences[code] for code in codes)


def _require_prerequisites(tx: Transaction, code: str, participant: str) -> None:
    curriculum = tx.curricula.get()
    required = curriculum.course(code).requires
    if not required:
        return
    held = curriculum.held_by(tx.people.completed([participant])[participant])
    missing = [one for one in required if one not in held]
    if missing:
        raise errors.PREREQUISITE_MISSING(lacking=lacking(missing, curriculum))


def _own(tx: Transaction, enrolment_id: UUID) -> tuple[Occasion, Enrolment]:
    """
    Raises:
        NotFound: there is no such enrolment, or it is another's and the actor is no admin.
    """
    occasion = found(tx.occasions.having(enrolment_id))
    enrolment = occasion.enrolment(enrolment_id)
    if tx.actor.role != ADMIN and enrolment.participant != tx.actor.hsa_id:
        raise NOT_FOUND()
    return occasion, enrolment
