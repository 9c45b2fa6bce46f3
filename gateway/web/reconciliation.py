"""For operators: where ordering, booking and the scheduler say different things.

Source: B-16
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from gateway import bus
from gateway.bus import Question
from gateway.web import times, words
from gateway.web.asking import part, together
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.operations import only_for_operators
from gateway.web.ordering import page_number
from gateway.web.pages import room, show

NEWEST = 5  # runs beside the differences
STEPS = tuple(words.GROUPS["reconciling"])
SAYS = ("booking_says", "scheduler_says", "ordering_says")
Row = Mapping[str, Any]
pages = room("reconciliation", only_for_operators)


@pages.get("/reconciliations")
def reconciliations() -> tuple[str, int]:
    return _shown(Form())


@pages.post("/reconciliations")
def start() -> ResponseReturnValue:
    form = Form.sent()
    if not form.send(bus.booking.start_reconciliation, {}):
        return _shown(form)
    flash(_("Avstämningen är beställd och börjar inom några sekunder."))
    return redirect("/reconciliations", 303)


@pages.get("/reconciliations/runs")
def runs() -> tuple[str, int]:
    found = part(lambda: bus.booking.list_reconciliations(filled(("page",))))
    return show("reconciliation_runs.html", runs=found, number=page_number(), steps=STEPS)


def _shown(form: Form) -> tuple[str, int]:
    wanted = filled(("state", "kind", "page"))
    found = together(
        runs=Question(bus.booking.list_reconciliations, {"limit": NEWEST}),
        differences=Question(bus.booking.list_differences, wanted),
    )
    return show(
        "reconciliations.html",
        form.status,
        form=form,
        kinds=_by_kind(found["differences"].items),
        number=page_number(),
        steps=STEPS,
        **found,
    )


def _by_kind(differences: list[Row]) -> dict[str, list[Row]]:
    """The differences of one page by their kind, with what each says in words."""
    of_kind = itemgetter("kind")
    said = [{**one, **{name: said_by(one[name]) for name in SAYS}} for one in differences]
    return {kind: list(rows) for kind, rows in groupby(sorted(said, key=of_kind), of_kind)}


def said_by(text: str | None) -> str:
    """What one of them says, for people: state, time and place, and not who is to come.

    Args:
        text: as booking keeps it: `closed not_booked`, or `booked, <time>, <place>, <consultant>`.
    """
    if not text:
        return _("ingenting")
    state, *visit = text.split(", ")
    told = [*state.split(" "), *visit[:-1]] if len(visit) > 1 else [*state.split(" "), *visit]
    return ", ".join(_in_words(one) for one in told)


def _in_words(told: str) -> str:
    try:
        datetime.fromisoformat(told)
    except ValueError:
        return words.word(told, "activity")
    return times.when(told)
