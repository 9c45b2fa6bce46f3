"""The first page: what waits for whoever is logged in, with how long is left."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, g, render_template

from gateway import bus
from gateway.auth.guard import NOBODY, public
from gateway.bus import Question
from gateway.web.asking import briefly, together
from gateway.web.pages import room, show

SHOWN = 5  # rows of each list
FIRST: dict[str, Any] = {"limit": SHOWN}
UNREAD = FIRST | {"scope": "unread"}
NOTICES = Question(bus.ordering.list_notices, UNREAD)
ENROLMENTS = Question(bus.training.list_enrolments, FIRST)
Asks = Mapping[str, Callable[[], Any]]
pages = room("front")


@pages.get("/")
@public
def front() -> tuple[str, int]:
    if g.person is NOBODY:
        return show("welcome.html", telephone=current_app.config["SETTINGS"].telephone)
    waiting = WAITING.get(g.person.actor.role, _others)
    parts = together(**waiting())
    return render_template("front.html", parts=parts, **parts), 200


def _orderer() -> Asks:
    to_sign = FIRST | {"waits_for": "me", "state": "open"}
    return {
        "notices": NOTICES,
        "gates": Question(bus.ordering.list_gates, {}),
        "to_sign": Question(bus.signing.list_signing_jobs, to_sign),
        "activities": Question(bus.booking.list_activities, FIRST),
        "orders": Question(bus.ordering.list_orders, FIRST | {"state": "placed"}),
        "enrolments": ENROLMENTS,
    }


def _technician() -> Asks:
    mine, new = {"technician": g.person.actor.hsa_id}, {"state": "registered"}
    unsent = {"state": "awaits_document"}
    return {
        "notices": NOTICES,
        "mine": Question(bus.maintenance.list_maintenance_orders, FIRST | mine),
        "cases": Question(bus.signing.list_signing_cases, FIRST | unsent),
        "registered": Question(bus.maintenance.list_maintenance_orders, FIRST | new),
    }


def _training_admin() -> Asks:
    return {
        "notices": NOTICES,
        "occasions": Question(bus.training.list_occasions, FIRST),
        "rows": Question(bus.training.list_unmatched_rows, FIRST),
    }


def _operator() -> Asks:
    """How many dead letters each service has, by its name; nobody is waited for long."""
    asks: Asks = {
        name: briefly(service.list_dead_letters, {"limit": 1})
        for name, service in bus.SERVICES.items()
    }
    return {"notices": briefly(bus.ordering.list_notices, UNREAD), **asks}


def _others() -> Asks:
    return {"notices": NOTICES, "enrolments": ENROLMENTS}


WAITING = {
    "prescriber": _orderer,
    "orderer": _orderer,
    "technician": _technician,
    "training_admin": _training_admin,
    "operator": _operator,
}
