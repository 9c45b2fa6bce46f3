"""A time is held while the form is filled in, then booked or let go; or two, for one visit."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from contracts.errors import booking as errors
from gateway import bus
from gateway.web import held, times
from gateway.web.booking_times import CHOICES
from gateway.web.consultations import held_now, shown
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

pages = room("holding")
AFRESH = {  # after these the time is gone: another is to be chosen
    errors.HOLD_EXPIRED.code,
    errors.SLOT_TAKEN.code,
    errors.SLOT_IN_THE_PAST.code,
    errors.SLOT_NOT_OPEN.code,
    errors.ACTIVITY_CLOSED.code,
    errors.ACTIVITY_BOOKED.code,
    errors.VISIT_APART.code,
}


@pages.post("/work-orders/<digits:number>/holds")
def hold(number: str) -> ResponseReturnValue:
    """Keep the time that was pressed for a while."""
    form = Form.sent()
    kept = held.take(number, form)
    if kept is None:
        return shown(number, form, request.form)
    return redirect(f"/work-orders/{number}/booking?hold={held.written(kept)}", 303)


@pages.get("/work-orders/<digits:number>/booking")
def confirm(number: str) -> ResponseReturnValue:
    """What is about to be booked, how long it is held, and whom to call."""
    kept = held.read(request.args.get("hold", ""), number)
    if kept is None:
        return redirect(f"/work-orders/{number}")
    return _confirm(kept, Form())


@pages.post("/work-orders/<digits:number>/booking")
def book(number: str) -> ResponseReturnValue:
    """Book what is held; or, when that was pressed, hold it longer and go on typing."""
    form = Form.sent()
    kept = held.read(form.text("hold"), number)
    if kept is None:
        return redirect(f"/work-orders/{number}", 303)
    if form.is_checked("longer"):
        _keep_longer(kept, form)
    elif _book(kept, form):
        return redirect(f"/work-orders/{number}", 303)
    if form.refusal and form.refusal["code"] in AFRESH:
        return shown(number, form, kept["chosen"])
    return _confirm(kept, form)


@pages.post("/work-orders/<digits:number>/release")
def release(number: str) -> ResponseReturnValue:
    """Let the held time go, and choose another."""
    form = Form.sent()
    kept = held.read(form.text("hold"), number)
    if kept is None:
        return redirect(f"/work-orders/{number}", 303)
    held.release(kept["parts"], form)
    return redirect(f"/work-orders/{number}?{urlencode(kept['chosen'])}", 303)


@pages.post("/work-orders/<digits:number>/holds/<uuid:hold_id>/release")
def release_another(number: str, hold_id: UUID) -> ResponseReturnValue:
    """Let go of a time held for another work order, and go on choosing for this one."""
    form = Form.sent()
    if not held.let_go(str(hold_id), form):
        return shown(number, form, request.form, held_now())
    flash(_("Tiden är släppt."))
    return redirect(f"/work-orders/{number}?{urlencode(form.given(*CHOICES))}", 303)


def _keep_longer(kept: dict[str, Any], form: Form) -> None:
    held.keep_longer(kept, form)
    if not form.refusal:
        flash(_("Tiden hålls åt dig till %(until)s.") % {"until": times.clock(held.until(kept))})


def _book(kept: dict[str, Any], form: Form) -> bool:
    """Book what is held; whether that was done."""
    message = held.to_book(kept, form.text("telephone"))
    if not form.send(bus.booking.book_time, message, {errors.TELEPHONE_WRONG.code: "telephone"}):
        return False
    if "together_with" in message:
        flash(_("Båda tiderna är bokade, i ett besök. Bekräftelserna kommer med e-post."))
    else:
        flash(_("Tiden är bokad. En bekräftelse kommer med e-post."))
    return True


def _confirm(kept: dict[str, Any], form: Form) -> tuple[str, int]:
    return show(
        "booking.html",
        form.status,
        number=kept["number"],
        held=kept,
        until=held.until(kept),
        form=form,
        token_of_hold=held.written(kept),
    )
