"""Adaptations with their jobs as rows, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.signing.model.assessment import Assessment, Conclusion, Risk
from services.signing.model.case import Case
from services.signing.model.job import Document, Job, Medium, Signature, State

Row = Mapping[str, Any]
CASE = ("id", "work_order_number", "individual_number", "unit", "prescriber", "technician")
AS_IT_IS = ("version", "title", "description", "sent_by", "assessment_in_scan", "closed_by")
ALWAYS = ("title", "description", "signatories", "sent_by", "sent_at", "expires_at")
LATER = ("signed_day", "assessment_in_scan", "closed_at", "closed_by", "reason")


def case(row: Row) -> Case:
    names = (*CASE, "built_at", "diary_number", "version")
    return Case(**{name: row[name] for name in names}, job=_job(row) if row["job"] else None)


def opened(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in (*CASE, "built_at")}


def changed(case: Case) -> dict[str, Any]:
    """All that is stored of a case that has a job."""
    job = case.latest
    return {
        "id": case.id,
        "version": case.version,
        "job_id": job.id,
        "job_version": job.version,
        "medium": job.medium.value,
        "state": job.state.value,
        "document_id": job.document.id,
        **{name: getattr(job, name) for name in (*ALWAYS, *LATER)},
        "signatories": list(job.signatories),
        "assessments": json.dumps([_assessed(one) for one in job.assessments]),
        "signatures": json.dumps(
            [asdict(one) | {"position": at} for at, one in enumerate(job.signatures, start=1)],
            default=str,
        ),
    }


def document(row: Row) -> Document:
    names = ("key", "size", "sha256", "pages")
    return Document(UUID(str(row["id"])), **{name: row[name] for name in names})


def _job(row: Row) -> Job:
    told = row["job"]
    return Job(
        id=UUID(told["id"]),
        medium=Medium(told["medium"]),
        state=State(told["state"]),
        document=document(row["document"]),
        signatories=tuple(told["signatories"]),
        sent_at=_instant(told["sent_at"]),
        expires_at=told["expires_at"] and _instant(told["expires_at"]),
        closed_at=told["closed_at"] and _instant(told["closed_at"]),
        signed_day=told["signed_day"] and date.fromisoformat(told["signed_day"]),
        reason=told["reason"],
        assessments=[_assessment(one) for one in row["assessments"] or ()],
        signatures=[_signature(one) for one in row["signatures"] or ()],
        **{name: told[name] for name in AS_IT_IS},
    )


def _assessed(made: Assessment) -> dict[str, Any]:
    return asdict(made) | {"made_at": made.made_at.isoformat(), "sha256": made.sha256}


def _assessment(told: Row) -> Assessment:
    return Assessment(
        told["version"],
        tuple(Risk(**risk) for risk in told["risks"]),
        Conclusion(told["conclusion"]),
        told["made_by"],
        _instant(told["made_at"]),
    )


def _signature(told: Row) -> Signature:
    names = ("hsa_id", "assessment_version", "key", "size", "sha256")
    known = {name: told[name] for name in names}
    return Signature(signed_at=_instant(told["signed_at"]), **known)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
