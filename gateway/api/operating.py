"""For operators: what waits to be told, and what was given up on, asked of one service."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Response

from contracts.errors import operating as errors
from contracts.errors.common import KEY_REUSED, ROLE_MAY_NOT
from gateway import bus, refusals
from gateway.api.operations import Operation
from gateway.bus import Service

_REFUSES = (ROLE_MAY_NOT, refusals.PAGE_MISSING)
_SETTLING = (*_REFUSES, errors.DEAD_LETTER_GONE, errors.HANDLER_UNKNOWN, KEY_REUSED)


class OfService(Operation):
    """An operation that every service answers; the address names which."""

    def view(self) -> Callable[..., Response]:
        asked = {name: self._of(service) for name, service in bus.SERVICES.items()}
        return lambda service: asked[service].answer({})

    def _of(self, service: Service) -> Operation:
        return replace(self, calls=getattr(service, self.calls.name), takes=self.request)


def service_names() -> Mapping[str, Any]:
    """How the names are described in an address."""
    return {"type": "string", "enum": list(bus.SERVICES)}


OPERATING = (
    OfService(
        http="GET",
        path="/services/<service:service>/outbox",
        calls=Service.get_outbox,
        summary="Visa en tjänsts utkorg",
        text="How many events of the service wait to be published, and since when. Operators only.",
        refuses=_REFUSES,
    ),
    OfService(
        http="GET",
        path="/services/<service:service>/dead-letters",
        calls=Service.list_dead_letters,
        summary="Lista en tjänsts döda brev",
        text="The events that the service's handlers gave up on, with the reason; not what they"
        " hold. Operators only.",
        refuses=_REFUSES,
    ),
    OfService(
        http="POST",
        path="/services/<service:service>/dead-letters/replay",
        calls=Service.replay_dead_letters,
        summary="Spela om döda brev",
        text="Gives a dead letter, or without `event_id` all of the handler's, back to the handler."
        " Events that have had their effect have none again. At most 200 at a time; `waiting` says"
        " how many are left. The log tells who did so. Operators only.",
        refuses=_SETTLING,
    ),
    OfService(
        http="POST",
        path="/services/<service:service>/dead-letters/disposal",
        calls=Service.discard_dead_letter,
        summary="Kasta ett dött brev",
        text="Deletes a dead letter for good: the handler will never handle that event. The log"
        " tells who did so. Operators only.",
        refuses=_SETTLING,
    ),
)
