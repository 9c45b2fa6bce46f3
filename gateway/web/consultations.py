"""Consultations: asked for, and looked at with their work order and booking."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from contracts.errors import ordering as errors
from contracts.errors.booking import TOO_MANY_HOLDS
from gateway import bus
from gateway.bus import Question
from gateway.web.asking import Part, part, together
from gateway.web.booking_times import Picker
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.ordering import PATIENT, page_number
from gateway.web.pages import room, show
from gateway.web.times import is_past

pages = room("consultations")
OPEN = ("registered", "booking")
VISITED = ("booked", "held")  # when the time has passed
BESIDE = {
    errors.PATIENT_UNKNOWN.code: PATIENT,
    errors.PERSONAL_IDENTITY_NUMBER_WRONG.code: PATIENT,
    errors.CONSULTATION_ACUTE.code: "acute",
}


@pages.get("/consultations")
def consultations() -> tuple[str, int]:
    found = part(lambda: bus.booking.list_activities(filled(("state", "sort", "page"))))
    return show("consultations.html", activities=found, number=page_number())


@pages.get("/consultations/new")
def new() -> tuple[str, int]:
    return _form(Form())


@pages.post("/consultations/new")
def register() -> ResponseReturnValue:
    """Ask for a consultation, and go straight on to its times."""
    form = Form.sent()
    message = {
        "customer_number": form.text("customer_number"),
        "description": form.text("description"),
        "acute": form.is_checked("acute"),
        **form.person_number(PATIENT),
    }
    if not form.send(bus.ordering.register_consultation, message, BESIDE):
        return _form(form)
    number = form.answer["work_order_number"]
    flash(_("Arbetsorder %(number)s är registrerad. Välj en tid.") % {"number": number})
    return redirect(f"/work-orders/{number}", 303)


@pages.get("/work-orders/<digits:number>")
def work_order(number: str) -> tuple[str, int]:
    return shown(number, Form())


@pages.get("/work-orders/<digits:number>/patient")
def patient(number: str) -> tuple[str, int]:
    """Whom it is for: shown when somebody asks, as each look is logged."""
    found = bus.ordering.get_work_order_patient({"work_order_number": number})
    return show("work_order_patient.html", number=number, patient=found)


@pages.post("/work-orders/<digits:number>/cancellation")
def cancel(number: str) -> ResponseReturnValue:
    """Give the booked time back, or those of the whole visit."""
    form = Form.sent()
    wanted = {
        "booking_id": form.text("booking_id"),
        "whole_visit": form.is_checked("whole_visit"),
    }
    if not form.send(bus.booking.cancel_booking, wanted):
        return shown(number, form)
    flash(_("Tiden är avbokad. Boka en ny innan aktiviteten stängs."))
    return redirect(f"/work-orders/{number}", 303)


def shown(
    number: str, form: Form, chosen: Mapping[str, str] | None = None, holds: Part | None = None
) -> tuple[str, int]:
    """The work order with its activity, and the times to choose from while it is open.

    Args:
        chosen: what was chosen before, unless the address tells.
        holds: what the reader holds, unless only a refusal asks for it.
    """
    picker = Picker.of(number, request.args if chosen is None else chosen)
    # Somebody who has chosen a place is choosing: most likely it is open.
    early = picker.questions() if picker.chosen["place"] else {}
    parts = together(**_about(number), **early)
    order, activity = _known(parts)
    is_open = activity.get("state") in OPEN
    if is_open:
        picker.take(parts if early else together(**picker.questions()))
    return show(
        "work_order.html",
        form.status,
        order=order,
        activity=activity,
        picker=picker if is_open else None,
        asked=_questionnaire(activity),
        held=holds or _held(form),
        form=form,
    )


def known(number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The work order, and what booking knows of it: nothing in the moment before it has heard.

    Raises:
        NotFound: the actor's unit has no such work order.
    """
    return _known(together(**_about(number)))


def _about(number: str) -> dict[str, Question]:
    named = {"work_order_number": number}
    return {
        "order": Question(bus.ordering.get_work_order, named),
        "activities": Question(bus.booking.list_activities, named),
    }


def _known(parts: Mapping[str, Part]) -> tuple[dict[str, Any], dict[str, Any]]:
    order, activities = parts["order"].needed, parts["activities"].needed["items"]
    return order, next(iter(activities), {})


def _questionnaire(activity: dict[str, Any]) -> Part:
    """What the reader is asked about a visit that is over; nothing who was not there."""
    booking = activity.get("booking")
    if not booking or activity["state"] not in VISITED or not is_past(booking["end"]):
        return Part()
    about = {"booking_id": booking["booking_id"]}
    return part(lambda: bus.booking.get_questionnaire(about))


def _held(form: Form) -> Part:
    """What the reader holds, when that is too much for another time; else nothing."""
    if not form.refusal or form.refusal["code"] != TOO_MANY_HOLDS.code:
        return Part()
    return held_now()


def held_now() -> Part:
    """What the reader holds now."""
    return part(Question(bus.booking.list_holds, {}))


def _form(form: Form) -> tuple[str, int]:
    customers = part(lambda: bus.ordering.list_customers({}))
    return show("consultation_new.html", form.status, form=form, customers=customers)
