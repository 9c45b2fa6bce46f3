"""The first page: what waits for whoever is logged in, with how long is left."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, g, render_template

from gateway import bus
from gateway.auth.guard import NOBODY, public
from gateway.web import operations
from gateway.web.pages import Part, part, room, show

SHOWN = 8  # rows of each list
MINE_TO_SIGN = {"waits_for": "me", "state": "open", "limit": SHOWN}
UNSENT = {"state": "awaits_document", "limit": SHOWN}
pages = room("front")


@pages.get("/")
@public
def front() -> tuple[str, int]:
    if g.person is NOBODY:
        return show("welcome.html", telephone=current_app.config["SETTINGS"].telephone)
    waiting = WAITING.get(g.person.actor.role, _others)
    notices = part(lambda: bus.ordering.list_notices({"limit": SHOWN}))
    return render_template("front.html", notices=notices, **waiting()), 200


def _orderer() -> dict[str, Part]:
    return {
        "to_sign": part(lambda: bus.signing.list_signing_jobs(MINE_TO_SIGN)),
        "activities": part(lambda: bus.booking.list_activities({"limit": SHOWN})),
        "orders": part(lambda: bus.ordering.list_orders({"limit": SHOWN, "state": "placed"})),
        "gates": part(lambda: bus.ordering.list_gates({})),
        "enrolments": part(lambda: bus.training.list_enrolments({"limit": SHOWN})),
    }


def _technician() -> dict[str, Part]:
    mine = {"technician": g.person.actor.hsa_id, "limit": SHOWN}
    unassigned: dict[str, Any] = {"state": "registered", "limit": SHOWN}
    return {
        "mine": part(lambda: bus.maintenance.list_maintenance_orders(mine)),
        "cases": part(lambda: bus.signing.list_signing_cases(UNSENT)),
        "registered": part(lambda: bus.maintenance.list_maintenance_orders(unassigned)),
    }


def _training_admin() -> dict[str, Part]:
    return {
        "occasions": part(lambda: bus.training.list_occasions({"limit": SHOWN})),
        "rows": part(lambda: bus.training.list_unmatched_rows({"limit": SHOWN})),
    }


def _others() -> dict[str, Part]:
    return {"enrolments": part(lambda: bus.training.list_enrolments({"limit": SHOWN}))}


WAITING: dict[str, Callable[[], Mapping[str, Any]]] = {
    "prescriber": _orderer,
    "orderer": _orderer,
    "technician": _technician,
    "training_admin": _training_admin,
    "operator": operations.waiting,
}
