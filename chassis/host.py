"""Hosts one service in this process. Import it only after eventlet has patched the process."""

import importlib
import logging
import pkgutil
import signal
from contextlib import suppress
from typing import Any

import eventlet
from eventlet.greenthread import GreenThread
from greenlet import GreenletExit
from nameko.containers import ServiceContainer

import services
from chassis import database, health, logs, migrations, settings
from chassis.broker import Consumer

WORKERS = 16  # messages handled at once; each may hold a database connection
PATIENCE = 8  # seconds that work begun gets to be finished at the end
_log = logging.getLogger(__name__)


def service_names() -> list[str]:
    """Every service that there is: the folders of `services` that have a service.py."""
    return [
        module.name
        for module in pkgutil.iter_modules(services.__path__)
        if importlib.util.find_spec(f"services.{module.name}.service")
    ]


def service_class(name: str) -> Any:
    """The class that nameko hosts as service `name`."""
    module = importlib.import_module(f"services.{name}.service")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and getattr(value, "name", None) == name
    )


def serve(service: Any) -> None:
    """Host a service until SIGTERM or SIGINT; work begun is finished first."""
    logs.configure(service.name)
    container = ServiceContainer(service, config())
    probes = health.serve(*_checks(container))
    container.start()
    _log.info("%s serves", service.name)
    ended = eventlet.spawn(container.wait)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(_stop, container, ended))
    with suppress(GreenletExit):
        ended.wait()
    if probes:
        probes.shutdown()


def _stop(container: ServiceContainer, ended: GreenThread) -> None:
    """Let work begun be finished; without a broker nameko would wait for ever, so not for ever."""
    with eventlet.Timeout(PATIENCE, False):
        container.stop()
    ended.kill()


def config() -> dict:
    """nameko's configuration, from the environment."""
    return {
        "AMQP_URI": settings.amqp_uri(),
        "max_workers": settings.read("MAX_WORKERS", "int", default=WORKERS),
    }


def _checks(container: ServiceContainer) -> tuple[dict[str, health.Check], health.Check]:
    """What the service needs to be ready, and what tells that it is alive."""
    found = {type(extension): extension for extension in container.extensions}
    ready: dict[str, health.Check] = {}
    if db := found.get(database.Database):
        ready["database"] = lambda: database.is_ready(db.engine)
        if container.service_name in service_names():
            ready["migrations"] = _once_true(
                lambda: migrations.is_current(container.service_name, db.engine)
            )
    consumer = found.get(Consumer)
    if consumer is None:
        return ready, lambda: True
    return ready | {"broker": lambda: consumer.connected}, lambda: not consumer.hangs()


def _once_true(check: health.Check) -> health.Check:
    """A check that is not made again when it has held once."""
    held: list[bool] = []

    def holds() -> bool:
        if not held and check():
            held.append(True)
        return bool(held)

    return holds
