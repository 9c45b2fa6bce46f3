"""Articles and orders: found, ordered for a patient, the unit or a store, looked at, taken back."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from contracts.errors import ordering as errors
from gateway import bus
from gateway.bus import Question
from gateway.web.asking import Part, part, together
from gateway.web.forms import Form, filled, page_of
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

pages = room("orders")
PATIENT = "personal_identity_number"
LINES = 20  # that one form holds
UNTOUCHED = "1"  # the quantity of a row that nobody has written in
BESIDE = {
    f"recipient/{PATIENT}": PATIENT,
    errors.PATIENT_UNKNOWN.code: PATIENT,
    errors.PERSONAL_IDENTITY_NUMBER_WRONG.code: PATIENT,
    errors.STORE_UNKNOWN.code: "store_number",
    errors.CUSTOMER_UNKNOWN.code: "customer_number",
}


@pages.get("/articles")
def articles() -> tuple[str, int]:
    found = part(lambda: bus.ordering.list_articles(filled(("search", "sort", "page"))))
    return show("articles.html", articles=found, number=page_number())


@pages.get("/orders")
def orders() -> tuple[str, int]:
    found = part(lambda: bus.ordering.list_orders(filled(("state", "sort", "page"))))
    return show("orders.html", orders=found, number=page_number())


@pages.get("/orders/new")
def new() -> tuple[str, int]:
    """The form, with the article that was chosen."""
    first = {"article_0": request.args.get("article", ""), "quantity_0": UNTOUCHED}
    return _form(Form(values=MultiDict(first)))


@pages.post("/orders/new")
def place() -> ResponseReturnValue:
    form = Form.sent()
    if form.is_checked("more"):
        return _form(form, blank=1)
    if not form.send(bus.ordering.place_order, _order(form), BESIDE | _lines_beside(form)):
        return _form(form)
    flash(_("Beställning %(number)s är lagd.") % {"number": form.answer["order_number"]})
    return redirect(f"/orders/{form.answer['order_id']}", 303)


@pages.get("/orders/<uuid:order_id>")
def order(order_id: UUID) -> tuple[str, int]:
    return _shown(str(order_id), Form())


@pages.post("/orders/<uuid:order_id>/cancellation")
def cancel(order_id: UUID) -> ResponseReturnValue:
    form = Form.sent()
    if not form.send(bus.ordering.cancel_order, {"order_id": str(order_id)}):
        return _shown(str(order_id), form)
    flash(_("Beställningen är återtagen."))
    return redirect(f"/orders/{order_id}", 303)


def page_number() -> int:
    """The page of a list that the address asks for."""
    return page_of(request.args.get("page", "1"))


def _shown(order_id: str, form: Form) -> tuple[str, int]:
    found = bus.ordering.get_order({"order_id": order_id})
    return show("order.html", form.status, order=found, form=form)


def _form(form: Form, blank: int = 0) -> tuple[str, int]:
    """The form, with its articles by name, and whose customer numbers there are."""
    rows = _rows(form) or [0]
    shown = [*rows, *range(max(rows) + 1, max(rows) + 1 + blank)]
    chosen = {name: form.text(name) for name in (f"article_{at}" for at in _rows(form))}
    asks = {name: _search(number) for name, number in chosen.items() if number}
    parts = together(customers=Question(bus.ordering.list_customers, {}), **asks)
    customers = parts["customers"]
    return show(
        "order_new.html",
        form.status,
        form=form,
        customers=customers,
        rows=shown[:LINES],
        articles={name: _article(parts[name], chosen[name]) for name in asks},
        gaps=_gaps(form),
        stores=[store for one in customers.items for store in one["stores"]],
    )


def _order(form: Form) -> dict[str, Any]:
    kind = form.text("kind")
    fits = {"patient": form.person_number(PATIENT), "store": form.given("store_number")}
    return {
        "customer_number": form.text("customer_number"),
        "recipient": {"kind": kind, **fits.get(kind, {})},
        "lines": [
            {
                "article_number": form.text(f"article_{at}"),
                "quantity": form.number(f"quantity_{at}"),
            }
            for at in _rows(form)
        ],
        **form.given("reference"),
    }


def _rows(form: Form) -> list[int]:
    """The rows that somebody has written in; the quantity of a new one is 1 by itself."""
    return [
        at
        for at in range(LINES)
        if form.text(f"article_{at}") or form.text(f"quantity_{at}") not in ("", UNTOUCHED)
    ]


def _lines_beside(form: Form) -> dict[str, str]:
    """Where complaints of the order's lines belong in the form."""
    rows = _rows(form)
    beside = {"lines": "article_0", errors.ARTICLE_UNKNOWN.code: f"article_{(rows or [0])[0]}"}
    for line, at in enumerate(rows):
        beside[f"lines/{line}/article_number"] = f"article_{at}"
        beside[f"lines/{line}/quantity"] = f"quantity_{at}"
    return beside


def _search(number: str) -> Question:
    return Question(bus.ordering.list_articles, {"search": number, "limit": 5})


def _article(found: Part, number: str) -> dict[str, Any] | None:
    """The article of this number, to be seen again before it is ordered."""
    return next((one for one in found.items if one["article_number"] == number), None)


def _gaps(form: Form) -> list[dict[str, Any]]:
    """The competences that a closed gate asks for, with the courses that give them."""
    params = (form.refusal or {}).get("params", {})
    missing = params.get("missing", [])
    return missing if isinstance(missing, list) and g.person else []
