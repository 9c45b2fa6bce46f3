"""Adaptation documents: sent, assessed, declined, recalled, and taken on paper."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from contracts.errors.common import NOT_FOUND
from contracts.errors.signing import (
    DAY_AHEAD,
    DOCUMENT_UNKNOWN,
    NOT_ASSESSOR,
    PRESCRIBER_NOT_AMONG,
)
from services.signing.access import check_centre, check_technician, sight
from services.signing.model.case import Case
from services.signing.model.job import STOCKHOLM, Document, Job, Medium, midnight_after
from services.signing.ports import Database, Letters, Mail, Rules, Transaction

EXPIRED_AT_ONCE = 1000  # jobs a statement

Command = Mapping[str, Any]


def open_case(tx: Transaction, event: Mapping[str, Any]) -> None:
    """An adaptation is built: it waits for its document from now on.

    Source: S-4
    """
    names = ("work_order_number", "individual_number", "unit", "prescriber", "technician")
    told = {name: event[name] for name in (*names, "built_at")}
    tx.cases.open(Case(event["adaptation_id"], **told))


def send_for_signing(tx: Transaction, command: Command, rules: Rules, letters: Letters) -> Case:
    """Send a document to its signatories, each of whom gets a mail.

    Raises:
        NotFound: there is no such adaptation, or no such document.
        Conflict: a job is out, or the adaptation is released.
        Invalid: the prescriber is not among the signatories.

    Source: S-4, S-5, S-7, X-24
    """
    check_technician(tx.actor, rules)
    case = _case(tx, command["adaptation_id"], rules)
    case.job = _new_job(tx, case, command, Medium.DIGITAL)
    days = command["valid_days"] or rules.valid_days
    case.job.description = command["description"]
    case.job.expires_at = midnight_after(_today(tx.now) + timedelta(days))
    tx.cases.save(case)
    _mail(tx, case.job.signatories, letters.invitation(case, case.job))
    return case


def submit_paper(tx: Transaction, command: Command, rules: Rules, letters: Letters) -> Case:
    """Send in the scan of a document that was signed on paper, for somebody else to verify.

    Raises:
        Invalid: it cannot have been signed on that day; else as for `send_for_signing`.

    Source: S-3
    """
    check_technician(tx.actor, rules)
    case = _case(tx, command["adaptation_id"], rules)
    _check_day(case, command["signed_day"], tx.now)
    case.job = _new_job(tx, case, command, Medium.PAPER)
    case.job.signed_day = command["signed_day"]
    case.job.assessment_in_scan = command["assessment_in_scan"]
    tx.cases.save(case)
    if not case.job.assessment_in_scan:
        _mail(tx, [case.prescriber], letters.paper_sent(case, case.job))
    return case


def assess_risk(tx: Transaction, command: Command, rules: Rules) -> Case:
    """Make the functional risk assessment of a job, or a new version of it.

    Raises:
        Forbidden: the actor is not the prescriber who ordered the adaptation.

    Source: S-1, U-11
    """
    case = case_of(tx, command["job_id"], rules)
    if tx.actor.hsa_id != case.prescriber:
        raise NOT_ASSESSOR()
    case.latest.assess(command, tx.actor.hsa_id, tx.now)
    tx.cases.save(case)
    return case


def decline(tx: Transaction, command: Command, rules: Rules, letters: Letters) -> Case:
    """A signatory does not sign; everyone who takes part is told.

    Source: S-10
    """
    case = case_of(tx, command["job_id"], rules)
    case.decline(tx.actor.hsa_id, command["reason"], tx.now)
    return _closed(tx, case, letters.declined(case, case.latest))


def recall(tx: Transaction, command: Command, rules: Rules, letters: Letters) -> Case:
    """The technician takes a job back that is out."""
    check_technician(tx.actor, rules)
    case = case_of(tx, command["job_id"], rules)
    case.latest.recall(tx.actor.hsa_id, command["reason"], tx.now)
    return _closed(tx, case, letters.recalled(case, case.latest))


def verify_paper(tx: Transaction, command: Command, rules: Rules, letters: Letters) -> Case:
    """A colleague has compared the scan with the paper: the device is released.

    Raises:
        Forbidden: the actor has sent it in or signed it.
        Conflict: there is no assessment.

    Source: S-1, S-3, S-12
    """
    check_centre(tx.actor, rules)
    case = case_of(tx, command["job_id"], rules)
    tx.cases.keep_number(case, _today(tx.now).year)
    case.verify(tx.actor.hsa_id, tx.now)
    return _closed(tx, case, letters.registered(case, case.latest))


def reject_paper(tx: Transaction, command: Command, rules: Rules, letters: Letters) -> Case:
    """The scan does not hold; the technician sends a new one.

    Source: S-3
    """
    check_centre(tx.actor, rules)
    case = case_of(tx, command["job_id"], rules)
    case.reject(tx.actor.hsa_id, command["reason"], tx.now)
    return _closed(tx, case, letters.declined(case, case.latest))


def expire(database: Database, letters: Letters) -> int:
    """Close the jobs whose time is over; return how many.

    Source: S-7, X-24
    """
    expired, batch = 0, EXPIRED_AT_ONCE
    while batch == EXPIRED_AT_ONCE:
        with database.transaction() as tx:
            batch = tx.cases.expire(letters.expired(), EXPIRED_AT_ONCE)
        expired += batch
    return expired


def case_of(tx: Transaction, job_id: UUID, rules: Rules) -> Case:
    """The adaptation with that job.

    Raises:
        NotFound: there is none, or it is not the actor's to see.
    """
    case = tx.cases.of_job(job_id, sight(tx.actor, rules))
    if case is None:
        raise NOT_FOUND()
    return case


def _case(tx: Transaction, adaptation_id: UUID, rules: Rules) -> Case:
    case = tx.cases.get(adaptation_id, sight(tx.actor, rules))
    if case is None:
        raise NOT_FOUND()
    return case


def _new_job(tx: Transaction, case: Case, command: Command, medium: Medium) -> Job:
    version = case.next_version
    signatories = tuple(dict.fromkeys(command["signatories"])) or (case.prescriber,)
    if case.prescriber not in signatories:
        raise PRESCRIBER_NOT_AMONG()
    return Job(
        id=uuid5(command["command_id"], "job"),
        version=version,
        medium=medium,
        title=command["title"],
        description="",
        document=_document(tx, command["document_id"]),
        signatories=signatories,
        sent_by=tx.actor.hsa_id,
        sent_at=tx.now,
    )


def _document(tx: Transaction, document_id: UUID) -> Document:
    document = tx.documents.get(document_id)
    if document is None:
        raise DOCUMENT_UNKNOWN()
    return document


def _check_day(case: Case, day: date, now: datetime) -> None:
    if not _today(case.built_at) <= day <= _today(now):
        raise DAY_AHEAD(fields={"signed_day": "Värdet godtas inte."})


def _closed(tx: Transaction, case: Case, notice: Mail) -> Case:
    tx.cases.save(case)
    _mail(tx, case.people, notice)
    return case


def _mail(tx: Transaction, recipients: Any, notice: Mail) -> None:
    for recipient in recipients:
        tx.mail(recipient, **notice)


def _today(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()
