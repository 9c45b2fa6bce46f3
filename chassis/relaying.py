"""The relay process: events and mails of every service, and the pruning of what is long done."""

import logging
import signal
from collections.abc import Mapping
from threading import Event
from typing import Any

from sqlalchemy.exc import DBAPIError

from chassis import database, health, host, logs, settings
from chassis.context import Context
from chassis.mail import Mailer
from chassis.relay import Relay, prune
from chassis.rpc_client import RpcClient

PRUNE_EVERY = 3600  # seconds
CONNECTIONS = 4  # a service: listen, relay, mail, prune
_log = logging.getLogger(__name__)


def run(services: tuple[str, ...]) -> None:
    """Relay for `services` (all when none is named) until SIGTERM or SIGINT."""
    logs.configure("relay")
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    uri = settings.amqp_uri()
    engines = {
        name: database.connect(settings.database_url(name), CONNECTIONS)
        for name in services or host.service_names()
    }
    contacts = Contacts(RpcClient(uri))
    relays = [Relay(name, engine, uri) for name, engine in engines.items()]
    mailers = [Mailer(name, engine, contacts) for name, engine in engines.items()]
    parts: list[Any] = [contacts.rpc, *relays, *mailers]
    for part in parts:
        part.start()
    health.serve(
        {"broker": lambda: all(relay.broker_is_up for relay in relays)}
        | {name: lambda e=engine: database.is_ready(e) for name, engine in engines.items()}
    )
    _prune_until(stopping, engines)
    for part in reversed(parts):
        part.stop()


class Contacts:
    """The directory of mail addresses, which one service owns and answers for by RPC."""

    def __init__(self, rpc: RpcClient) -> None:
        self.rpc = rpc
        method = settings.read("CONTACTS_RPC", default="ordering.find_contacts")
        self._service, _, self._method = method.partition(".")

    def __call__(self, hsa_ids: list[str]) -> Mapping[str, str]:
        context = Context.of_service("relay")
        query = {"hsa_ids": hsa_ids}
        return self.rpc.call(self._service, self._method, query, context)["mail"]


def _prune_until(stopping: Event, engines) -> None:
    while not stopping.is_set():
        for name, engine in engines.items():
            try:
                prune(engine)
            except DBAPIError as error:
                _log.warning("%s not pruned: %s", name, type(error).__name__)
        stopping.wait(PRUNE_EVERY)
