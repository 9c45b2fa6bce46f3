"""A time is held while the form is filled in, then booked or let go."""

from typing import Any

from flask import current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from contracts.errors import booking as errors
from gateway import bus
from gateway.web.consultations import shown
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

pages = room("holding")
AFRESH = {  # after these the time is gone: another is to be chosen
    errors.HOLD_EXPIRED.code,
    errors.SLOT_TAKEN.code,
    errors.SLOT_IN_THE_PAST.code,
    errors.ACTIVITY_CLOSED.code,
    errors.ACTIVITY_BOOKED.code,
}


@pages.post("/work-orders/<digits:number>/holds")
def hold(number: str) -> ResponseReturnValue:
    """Keep the time that was pressed for a while."""
    form = Form.sent()
    order = bus.ordering.get_work_order({"work_order_number": number})
    message = {
        "activity_id": order["activity_id"],
        "place_id": form.number("place"),
        "service_product_id": form.number("product"),
        "start": form.text("start"),
        "consultant_id": form.number("consultant") if form.text("consultant") else None,
    }
    if not form.send(bus.booking.hold_time, message):
        return shown(number, form)
    kept = form.answer | form.given("place_name", "product_name") | {"number": number}
    return redirect(f"/work-orders/{number}/booking?hold={_serializer().dumps(kept)}", 303)


@pages.get("/work-orders/<digits:number>/booking")
def confirm(number: str) -> ResponseReturnValue:
    """What is about to be booked, how long it is held, and whom to call."""
    kept = _kept(request.args.get("hold", ""), number)
    if kept is None:
        return redirect(f"/work-orders/{number}")
    return _confirm(number, kept, Form())


@pages.post("/work-orders/<digits:number>/booking")
def book(number: str) -> ResponseReturnValue:
    form = Form.sent()
    kept = _kept(form.text("hold"), number)
    if kept is None:
        return redirect(f"/work-orders/{number}", 303)
    message = {
        "hold_id": kept["hold_id"],
        "work_order_number": number,
        "telephone": form.text("telephone"),
    }
    if form.send(bus.booking.book_time, message, {errors.TELEPHONE_WRONG.code: "telephone"}):
        flash(_("Tiden är bokad. En bekräftelse kommer med e-post."))
        return redirect(f"/work-orders/{number}", 303)
    if form.refusal and form.refusal["code"] in AFRESH:
        return shown(number, form)
    return _confirm(number, kept, form)


@pages.post("/work-orders/<digits:number>/release")
def release(number: str) -> ResponseReturnValue:
    """Let the held time go, and choose another."""
    form = Form.sent()
    kept = _kept(form.text("hold"), number)
    if kept:
        form.send(bus.booking.release_hold, {"hold_id": kept["hold_id"]})
    return redirect(f"/work-orders/{number}", 303)


def _confirm(number: str, kept: dict[str, Any], form: Form) -> tuple[str, int]:
    return show(
        "booking.html",
        form.status,
        number=number,
        hold=kept,
        form=form,
        token_of_hold=request.values.get("hold", ""),
    )


def _kept(text: str, number: str) -> dict[str, Any] | None:
    """The hold that the address carries, as we signed it; it tells of no person."""
    try:
        found: dict[str, Any] = _serializer().loads(text)
    except BadSignature:
        return None
    return found if found.get("number") == number else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].session_secret, salt="hold")
