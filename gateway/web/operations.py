"""For operators: whether every part answers, what waits to be told, and what was given up on."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from flask import current_app, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from contracts.errors.common import NOT_FOUND, ROLE_MAY_NOT
from gateway import bus, probes
from gateway.bus import Method
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import Part, part, room, show

PATIENCE = 3.0  # seconds until a part counts as silent
SHOWN = 100  # dead letters of each service
CHECKS = {"broker": "Meddelandeväxel", "identity": "Inloggningstjänst"}
Ask = Callable[[Method, dict[str, Any]], "Future[tuple[Any, int]]"]


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
def disposal() -> tuple[str, int]:
    """What it means to discard a dead letter, before it is done."""
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
    with ThreadPoolExecutor(2 * len(bus.SERVICES)) as asking:
        ask = _asker(asking)
        outboxes = {name: ask(one.get_outbox, {}) for name, one in bus.SERVICES.items()}
        dead = {
            name: ask(one.list_dead_letters, {"limit": SHOWN}) for name, one in bus.SERVICES.items()
        }
    parts = [*_checked(), *(_health(name, asked) for name, asked in outboxes.items())]
    letters = [_letters(name, asked) for name, asked in dead.items()]
    return show(
        "operations.html", form.status, form=form, parts=parts, letters=letters, new_form=Form
    )


def _asker(asking: ThreadPoolExecutor) -> Ask:
    """Asks in other threads, in the name of whoever sent the present request."""
    rpc, context = current_app.extensions["rpc"], g.context

    def timed(method: Method, message: dict[str, Any]) -> tuple[Any, int]:
        began = time.perf_counter()
        answer = rpc.call(method.service, method.name, message, context, timeout=PATIENCE)
        return answer, round(1000 * (time.perf_counter() - began))

    return lambda method, message: asking.submit(timed, method, message)


def _checked() -> list[Health]:
    """What the gateway's own readiness asks for."""
    ready = current_app.extensions["ready"]
    return [Health(CHECKS[name], probes.holds(check)) for name, check in ready.items()]


def _letters(service: str, asked: "Future[tuple[Any, int]]") -> Letters:
    return Letters(service, part(lambda: asked.result()[0]))


def _health(service: str, asked: "Future[tuple[Any, int]]") -> Health:
    """An answer has gone all the way: over the broker, to the service and its database."""
    answer = part(asked.result)
    if answer.missing:
        return Health(service, answers=False)
    outbox, milliseconds = answer.found
    return Health(service, True, milliseconds, outbox)
