"""Signing jobs (Swedish: underskriftsärende): listed, read, signed, declined, taken back."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from contracts.errors.common import NOT_FOUND
from gateway import bus
from gateway.api import files
from gateway.auth import step_up
from gateway.bus import Method, Question
from gateway.web.asking import part, together
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.names import names
from gateway.web.ordering import page_number
from gateway.web.pages import room, show

pages = room("signing")
CENTRE = ("technician", "customer_service")
UNSENT = {"state": "awaits_document"}
CHANGES: dict[str, tuple[Method, str]] = {
    "refusal": (bus.signing.decline_job, "Du har avböjt. Alla som tar del i ärendet får veta det."),
    "recall": (bus.signing.recall_job, "Ärendet är återkallat."),
    "verification": (bus.signing.verify_paper, "Handlingen är godkänd och diarieförd."),
    "rejection": (bus.signing.reject_paper, "Handlingen är underkänd."),
}


@pages.get("/signing")
def jobs() -> tuple[str, int]:
    """The signing jobs, and for the supply centre what waits for a document."""
    wanted = filled(("state", "waits_for", "sort", "page"))
    asks = {"jobs": Question(bus.signing.list_signing_jobs, wanted)}
    if g.person.actor.role in CENTRE:
        asks["cases"] = Question(bus.signing.list_signing_cases, UNSENT)
    parts = together(**asks)
    return show("signing.html", jobs=parts["jobs"], cases=parts.get("cases"), number=page_number())


@pages.get("/signing/cases")
def cases() -> tuple[str, int]:
    """The built adaptations whose document is to be sent."""
    wanted = UNSENT | filled(("sort", "page"))
    found = part(lambda: bus.signing.list_signing_cases(wanted))
    return show("signing_cases.html", cases=found, number=page_number())


@pages.get("/signing/<uuid:job_id>")
def job(job_id: UUID) -> tuple[str, int]:
    return _shown(str(job_id), Form())


@pages.get("/signing/<uuid:job_id>/news")
def news(job_id: UUID) -> tuple[str, int]:
    """What has happened to a job since its page was `seen`; no content where nothing has.

    The list is asked: a look at the job itself is logged, and here nobody looks.
    """
    listed = bus.signing.list_signing_jobs(filled(("adaptation_id",)))
    job = next((one for one in listed["items"] if one["job_id"] == str(job_id)), None)
    if job is None:
        raise NOT_FOUND()
    stage = _stage(job)
    if request.args.get("seen") == stage:
        return "", HTTPStatus.NO_CONTENT
    return show("signing_news.html", job=job, stage=stage)


@pages.get("/signing/<uuid:job_id>/document")
def document(job_id: UUID) -> Response:
    """The document as it is now, for the browser to show."""
    return files.given_out(bus.signing.get_job_document({"job_id": str(job_id)}))


@pages.get("/signing/<uuid:job_id>/report")
def report(job_id: UUID) -> tuple[str, int]:
    """Whether the signatures hold (Swedish: valideringsrapport)."""
    found = bus.signing.get_validation_report({"job_id": str(job_id)})
    signed_by = names(*(one["hsa_id"] for one in found["signatures"]))
    return show("signing_report.html", report=found, names=signed_by)


@pages.post("/signing/<uuid:job_id>/signature")
def sign(job_id: UUID) -> ResponseReturnValue:
    """Sign, by the fresh login made for this job.

    Source: S-8, S-11
    """
    form = Form.sent()
    message = {
        "job_id": str(job_id),
        "assessment_version": form.number("assessment_version"),
        "login": step_up.login_for(str(job_id)),
    }
    if not form.send(bus.signing.sign_job, message):
        return _shown(str(job_id), form)
    flash(_("Du har skrivit under."))
    return redirect(f"/signing/{job_id}", 303)


@pages.post("/signing/<uuid:job_id>/<any(refusal,recall,verification,rejection):what>")
def change(job_id: UUID, what: str) -> ResponseReturnValue:
    method, done = CHANGES[what]
    form = Form.sent()
    reason = {} if what == "verification" else form.given("reason")
    if not form.send(method, {"job_id": str(job_id), **reason}, {"reason": f"reason-{what}"}):
        return _shown(str(job_id), form)
    flash(_(done))
    return redirect(f"/signing/{job_id}", 303)


def _shown(job_id: str, form: Form) -> tuple[str, int]:
    found = bus.signing.get_signing_job({"job_id": job_id})
    me = g.person.actor.hsa_id
    is_fresh = step_up.login_for(job_id) is not None
    is_refused = bool(form.refusal and form.refusal["code"].startswith("signing.login"))
    return show(
        "signing_job.html",
        form.status,
        job=found,
        stage=_stage(found),
        names=names(*_named_in(found)),
        form=form,
        mine=next((one for one in found["signatories"] if one["hsa_id"] == me), None),
        is_fresh=is_fresh and not is_refused,
        asked=request.path.rpartition("/")[2],
    )


def _stage(job: Mapping[str, Any]) -> str:
    """How far a job has come: what differs when something has happened to it."""
    return f"{job['state']}-{job.get('assessment_version')}-{job['signatures']}"


def _named_in(job: Mapping[str, Any]) -> list[str | None]:
    """Whoever the page of a job names."""
    made_by = (job["assessment"] or {}).get("made_by")
    signatories = (one["hsa_id"] for one in job["signatories"])
    return [*signatories, job["sent_by"], made_by, job["closed_by"]]
