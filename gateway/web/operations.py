"""For operators: whether every part answers, and how fast.

Dead letters and the age of the outboxes: see docs/operating.md.
"""

import time
from typing import Any, NamedTuple

from flask import current_app, g

from chassis.rpc_client import RemoteFailure
from contracts.errors import ContractError
from contracts.errors.common import DEADLINE_PASSED, ROLE_MAY_NOT, SERVICE_UNAVAILABLE
from gateway import bus, probes
from gateway.bus import Method
from gateway.web.pages import room, show

pages = room("operations")
PATIENCE = 2.0  # seconds until a part counts as silent
SILENT = {SERVICE_UNAVAILABLE.code, DEADLINE_PASSED.code}
QUESTIONS: dict[str, tuple[Method, dict[str, Any]]] = {  # each is cheap, and goes all the way
    "Beställning": (bus.ordering.list_customers, {}),
    "Bokning": (bus.booking.list_places, {}),
    "Underhåll": (bus.maintenance.list_maintenance_orders, {"limit": 1}),
    "Utbildning": (bus.training.list_courses, {"limit": 1}),
}
CHECKS = {"broker": "Meddelandeväxel", "identity": "Inloggningstjänst"}


class Health(NamedTuple):
    """How one part is; `milliseconds` is None where nothing was asked over the broker."""

    name: str
    answers: bool
    milliseconds: int | None = None


@pages.get("/operations")
def operations() -> tuple[str, int]:
    """
    Raises:
        Forbidden: whoever asks is no operator.
    """
    if g.person.actor.role != "operator":
        raise ROLE_MAY_NOT()
    return show("operations.html", parts=[*_checked(), *_asked()])


def _checked() -> list[Health]:
    """What the gateway's own readiness asks for."""
    ready = current_app.extensions["ready"]
    return [Health(CHECKS[name], probes.holds(check)) for name, check in ready.items()]


def _asked() -> list[Health]:
    return [_health(name, method, message) for name, (method, message) in QUESTIONS.items()]


def _health(name: str, method: Method, message: dict[str, Any]) -> Health:
    """A refusal is an answer too: an operator may see little."""
    began = time.perf_counter()
    rpc = current_app.extensions["rpc"]
    try:
        rpc.call(method.service, method.name, message, g.context, timeout=PATIENCE)
        answers = True
    except ContractError as error:
        answers = error.code not in SILENT
    except RemoteFailure:
        answers = False
    return Health(name, answers, round(1000 * (time.perf_counter() - began)))
