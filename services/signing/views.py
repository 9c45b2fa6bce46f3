"""Adaptations and signing jobs as callers see them."""

from datetime import datetime
from typing import Any

from contracts.signing import (
    FileClaim,
    RegisteredDocument,
    SigningCase,
    SigningJobSummary,
    SigningJobView,
    ValidationReport,
)
from services.signing.model.assessment import Assessment
from services.signing.model.case import Case
from services.signing.model.job import Document, Job, Medium, State
from services.signing.pades.verification import Verification

Json = dict[str, Any]


def registered_document(document: Document) -> Json:
    return RegisteredDocument.write(_document(document))


def case_view(case: Case) -> Json:
    more = {"adaptation_id": case.id, "state": case.state.value}
    return SigningCase.write(vars(case) | more | {"job_id": case.job and case.job.id})


def job_summary(case: Case) -> Json:
    """Without what its people wrote."""
    return SigningJobSummary.write(_summary(case))


def job_view(case: Case) -> Json:
    job = case.latest
    return SigningJobView.write(
        _summary(case)
        | {name: getattr(job, name) for name in ("title", "description", "sent_by", "reason")}
        | {name: getattr(job, name) for name in ("signed_day", "assessment_in_scan", "closed_by")}
        | {
            "signatories": _signatories(job),
            "document": _document(job.document),
            "assessment": _assessment(job.assessment),
        }
    )


def file_claim(case: Case) -> Json:
    """Source: S-10"""
    file = case.latest.file
    name = f"Specialanpassningsanvisning {case.work_order_number}.pdf"
    return FileClaim.write(vars(file) | {"file_name": name})


def report(case: Case, found: Verification, now: datetime) -> Json:
    signatures = [
        vars(one) | {"signed_at": one.time, "covers_document": one.covered, "holds": one.holds}
        for one in found.signatures
    ]
    return ValidationReport.write(
        {
            "job_id": case.latest.id,
            "sha256": case.latest.file.sha256,
            "holds": found.holds,
            "validated_at": now,
            "signatures": signatures,
        }
    )


def _summary(case: Case) -> Json:
    job = case.latest
    registered = job.state is State.SIGNED
    return {
        "job_id": job.id,
        "adaptation_id": case.id,
        "work_order_number": case.work_order_number,
        "individual_number": case.individual_number,
        "version": job.version,
        "medium": job.medium.value,
        "state": job.state.value,
        "signatures": len(job.signatories) if _on_paper(job) else len(job.signatures),
        "wanted": len(job.signatories),
        "assessment_version": job.assessment and job.assessment.version,
        "sent_at": job.sent_at,
        "last_day": job.last_day,
        "closed_at": job.closed_at,
        "diary_number": case.diary_number if registered else None,
    }


def _signatories(job: Job) -> list[Json]:
    """On paper, all have signed."""
    signed = {one.hsa_id: one.signed_at for one in job.signatures}
    return [
        {
            "hsa_id": one,
            "state": "signed" if one in signed or _on_paper(job) else "waiting",
            "signed_at": signed.get(one),
        }
        for one in job.signatories
    ]


def _on_paper(job: Job) -> bool:
    return job.medium is Medium.PAPER


def _document(document: Document) -> Json:
    return vars(document) | {"document_id": document.id}


def _assessment(made: Assessment | None) -> Json | None:
    if made is None:
        return None
    return vars(made) | {"conclusion": made.conclusion.value, "sha256": made.sha256}
