"""A booked time is moved to another, at the same place and for the same service product.

Of two work orders in one visit both are moved, or one: then the other keeps its time.

Source: B-12, B-14
"""

from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from gateway import bus
from gateway.web.booking_times import Picker, pressed
from gateway.web.consultations import known
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

pages = room("rebooking")
ALONE = "one"  # of what is to be moved: only this work order


@pages.get("/work-orders/<digits:number>/rebooking")
def choose(number: str) -> ResponseReturnValue:
    return _shown(number, Form())


@pages.post("/work-orders/<digits:number>/rebooking")
def move(number: str) -> ResponseReturnValue:
    form = Form.sent()
    start, consultant, _other = pressed(form.text("start"))
    message = {
        "booking_id": form.text("booking_id"),
        "start": start,
        "consultant_id": consultant,
        "whole_visit": form.is_checked("whole_visit"),
    } | form.given("cause")
    if not form.send(bus.booking.rebook_time, message):
        return _shown(number, form)
    flash(_("Tiden är ombokad. En ny bekräftelse kommer med e-post."))
    return redirect(f"/work-orders/{number}", 303)


def _shown(number: str, form: Form) -> ResponseReturnValue:
    """The times to move to; nothing is to be moved unless a time is booked."""
    booking, order = _booked(number)
    if not booking:
        return redirect(f"/work-orders/{number}", 303)
    other = None
    beside = booking.get("together_with")
    if beside and request.values.get("move") != ALONE:
        other, _order = _booked(beside)
    picker = Picker.for_booking(booking, other, request.values)
    return show(
        "rebooking.html", form.status, order=order, booking=booking, picker=picker, form=form
    )


def _booked(number: str) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """The work order's booked time, if it has one, and the work order."""
    order, activity = known(number)
    return activity.get("booking") if activity.get("state") == "booked" else None, order
