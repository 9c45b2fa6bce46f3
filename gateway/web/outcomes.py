"""What became of a consultation: noted after the visit, or the activity opened again."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from gateway import bus
from gateway.web.consultations import shown
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room

pages = room("outcomes")


@pages.post("/work-orders/<digits:number>/outcome")
def record(number: str) -> ResponseReturnValue:
    """Note whether the visit was held."""
    form = Form.sent()
    message = {
        "booking_id": form.text("booking_id"),
        "outcome": form.text("outcome"),
        "note": form.text("note"),
        "follow_up": form.is_checked("follow_up"),
    }
    if not form.send(bus.booking.record_outcome, message):
        return shown(number, form)
    flash(_("Utfallet är noterat."))
    return redirect(f"/work-orders/{number}", 303)


@pages.post("/work-orders/<digits:number>/reopening")
def reopen(number: str) -> ResponseReturnValue:
    """Open a closed activity again, to choose a time for it."""
    form = Form.sent()
    if not form.send(bus.booking.reopen_activity, {"activity_id": form.text("activity_id")}):
        return shown(number, form)
    flash(_("Aktiviteten är öppen igen. Välj en tid."))
    return redirect(f"/work-orders/{number}", 303)
