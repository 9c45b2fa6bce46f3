"""The first page: what waits for whoever is logged in, with how long is left."""

from collections.abc import Callable
from typing import Any

from flask import current_app, g, render_template

from gateway import bus
from gateway.auth.guard import NOBODY, public
from gateway.web.pages import Part, briefly, room, show, together

SHOWN = 5  # rows of each list
MINE_TO_SIGN = {"waits_for": "me", "state": "open", "limit": SHOWN}
UNREAD = {"scope": "unread", "limit": SHOWN}
UNSENT = {"state": "awaits_document", "limit": SHOWN}
OVERVIEW = ("notices", "gates", "orders")
Asks = dict[str, Callable[[], Any]]
pages = room("front")


@pages.get("/")
@public
def front() -> tuple[str, int]:
    if g.person is NOBODY:
        return show("welcome.html", telephone=current_app.config["SETTINGS"].telephone)
    waiting = WAITING.get(g.person.actor.role, _others)
    parts = together(**waiting())
    if "overview" in parts:
        parts |= _apart(parts.pop("overview"))
    return render_template("front.html", parts=parts, **parts), 200


def _notices() -> Any:
    return bus.ordering.list_notices(UNREAD)


def _apart(overview: Part) -> dict[str, Part]:
    """What ordering answered at once, as the parts that the page shows."""
    if overview.missing:
        return dict.fromkeys(OVERVIEW, overview)
    return {name: Part(overview.found[name]) for name in OVERVIEW}


def _orderer() -> Asks:
    """All that ordering is asked is one question: six at once would keep each other waiting."""
    return {
        "to_sign": lambda: bus.signing.list_signing_jobs(MINE_TO_SIGN),
        "activities": lambda: bus.booking.list_activities({"limit": SHOWN}),
        "overview": lambda: bus.ordering.get_overview({"first": SHOWN}),
        "enrolments": lambda: bus.training.list_enrolments({"limit": SHOWN}),
    }


def _technician() -> Asks:
    mine = {"technician": g.person.actor.hsa_id, "limit": SHOWN}
    unassigned: dict[str, Any] = {"state": "registered", "limit": SHOWN}
    return {
        "notices": _notices,
        "mine": lambda: bus.maintenance.list_maintenance_orders(mine),
        "cases": lambda: bus.signing.list_signing_cases(UNSENT),
        "registered": lambda: bus.maintenance.list_maintenance_orders(unassigned),
    }


def _training_admin() -> Asks:
    return {
        "notices": _notices,
        "occasions": lambda: bus.training.list_occasions({"limit": SHOWN}),
        "rows": lambda: bus.training.list_unmatched_rows({"limit": SHOWN}),
    }


def _operator() -> Asks:
    """How many dead letters each service has, by its name; nobody is waited for long."""
    asks: Asks = {
        name: briefly(service.list_dead_letters, {"limit": 1})
        for name, service in bus.SERVICES.items()
    }
    return {"notices": briefly(bus.ordering.list_notices, UNREAD), **asks}


def _others() -> Asks:
    return {
        "notices": _notices,
        "enrolments": lambda: bus.training.list_enrolments({"limit": SHOWN}),
    }


WAITING = {
    "prescriber": _orderer,
    "orderer": _orderer,
    "technician": _technician,
    "training_admin": _training_admin,
    "operator": _operator,
}
