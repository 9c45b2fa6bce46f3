"""What people are asked after a visit, and what they have answered.

Source: B-3
"""

from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from contracts.errors import booking_pilot as errors
from gateway import bus
from gateway.bus import Question
from gateway.web import codes, words
from gateway.web.asking import part, together
from gateway.web.forms import Form, filled
from gateway.web.language import decimal
from gateway.web.language import gettext as _
from gateway.web.ordering import page_number
from gateway.web.pages import room, show

pages = room("evaluations")
MONTHS = {"first_month": "first_day", "last_month": "last_day"}  # which day tells each
BEST = 5  # of the answers
Columns = list[tuple[str, int, str]]


@pages.get("/questionnaires")
def waiting() -> tuple[str, int]:
    """The visits that wait for an answer."""
    found = part(lambda: bus.booking.list_questionnaires({}))
    return show("questionnaires.html", visits=found)


@pages.get("/bookings/<uuid:booking_id>/questionnaire")
def questionnaire(booking_id: UUID) -> tuple[str, int]:
    return _asked(booking_id, Form())


@pages.post("/bookings/<uuid:booking_id>/questionnaire")
def answer(booking_id: UUID) -> ResponseReturnValue:
    form = Form.sent()
    asked = _questions(booking_id)
    names = [one["question"] for one in asked["items"]]
    message = {
        "booking_id": str(booking_id),
        "answers": {name: form.number(name) for name in names},
        "comment": form.text("comment"),
    }
    beside = {f"answers/{name}/value": name for name in names}
    if not form.send(bus.booking.answer_questionnaire, message, beside):
        return _refused(booking_id, form, names)
    flash(_("Tack för ditt svar."))
    return redirect(f"/bookings/{booking_id}/questionnaire", 303)


@pages.get("/evaluations")
def evaluations() -> tuple[str, int]:
    """How visits of whole months were thought of, by place, and what was written about them."""
    months = filled(MONTHS)
    days = {MONTHS[name]: f"{month}-01" for name, month in months.items()}
    found = together(
        results=Question(bus.booking.list_evaluations, days),
        comments=Question(bus.booking.list_comments, days | filled(("page",))),
    )
    return show(
        "evaluations.html",
        months=months,
        groups=_groups(found["results"].items),
        number=page_number(),
        results=found["results"],
        comments=found["comments"],
    )


def _refused(booking_id: UUID, form: Form, names: list[str]) -> tuple[str, int]:
    """The form with what is wrong in it; who has answered before is shown that instead."""
    if form.refusal and form.refusal["code"] == errors.ANSWERED.code:
        return _asked(booking_id, Form())
    for name in names:
        if name in form.errors:
            form.errors[name] = _("Välj ett svar från 1 till 5.")
    return _asked(booking_id, form)


def _asked(booking_id: UUID, form: Form) -> tuple[str, int]:
    asked = _questions(booking_id)
    return show("questionnaire.html", form.status, asked=asked, form=form)


def _questions(booking_id: UUID) -> dict[str, Any]:
    """
    Raises:
        ContractError: the visit is still to come, or the actor was not there.
    """
    found: dict[str, Any] = bus.booking.get_questionnaire({"booking_id": str(booking_id)})
    return found


def _groups(items: list[dict[str, Any]]) -> list[tuple[str, Columns, list[dict[str, Any]]]]:
    """The results of each kind of person, with a chart of the mean of each place."""
    kinds = groupby(sorted(items, key=itemgetter("asked_as")), key=itemgetter("asked_as"))
    by_kind = {kind: list(rows) for kind, rows in kinds}
    return [
        (words.word(kind, "asked_as"), _means(by_kind[kind]), by_kind[kind])
        for kind in codes.ASKED_AS
        if kind in by_kind
    ]


def _means(rows: list[dict[str, Any]]) -> Columns:
    """For the chart: the mean of all answers at each place, of the best there is."""
    places = groupby(sorted(rows, key=itemgetter("place_name")), key=itemgetter("place_name"))
    return [(place, *_mean(list(of_place))) for place, of_place in places]


def _mean(rows: list[dict[str, Any]]) -> tuple[int, str]:
    answers = sum(one["answers"] for one in rows)
    mean = sum(one["mean"] * one["answers"] for one in rows) / answers
    return round(100 * mean / BEST), decimal(mean)
