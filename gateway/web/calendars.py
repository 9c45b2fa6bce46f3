"""A consultant's own calendar: subscribed to, and its busy times read.

Source: B-16
"""

from uuid import UUID

from flask import current_app, flash, redirect
from flask.typing import ResponseReturnValue

from contracts.errors import booking_calendars as errors
from gateway import bus
from gateway.bus import Method, Question
from gateway.web.asking import together
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

pages = room("calendars")
BESIDE = {errors.FEED_ADDRESS.code: "address", errors.TOO_MANY_FEEDS.code: "address"}
CHANGES: dict[str, tuple[Method, str]] = {
    "reading": (bus.booking.read_feed, "Kalendern läses strax."),
    "removal": (bus.booking.remove_feed, "Kalendern läses inte längre."),
}


@pages.get("/calendar")
def calendar() -> tuple[str, int]:
    return _shown(Form())


@pages.post("/calendar/address")
def make_address() -> ResponseReturnValue:
    """Make a secret address, and show it this once."""
    form = Form.sent()
    if not form.send(bus.booking.make_calendar_address, {}):
        return _shown(form)
    path = form.answer["path"]  # nothing when the form is sent again
    return _shown(Form(), f"{current_app.config['SETTINGS'].public_url}{path}" if path else "")


@pages.post("/calendar/address/<uuid:address_id>/revocation")
def revoke_address(address_id: UUID) -> ResponseReturnValue:
    form = Form.sent()
    if not form.send(bus.booking.revoke_calendar_address, {"address_id": str(address_id)}):
        return _shown(form)
    flash(_("Adressen är återkallad, och leder ingenstans."))
    return redirect("/calendar", 303)


@pages.post("/calendar/feeds")
def add_feed() -> ResponseReturnValue:
    form = Form.sent()
    if not form.send(bus.booking.add_feed, {"address": form.text("address")}, BESIDE):
        return _shown(form)
    flash(_("Kalendern läses strax. Upptagna tider bokas inte."))
    return redirect("/calendar", 303)


@pages.post("/calendar/feeds/<uuid:feed_id>/<any(reading,removal):what>")
def change_feed(feed_id: UUID, what: str) -> ResponseReturnValue:
    method, done = CHANGES[what]
    form = Form.sent()
    if not form.send(method, {"feed_id": str(feed_id)}):
        return _shown(form)
    flash(_(done))
    return redirect("/calendar", 303)


def _shown(form: Form, secret: str = "") -> tuple[str, int]:
    """The calendar's address and what is read; the address only at the moment it is made."""
    return show(
        "calendar.html",
        form.status,
        form=form,
        secret=secret,
        **together(
            addresses=Question(bus.booking.list_calendar_addresses, {}),
            feeds=Question(bus.booking.list_feeds, {}),
        ),
    )
