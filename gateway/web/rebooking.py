"""A booked time is moved to another, at the same place and for the same service product."""

from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from gateway import bus
from gateway.web.booking_times import Picker
from gateway.web.consultations import activity_of
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

pages = room("rebooking")


@pages.get("/work-orders/<digits:number>/rebooking")
def choose(number: str) -> ResponseReturnValue:
    return _shown(number, Form())


@pages.post("/work-orders/<digits:number>/rebooking")
def move(number: str) -> ResponseReturnValue:
    form = Form.sent()
    message = {
        "booking_id": form.text("booking_id"),
        "start": form.text("start"),
        "consultant_id": form.number("consultant") if form.text("consultant") else None,
        "cause": form.text("cause"),
    }
    if not form.send(bus.booking.rebook_time, message):
        return _shown(number, form)
    flash(_("Tiden är ombokad. En ny bekräftelse kommer med e-post."))
    return redirect(f"/work-orders/{number}", 303)


def _shown(number: str, form: Form) -> ResponseReturnValue:
    """The times to move to; nothing is to be moved unless a time is booked."""
    order = bus.ordering.get_work_order({"work_order_number": number})
    activity: dict[str, Any] = activity_of(order)
    booking = activity.get("booking")
    if not booking or activity["state"] != "booked":
        return redirect(f"/work-orders/{number}", 303)
    picker = Picker.for_booking(booking, request.args)
    return show(
        "rebooking.html", form.status, order=order, booking=booking, picker=picker, form=form
    )
