"""Completions: ticked off at an occasion, imported from a file, matched by hand."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from gateway import bus, refusals
from gateway.bus import Method
from gateway.problems import problem
from gateway.web.asking import part
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.language import spoken, told
from gateway.web.ordering import page_number
from gateway.web.pages import room, show
from gateway.web.training import shown

pages = room("completions")
ROWS: dict[str, tuple[Method, str]] = {
    "match": (bus.training.match_row, "Raden är ihopparad."),
    "discard": (bus.training.discard_row, "Raden är undanlagd."),
}


@pages.get("/completions")
def completions() -> tuple[str, int]:
    return _shown(Form())


@pages.post("/completions")
def bring_in() -> ResponseReturnValue:
    """Try a file, or bring it in; the file's text stays in the form meanwhile."""
    form = Form.sent()
    is_readable = _take_file(form)
    message = {"csv": form.values.get("csv", ""), "dry_run": not form.is_checked("import")}
    if not is_readable or not form.send(bus.training.import_completions, message, {"": "csv"}):
        return _shown(form)
    if form.answer["dry_run"]:
        return _shown(Form(values=form.values, answer=form.answer))
    flash(told("%(recorded)s genomföranden är inlästa.", recorded=form.answer["recorded"]))
    return redirect("/completions", 303)


@pages.post("/completions/rows/<uuid:row_id>/<any(match,discard):what>")
def settle(row_id: UUID, what: str) -> ResponseReturnValue:
    """Say whose the row is, or that it is nobody's."""
    method, done = ROWS[what]
    form = Form.sent()
    message = {"row_id": str(row_id), **(form.given("participant") if what == "match" else {})}
    if not form.send(method, message):
        return _shown(form)
    flash(_(done))
    return redirect("/completions", 303)


@pages.post("/occasions/<uuid:occasion_id>/completions")
def record(occasion_id: UUID) -> ResponseReturnValue:
    """Those who are ticked have completed the course."""
    form = Form.sent()
    message = {
        "course": form.text("course"),
        "completed_day": form.text("completed_day"),
        "participants": form.values.getlist("participants"),
    }
    if not form.send(bus.training.record_completions, message):
        return shown(str(occasion_id), form)
    flash(told("%(recorded)s genomföranden är noterade.", recorded=form.answer["recorded"]))
    return redirect(f"/occasions/{occasion_id}", 303)


def _take_file(form: Form) -> bool:
    """Put the text of the file that came, if one did, into the form; whether it is text."""
    file = request.files.get("file")
    if not file or not file.filename:
        return True
    try:
        form.values["csv"] = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        form.refusal = problem(refusals.FILE_UNREADABLE(), spoken())
        form.errors["file"] = form.refusal["title"]
        return False
    return True


def _shown(form: Form) -> tuple[str, int]:
    rows = part(lambda: bus.training.list_unmatched_rows(filled(("sort", "page"))))
    return show("completions.html", form.status, form=form, rows=rows, number=page_number())
