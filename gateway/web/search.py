"""One field for order, work order, device, article and course."""

from collections.abc import Callable
from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from gateway import bus
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import Part, part, room, show

pages = room("search")
MOST = 100  # of what one question may ask for


@pages.post("/search")
def search() -> ResponseReturnValue:
    """What is found; straight there when it is one thing.

    It is sent, not put in the address: somebody may type a person's number.
    """
    sought = Form.sent().text("sought")
    hits = _hits(sought) if sought else []
    if len(hits) == 1:
        return redirect(hits[0][0], 303)
    return show("search.html", sought=sought, hits=hits)


def _hits(sought: str) -> list[tuple[str, str, str]]:
    """Address, what it is, and what it is called."""
    found = []
    if sought.isascii() and sought.isdigit() and 6 <= len(sought) <= 10:
        found += _exact(sought)
    words = sought.casefold()
    found += [
        (f"/orders/{one['order_id']}", _("Beställning"), one["order_number"])
        for one in _items(lambda: bus.ordering.list_orders({"limit": MOST}))
        if one["order_number"] == sought
    ]
    found += [
        (f"/maintenance/{one['work_order_number']}", _("Underhåll"), _device(one))
        for one in _items(lambda: _of_device(sought))
    ]
    found += [
        (f"/devices/{one['individual_number']}", _("Hjälpmedel"), _named(one))
        for one in _items(lambda: bus.ordering.list_devices({"search": sought[:20], "limit": 10}))
    ]
    found += [
        (f"/courses/{one['code']}", _("Utbildning"), one["title"])
        for one in _items(lambda: bus.training.list_courses({"limit": MOST}))
        if words in one["title"].casefold()
    ]
    return found + [
        (f"/orders/new?article={one['article_number']}", _("Artikel"), one["name"])
        for one in _items(lambda: bus.ordering.list_articles({"search": sought, "limit": 10}))
    ]


def _exact(number: str) -> list[tuple[str, str, str]]:
    """The work orders of this number; those of others are not there."""
    asked = {"work_order_number": number}
    of_consultation = part(lambda: bus.ordering.get_work_order(asked))
    hits = [(f"/work-orders/{number}", _("Konsultation"), number)] if of_consultation.found else []
    of_maintenance = part(lambda: bus.maintenance.get_maintenance_order(asked))
    if of_maintenance.found:
        hits.append((f"/maintenance/{number}", _("Underhåll"), number))
    return hits


def _of_device(sought: str) -> Any:
    return bus.maintenance.list_maintenance_orders({"individual_number": sought, "limit": 10})


def _named(device: dict[str, Any]) -> str:
    return f"{device['individual_number']}, {device['article_name']}"


def _device(order: dict[str, Any]) -> str:
    return f"{order['work_order_number']}, {order['individual_number']}"


def _items(ask: Callable[[], Any]) -> list[Any]:
    """What a question finds; nothing when it is refused, as it is to some roles."""
    answer: Part = part(ask)
    return answer.items
