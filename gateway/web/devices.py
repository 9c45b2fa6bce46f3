"""Devices by individual number: found, delivered and taken back.

Source: S-1
"""

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue

from contracts.errors import ordering as errors
from gateway import bus
from gateway.web.asking import part
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.ordering import PATIENT, page_number
from gateway.web.pages import room, show

pages = room("devices")
KEEPERS = ("technician", "customer_service")
BESIDE = {
    errors.CUSTOMER_UNKNOWN.code: "customer_number",
    errors.PATIENT_UNKNOWN.code: PATIENT,
    errors.PERSONAL_IDENTITY_NUMBER_WRONG.code: PATIENT,
}


@pages.get("/devices")
def devices() -> tuple[str, int]:
    found = part(lambda: bus.ordering.list_devices(filled(("state", "search", "sort", "page"))))
    return show("devices.html", devices=found, number=page_number())


@pages.get("/devices/<number>")
def device(number: str) -> tuple[str, int]:
    return _shown(number, Form())


@pages.post("/devices/<number>/delivery")
def deliver(number: str) -> ResponseReturnValue:
    """Deliver the device; one with an unsigned adaptation is delivered to nobody."""
    form = Form.sent()
    message = {"individual_number": number, **form.given("customer_number")}
    message |= form.person_number(PATIENT)
    if not form.send(bus.ordering.deliver_device, message, BESIDE):
        return _shown(number, form)
    flash(_("Hjälpmedlet är levererat."))
    return redirect(f"/devices/{number}", 303)


@pages.post("/devices/<number>/return")
def take_back(number: str) -> ResponseReturnValue:
    form = Form.sent()
    if not form.send(bus.ordering.return_device, {"individual_number": number}):
        return _shown(number, form)
    flash(_("Hjälpmedlet är tillbaka i lager."))
    return redirect(f"/devices/{number}", 303)


def _shown(number: str, form: Form) -> tuple[str, int]:
    found = bus.ordering.get_device({"individual_number": number})
    keeps = g.person.actor.role in KEEPERS
    return show("device.html", form.status, device=found, form=form, keeps=keeps)
