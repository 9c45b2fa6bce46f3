"""One field for order, work order, device, article and course."""

from functools import partial
from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from gateway import bus
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show, together

pages = room("search")
FEW = 10  # of what one question asks for
Hit = tuple[str, str, str]  # address, what it is, and what it is called


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


def _hits(sought: str) -> list[Hit]:
    """What is found in each place, asked at once."""
    places = (_work_orders, _maintenance, _orders, _upkeep, _devices, _courses, _articles)
    asks = {place.__name__: partial(place, sought) for place in places}
    return [hit for found in together(**asks).values() for hit in found.found or []]


def _work_orders(sought: str) -> list[Hit]:
    if not _is_number(sought):
        return []
    bus.ordering.get_work_order({"work_order_number": sought})
    return [(f"/work-orders/{sought}", _("Konsultation"), sought)]


def _maintenance(sought: str) -> list[Hit]:
    if not _is_number(sought):
        return []
    bus.maintenance.get_maintenance_order({"work_order_number": sought})
    return [(f"/maintenance/{sought}", _("Underhåll"), sought)]


def _orders(sought: str) -> list[Hit]:
    if not _is_number(sought):
        return []
    found = bus.ordering.list_orders({"order_number": sought})["items"]
    return [(f"/orders/{one['order_id']}", _("Beställning"), one["order_number"]) for one in found]


def _upkeep(sought: str) -> list[Hit]:
    asked = {"individual_number": sought, "limit": FEW}
    found = bus.maintenance.list_maintenance_orders(asked)["items"]
    return [
        (f"/maintenance/{one['work_order_number']}", _("Underhåll"), _work(one)) for one in found
    ]


def _devices(sought: str) -> list[Hit]:
    found = bus.ordering.list_devices({"search": sought[:20], "limit": FEW})["items"]
    return [
        (f"/devices/{one['individual_number']}", _("Hjälpmedel"), _device(one)) for one in found
    ]


def _courses(sought: str) -> list[Hit]:
    found = bus.training.list_courses({"search": sought, "limit": FEW})["items"]
    return [(f"/courses/{one['code']}", _("Utbildning"), one["title"]) for one in found]


def _articles(sought: str) -> list[Hit]:
    found = bus.ordering.list_articles({"search": sought, "limit": FEW})["items"]
    return [
        (f"/orders/new?article={one['article_number']}", _("Artikel"), one["name"]) for one in found
    ]


def _is_number(sought: str) -> bool:
    """Whether a work order may have it."""
    return sought.isascii() and sought.isdigit() and 6 <= len(sought) <= 10


def _work(order: dict[str, Any]) -> str:
    return f"{order['work_order_number']}, {order['individual_number']}"


def _device(device: dict[str, Any]) -> str:
    return f"{device['individual_number']}, {device['article_name']}"
