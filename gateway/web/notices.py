"""Dated messages: read by everybody, written by operators and customer service."""

from typing import Any

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from contracts.errors import ordering as errors
from gateway import bus
from gateway.web import times
from gateway.web.addresses import START, own
from gateway.web.asking import part
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.names import names
from gateway.web.ordering import page_number
from gateway.web.pages import room, show

pages = room("notices")
WRITERS = frozenset({"operator", "customer_service"})
TEXTS = ("kind", "title", "text", "english_title", "english_text", "valid_from", "valid_until")
BESIDE = {errors.NOTICE_PERIOD_WRONG.code: "valid_until"}


@pages.get("/notices")
def notices() -> tuple[str, int]:
    return _listed(Form())


@pages.post("/notices/<uuid:notice_id>/reading")
def read(notice_id: object) -> ResponseReturnValue:
    """What is read leaves the first page, and stays here."""
    form = Form.sent()
    named = {"notice_id": str(notice_id), "version": form.number("version")}
    if not form.send(bus.ordering.read_notice, named):
        return _listed(form)
    flash(_("Meddelandet är märkt som läst. Det finns kvar under Alla meddelanden."))
    return redirect(own(request.form.get("back", START)), 303)


def _listed(form: Form) -> tuple[str, int]:
    """What whoever looks is to read; to those who write them, all there are."""
    writes = g.person.actor.role in WRITERS
    wanted = {**filled(("page",)), "scope": "all" if writes else "mine"}
    found = part(lambda: bus.ordering.list_notices(wanted))
    number = page_number()
    return show("notices.html", form.status, form=form, notices=found, writes=writes, number=number)


@pages.get("/notices/new")
def new() -> tuple[str, int]:
    return _asked(Form())


@pages.post("/notices/new")
def publish() -> ResponseReturnValue:
    form = Form.sent()
    if not form.send(bus.ordering.publish_notice, _wording(form), BESIDE):
        return _asked(form)
    flash(_("Meddelandet är publicerat."))
    return redirect("/notices", 303)


@pages.get("/notices/<uuid:notice_id>")
def notice(notice_id: object) -> tuple[str, int]:
    return _shown(str(notice_id), Form())


@pages.post("/notices/<uuid:notice_id>/correction")
def correct(notice_id: object) -> ResponseReturnValue:
    form = Form.sent()
    named = {"notice_id": str(notice_id), "version": form.number("version")}
    if not form.send(bus.ordering.correct_notice, _wording(form) | named, BESIDE):
        return _shown(str(notice_id), form)
    flash(_("Meddelandet är rättat."))
    return redirect("/notices", 303)


@pages.post("/notices/<uuid:notice_id>/withdrawal")
def withdraw(notice_id: object) -> ResponseReturnValue:
    form = Form.sent()
    if not form.send(bus.ordering.withdraw_notice, {"notice_id": str(notice_id)}):
        return _shown(str(notice_id), form)
    flash(_("Meddelandet är återkallat."))
    return redirect("/notices", 303)


def _asked(form: Form) -> tuple[str, int]:
    return show("notice_new.html", form.status, form=form, today=times.today().isoformat())


def _shown(notice_id: str, form: Form) -> tuple[str, int]:
    """The form holds what the notice says now, or what was typed."""
    versions = bus.ordering.get_notice({"notice_id": notice_id})["items"]
    said = versions[0]
    if not form.values:
        form.values.update({name: said[name] or "" for name in TEXTS})
        form.values.setlist("roles", said["roles"])
    written_by = names(*(one["written_by"] for one in versions))
    return show(
        "notice.html", form.status, form=form, said=said, versions=versions, names=written_by
    )


def _wording(form: Form) -> dict[str, Any]:
    return {**form.given(*TEXTS), "roles": form.values.getlist("roles")}
