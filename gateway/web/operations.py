"""For operators: whether every part answers, what waits to be told, and what was given up on."""

import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import current_app, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from contracts.errors.common import NOT_FOUND, ROLE_MAY_NOT
from gateway import bus, probes
from gateway.bus import Method
from gateway.web.asking import Part, briefly, together
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

SHOWN = 100  # dead letters of each service
CHECKS = {"broker": "Meddelandeväxel", "identity": "Inloggningstjänst"}


class Health(NamedTuple):
    """How one part is.

    Args:
        name: what the page calls it.
        milliseconds: until it answered; None where nothing was asked over the broker.
        outbox: what of a service's waits to be told.
    """

    name: str
    answers: bool
    milliseconds: int | None = None
    outbox: Mapping[str, Any] | None = None


class Letters(NamedTuple):
    """The dead letters of one service, by handler."""

    service: str
    part: Part

    @property
    def is_empty(self) -> bool:
        """Whether the service has said that it has none."""
        return not self.part.missing and not self.part.items

    @property
    def handlers(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for letter in self.part.items:
            found.setdefault(letter["handler"], []).append(letter)
        return found


def only_for_operators() -> None:
    """
    Raises:
        Forbidden: whoever asks is no operator.
    """
    if g.person.actor.role != "operator":
        raise ROLE_MAY_NOT()


pages = room("operations", only_for_operators)


@pages.get("/operations")
def operations() -> tuple[str, int]:
    return _shown(Form())


@pages.post("/operations/replay")
def replay() -> ResponseReturnValue:
    """Give one dead letter, or all of a handler, back to the handler."""
    form = Form.sent()
    service, message = _named(form.values)
    if not form.send(service.replay_dead_letters, message):
        return _shown(form)
    flash(_("Återlämnade till mottagaren: %(count)s. Kvar hos den: %(waiting)s.") % form.answer)
    return redirect("/operations", 303)


@pages.get("/operations/disposal")
def disposal() -> ResponseReturnValue:
    """What it means to discard a dead letter, before it is done."""
    if not request.args:
        return redirect("/operations")  # the letter was in a form that was sent
    _named(request.args)
    return show("operations_disposal.html", letter=request.args, form=Form())


@pages.post("/operations/disposal")
def discard() -> ResponseReturnValue:
    form = Form.sent()
    service, message = _named(form.values)
    if not form.send(service.discard_dead_letter, {"event_id": "", **message}):
        return _shown(form)
    flash(_("Det döda brevet är kastat."))
    return redirect("/operations", 303)


def _named(values: Mapping[str, str]) -> tuple[bus.Service, dict[str, str]]:
    """The service that a form or an address names, and what the service is to be told.

    Raises:
        NotFound: there is no such service.
    """
    if values.get("service") not in bus.SERVICES:
        raise NOT_FOUND()
    message = {name: values[name] for name in ("handler", "event_id") if name in values}
    return bus.SERVICES[values["service"]], message


def _shown(form: Form) -> tuple[str, int]:
    """All parts are asked at once: one that is silent keeps nobody waiting for the others."""
    asks = {}
    for name, service in bus.SERVICES.items():
        asks[f"{name} outbox"] = _timed(service.get_outbox, {})
        asks[f"{name} dead"] = _timed(service.list_dead_letters, {"limit": SHOWN})
    found = together(**asks)
    parts = [*_checked(), *(_health(name, found[f"{name} outbox"]) for name in bus.SERVICES)]
    letters = [_letters(name, found[f"{name} dead"]) for name in bus.SERVICES]
    return show(
        "operations.html", form.status, form=form, parts=parts, letters=letters, new_form=Form
    )


def _timed(method: Method, message: dict[str, Any]) -> Callable[[], tuple[Any, int]]:
    """A question that is not waited for long, with the milliseconds that its answer took."""

    def ask() -> tuple[Any, int]:
        began = time.perf_counter()
        answer = briefly(method, message)()
        return answer, round(1000 * (time.perf_counter() - began))

    return ask


def _checked() -> list[Health]:
    """What the gateway's own readiness asks for."""
    ready = current_app.extensions["ready"]
    return [Health(CHECKS[name], probes.holds(check)) for name, check in ready.items()]


def _letters(service: str, asked: Part) -> Letters:
    return Letters(service, asked if asked.missing else Part(asked.found[0]))


def _health(service: str, asked: Part) -> Health:
    """An answer has gone all the way: over the broker, to the service and its database."""
    if asked.missing:
        return Health(service, answers=False)
    outbox, milliseconds = asked.found
    return Health(service, True, milliseconds, outbox)
