"""The functional risk assessment of an adaptation (Swedish: funktionell riskbedömning)."""

from typing import Any
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from contracts.errors import signing as errors
from gateway import bus
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

pages = room("signing_assessment")
RISKS = 20  # that one form holds
TEXTS = ("area", "description", "measure")
GRADES = ("probability", "severity")
ACCEPTABLE = "acceptable"  # yes, no, or nothing until it is said


@pages.get("/signing/<uuid:job_id>/assessment")
def assessment(job_id: UUID) -> tuple[str, int]:
    """The form, with the assessment that there is."""
    found = bus.signing.get_signing_job({"job_id": str(job_id)})
    return _form(found, Form(values=_values(found["assessment"])))


@pages.post("/signing/<uuid:job_id>/assessment")
def assess(job_id: UUID) -> ResponseReturnValue:
    """Make the assessment, or its next version.

    Source: S-1, U-11
    """
    form = Form.sent()
    message = {
        "job_id": str(job_id),
        "risks": [_risk(form, at) for at in _rows(form)],
        **form.given("conclusion"),
    }
    adds = form.is_checked("more")
    if adds or not form.send(bus.signing.assess_risk, message, _beside(form)):
        found = bus.signing.get_signing_job({"job_id": str(job_id)})
        return _form(found, form, blank=int(adds))
    flash(_("Riskbedömningen är sparad."))
    return redirect(f"/signing/{job_id}", 303)


def _form(job: dict[str, Any], form: Form, blank: int = 0) -> tuple[str, int]:
    rows = _rows(form) or [0]
    shown = [*rows, *range(max(rows) + 1, max(rows) + 1 + blank)][:RISKS]
    return show("signing_assessment.html", form.status, job=job, form=form, rows=shown)


def _rows(form: Form) -> list[int]:
    names = (*TEXTS, *GRADES, ACCEPTABLE)
    return [at for at in range(RISKS) if form.given(*(f"{name}_{at}" for name in names))]


def _risk(form: Form, at: int) -> dict[str, Any]:
    """What has been said of a risk; nothing is taken for granted of what has not."""
    texts = {name: form.text(f"{name}_{at}") for name in TEXTS}
    grades = {name: form.number(f"{name}_{at}") for name in GRADES}
    said = {name: value for name, value in (texts | grades).items() if value != ""}
    is_acceptable = form.text(f"{ACCEPTABLE}_{at}")
    return said | ({ACCEPTABLE: is_acceptable == "yes"} if is_acceptable else {})


def _beside(form: Form) -> dict[str, str]:
    """Where complaints of the single risks belong in the form."""
    beside = {"risks": "area_0", errors.CONCLUSION_CONTRADICTS.code: "conclusion"}
    for risk, at in enumerate(_rows(form)):
        beside |= {f"risks/{risk}/{name}": f"{name}_{at}" for name in (*TEXTS, *GRADES, ACCEPTABLE)}
    return beside


def _values(known: dict[str, Any] | None) -> MultiDict[str, str]:
    """The form's fields as the assessment has them; of a new one nothing is chosen beforehand."""
    values: MultiDict[str, str] = MultiDict()
    for at, risk in enumerate((known or {"risks": []})["risks"][:RISKS]):
        values.update({f"{name}_{at}": str(risk[name]) for name in (*TEXTS, *GRADES)})
        values[f"{ACCEPTABLE}_{at}"] = "yes" if risk["acceptable"] else "no"
    if known:
        values["conclusion"] = known["conclusion"]
    return values
