"""The messages that there are, found in the contracts and in the service classes."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import contracts
from chassis.dead_letters import handlers
from chassis.host import service_class, service_names
from chassis.rpc import ContractRpc
from chassis.topology import event_queue
from contracts.base import Event, Message, Reply
from contracts.ordering import Contacts, WorkOrderStates
from gateway import bus

Kind = TypeVar("Kind", bound=Message)
SAMPLES = Path(__file__).parents[2] / "contracts" / "samples"

#: What methods answer that the gateway does not offer; it knows those that it does.
_INTERNAL = {
    ("ordering", "find_contacts"): Contacts,
    ("ordering", "list_work_order_states"): WorkOrderStates,
}


@dataclass(frozen=True)
class Call:
    """A command or query of a service; `gives` is None when there is nothing to tell."""

    service: str
    method: str
    takes: type[Message]
    gives: type[Reply] | None


@dataclass(frozen=True)
class Hearing:
    """A handler of a service, and the queue in which its events wait."""

    service: str
    handler: str
    event: type[Event]

    @property
    def queue(self) -> str:
        return event_queue(self.service, self.handler, self.event.event_type).name


def contract_modules() -> list[str]:
    """Every module of `contracts`, by name."""
    found = pkgutil.walk_packages(contracts.__path__, "contracts.")
    return [module.name for module in found]


def all_messages(kind: type[Kind]) -> list[type[Kind]]:
    """Every contract below a kind, such as `Event`."""
    for name in contract_modules():
        importlib.import_module(name)
    found = {one for one in _below(kind) if one.__module__.startswith("contracts.")}
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def events() -> list[type[Event]]:
    """Every version of every event that may be told."""
    return [event for event in all_messages(Event) if hasattr(event, "event_type")]


def calls() -> list[Call]:
    """Every command and query, by service and method."""
    return [
        Call(service, method, takes, _gives(service, method))
        for service in service_names()
        for method, takes in _exposed(service_class(service))
    ]


def hearings() -> list[Hearing]:
    """Every handler of every service."""
    return [
        Hearing(service, handler.method_name, handler.contract)
        for service in service_names()
        for handler in handlers(service_class(service))
    ]


def _below(kind: type[Kind]) -> Iterator[type[Kind]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _exposed(service: type) -> Iterator[tuple[str, type[Message]]]:
    for name in dir(service):
        for entrypoint in getattr(getattr(service, name), "nameko_entrypoints", ()):
            if isinstance(entrypoint, ContractRpc):
                yield name, entrypoint.contract


def _gives(service: str, method: str) -> type[Reply] | None:
    """
    Raises:
        LookupError: neither the gateway nor `_INTERNAL` knows the method.
    """
    if (service, method) in _INTERNAL:
        return _INTERNAL[service, method]
    offered = vars(type(getattr(bus, service)))
    if method not in offered:
        raise LookupError(f"what does {service}.{method} answer? Tell gateway/bus.py, or _INTERNAL")
    return offered[method].gives
