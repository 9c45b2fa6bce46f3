"""One field for order, work order, device, article and course."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from contracts.errors import Forbidden, Invalid, NotFound
from gateway import bus
from gateway.bus import Question
from gateway.web.asking import together
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

pages = room("search")
FEW = 10  # of what one question asks for
NOT_THERE = (NotFound, Forbidden, Invalid)  # an answer, and not that somebody is silent
Row = Mapping[str, Any]
Hit = tuple[str, str, str]  # address, what it is, and what it is called
Place = tuple[Question, Callable[[Row], Hit]]  # what to ask, and how one that is found is shown


@pages.post("/search")
def search() -> ResponseReturnValue:
    """What is found; straight there when it is one thing.

    It is sent, not put in the address: somebody may type a person's number.
    """
    sought = Form.sent().text("sought")
    hits, silent = _look(sought) if sought else ([], "")
    if len(hits) == 1 and not silent:
        return redirect(hits[0][0], 303)
    return show("search.html", sought=sought, hits=hits, silent=silent)


def _look(sought: str) -> tuple[list[Hit], str]:
    """What is found, and why some of it may not have been; each service is asked once."""
    places = _places(sought)
    found = together(**{str(at): question for at, (question, _) in enumerate(places)})
    hits = [
        shown(row)
        for part, (_, shown) in zip(found.values(), places, strict=True)
        for row in _rows(part.found)
    ]
    silent = (part.missing for part in found.values() if not isinstance(part.error, NOT_THERE))
    return hits, next(filter(None, silent), "")


def _rows(found: Any) -> list[Row]:
    """What a question found: a list, one thing, or nothing."""
    if found is None:
        return []
    return found.get("items", [found])


def _places(sought: str) -> list[Place]:
    few: dict[str, Any] = {"limit": FEW}
    named, device = few | {"search": sought}, few | {"individual_number": sought}
    places: list[Place] = [
        (Question(bus.maintenance.list_maintenance_orders, device), _upkeep),
        (Question(bus.ordering.list_devices, few | {"search": sought[:20]}), _device),
        (Question(bus.training.list_courses, named), _course),
        (Question(bus.ordering.list_articles, named), _article),
    ]
    return [*_by_number(sought), *places] if _is_number(sought) else places


def _by_number(number: str) -> list[Place]:
    """Where that which has a number of its own is known."""
    work = {"work_order_number": number}
    return [
        (Question(bus.ordering.get_work_order, work), _consultation),
        (Question(bus.maintenance.get_maintenance_order, work), _upkeep),
        (Question(bus.ordering.list_orders, {"order_number": number}), _order),
    ]


def _is_number(sought: str) -> bool:
    """Whether a work order may have it."""
    return sought.isascii() and sought.isdigit() and 6 <= len(sought) <= 10


def _consultation(order: Row) -> Hit:
    number = order["work_order_number"]
    return f"/work-orders/{number}", _("Konsultation"), number


def _upkeep(order: Row) -> Hit:
    number = order["work_order_number"]
    return f"/maintenance/{number}", _("Underhåll"), f"{number}, {order['individual_number']}"


def _order(order: Row) -> Hit:
    return f"/orders/{order['order_id']}", _("Beställning"), order["order_number"]


def _device(device: Row) -> Hit:
    number = device["individual_number"]
    return f"/devices/{number}", _("Hjälpmedel"), f"{number}, {device['article_name']}"


def _course(course: Row) -> Hit:
    return f"/courses/{course['code']}", _("Utbildning"), course["title"]


def _article(article: Row) -> Hit:
    return f"/orders/new?article={article['article_number']}", _("Artikel"), article["name"]
