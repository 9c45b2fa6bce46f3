"""Work orders on devices: reported, listed by clock, started, paused, finished."""

from typing import Any

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from contracts.errors import maintenance as errors
from gateway import bus
from gateway.bus import Method
from gateway.web import times
from gateway.web.asking import part
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.names import names
from gateway.web.ordering import page_number
from gateway.web.pages import room, show

pages = room("maintenance")
TEXTS = ("kind", "individual_number", "description", "place_on_device", "address", "door_code")
BESIDE = {
    "contacts/0/name": "contact_name",
    "contacts/0/telephone": "contact_telephone",
    errors.INDIVIDUAL_NUMBER_WRONG.code: "individual_number",
    errors.ACUTE_NOT_BASIC_NEED.code: "basic_need",
    errors.ACUTE_NOT_BY_PRESCRIBER.code: "kind",
}
ABOUT_TIME = (errors.TIME_IN_FUTURE, errors.TIME_TOO_OLD, errors.TIME_BEFORE_LAST)
CHANGES: dict[str, tuple[Method, str]] = {
    "start": (bus.maintenance.start_work, "Arbetet är påbörjat."),
    "pause": (bus.maintenance.pause_work, "Arbetet är pausat. Klockorna står."),
    "resumption": (bus.maintenance.resume_work, "Arbetet är återupptaget."),
    "completion": (bus.maintenance.finish_work, "Arbetet är klart."),
    "cancellation": (bus.maintenance.cancel_work, "Arbetet är avbrutet."),
}


@pages.get("/maintenance")
def orders() -> tuple[str, int]:
    """The work orders; `technician=me` in the address keeps those of whoever looks."""
    wanted = filled(("state", "kind", "individual_number", "sort", "page"))
    if request.args.get("technician") == "me":
        wanted["technician"] = g.person.actor.hsa_id
    found = part(lambda: bus.maintenance.list_maintenance_orders(wanted))
    return show("maintenance.html", orders=found, number=page_number())


@pages.get("/maintenance/fulfilment")
def fulfilment() -> tuple[str, int]:
    """How many works were done in time, as a chart and a table."""
    return show("fulfilment.html", rows=part(lambda: bus.maintenance.get_fulfilment({})))


@pages.get("/maintenance/new")
def new() -> tuple[str, int]:
    return show("maintenance_new.html", form=Form())


@pages.post("/maintenance/new")
def register() -> ResponseReturnValue:
    form = Form.sent()
    if not form.send(bus.maintenance.register_maintenance, _fault(form), BESIDE):
        return show("maintenance_new.html", form.status, form=form)
    number = form.answer["work_order_number"]
    flash(_("Arbetsorder %(number)s är registrerad.") % {"number": number})
    return redirect(f"/maintenance/{number}", 303)


@pages.get("/maintenance/<digits:number>")
def order(number: str) -> tuple[str, int]:
    return _shown(number, Form())


@pages.post(
    "/maintenance/<digits:number>/<any(start,pause,resumption,completion,cancellation):what>"
)
def change(number: str, what: str) -> ResponseReturnValue:
    """Say what has happened to the work, now or at the time that the form tells."""
    method, done = CHANGES[what]
    form = Form.sent()
    at = times.from_field(form.text("at"))
    message = {"work_order_number": number, "at": at, **form.given("cause")}
    beside = {"cause": f"cause-{what}", "at": f"at-{what}"}
    beside |= {one.code: f"at-{what}" for one in ABOUT_TIME}
    if not form.send(method, message, beside):
        return _shown(number, form, what)
    flash(_(done))
    return redirect(f"/maintenance/{number}", 303)


@pages.post("/maintenance/<digits:number>/assignment")
def take(number: str) -> ResponseReturnValue:
    """Let whoever is logged in take the work order."""
    form = Form.sent()
    message = {"work_order_number": number, "technician": g.person.actor.hsa_id}
    if not form.send(bus.maintenance.assign_technician, message):
        return _shown(number, form)
    flash(_("Arbetsordern är din."))
    return redirect(f"/maintenance/{number}", 303)


def _shown(number: str, form: Form, asked: str = "") -> tuple[str, int]:
    """
    Args:
        asked: which of the page's forms was sent.
    """
    found = bus.maintenance.get_maintenance_order({"work_order_number": number})
    mine = found["technician"] == g.person.actor.hsa_id
    return show(
        "maintenance_order.html",
        form.status,
        order=found,
        form=form,
        asked=asked,
        is_mine=mine,
        names={} if mine else names(found["technician"]),
    )


def _fault(form: Form) -> dict[str, Any]:
    contact = form.given("contact_name", "contact_telephone")
    return {
        **form.given(*TEXTS, "basic_need", "unit", "prescriber"),
        "contacts": [{name.removeprefix("contact_"): text for name, text in contact.items()}],
        "patient_can_come_in": form.is_checked("patient_can_come_in"),
        "stand_in_needed": form.is_checked("stand_in_needed"),
    }
