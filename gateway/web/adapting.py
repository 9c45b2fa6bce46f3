"""Custom adaptations (Swedish: specialanpassning): ordered, and listed until they are signed."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue

from contracts.errors import ordering as errors
from contracts.errors.maintenance import INDIVIDUAL_NUMBER_WRONG
from gateway import bus
from gateway.bus import Question
from gateway.web.asking import part, together
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.names import names
from gateway.web.ordering import PATIENT, page_number
from gateway.web.pages import room, show

pages = room("adapting")
UNSENT = {"state": "awaits_document"}
RISKS = 20  # that one form holds
BESIDE = {
    errors.PATIENT_UNKNOWN.code: PATIENT,
    errors.PERSONAL_IDENTITY_NUMBER_WRONG.code: PATIENT,
    errors.CUSTOMER_UNKNOWN.code: "customer_number",
    errors.DEVICE_UNKNOWN.code: "individual_number",
    errors.ADAPTATION_OPEN.code: "individual_number",
    INDIVIDUAL_NUMBER_WRONG.code: "individual_number",
}


@pages.get("/adaptations")
def adaptations() -> tuple[str, int]:
    found = part(lambda: bus.ordering.list_adaptations(filled(("state", "sort", "page"))))
    return show("adaptations.html", adaptations=found, number=page_number())


@pages.get("/adaptations/<uuid:adaptation_id>")
def adaptation(adaptation_id: UUID) -> tuple[str, int]:
    """What is to be built, and how far its documents have come; the look is logged.

    Source: U-10
    """
    about = {"adaptation_id": str(adaptation_id)}
    asks: dict[str, Question] = {
        "adaptation": Question(bus.ordering.get_adaptation, about),
        "jobs": Question(bus.signing.list_signing_jobs, about),
    }
    if g.person.actor.role == "technician":
        asks["cases"] = Question(bus.signing.list_signing_cases, about | UNSENT)
    parts = together(**asks)
    found = parts["adaptation"].needed
    return show(
        "adaptation.html",
        adaptation=found,
        jobs=parts["jobs"],
        waiting=bool("cases" in parts and parts["cases"].items),
        names=names(found["prescriber"]),
    )


@pages.get("/adaptations/new")
def new() -> tuple[str, int]:
    return _form(Form())


@pages.post("/adaptations/new")
def order() -> ResponseReturnValue:
    """Order the adaptation; the device is blocked from now on.

    Source: S-1, U-10
    """
    form = Form.sent()
    adds = form.is_checked("more")
    if adds or not form.send(bus.ordering.order_adaptation, _message(form), _beside(form)):
        return _form(form, blank=int(adds))
    number = form.answer["work_order_number"]
    flash(_("Anpassningen är beställd, arbetsorder %(number)s.") % {"number": number})
    return redirect("/adaptations", 303)


def _form(form: Form, blank: int = 0) -> tuple[str, int]:
    customers = part(lambda: bus.ordering.list_customers({}))
    rows = _rows(form) or [0]
    shown = [*rows, *range(max(rows) + 1, max(rows) + 1 + blank)][:RISKS]
    return show("adaptation_new.html", form.status, form=form, customers=customers, rows=shown)


def _message(form: Form) -> dict[str, Any]:
    names = ("customer_number", "individual_number", "instruction")
    risks = [
        {name: form.text(f"{name}_{at}") for name in ("description", "measure")}
        for at in _rows(form)
    ]
    return form.given(*names) | form.person_number(PATIENT) | {"risks": risks}


def _rows(form: Form) -> list[int]:
    return [
        at for at in range(RISKS) if form.text(f"description_{at}") + form.text(f"measure_{at}")
    ]


def _beside(form: Form) -> dict[str, str]:
    """Where complaints of the risks belong in the form, beside those of its other fields."""
    beside = BESIDE | {"risks": "description_0"}
    for risk, at in enumerate(_rows(form)):
        beside |= {f"risks/{risk}/{name}": f"{name}_{at}" for name in ("description", "measure")}
    return beside
