"""Hosts one service in this process. Import it only after eventlet has patched the process."""

import importlib
import logging
import pkgutil
import signal

import eventlet
from nameko.containers import ServiceContainer

import services
from chassis import database, health, logs, settings
from chassis.broker import Consumer

WORKERS = 16  # messages handled at once; each may hold a database connection
_log = logging.getLogger(__name__)


def service_names() -> list[str]:
    """Every service that there is: the folders of `services` that have a service.py."""
    return [
        module.name
        for module in pkgutil.iter_modules(services.__path__)
        if importlib.util.find_spec(f"services.{module.name}.service")
    ]


def service_class(name: str) -> type:
    """The class that nameko hosts as service `name`."""
    module = importlib.import_module(f"services.{name}.service")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and getattr(value, "name", None) == name
    )


def serve(service: type) -> None:
    """Host a service until SIGTERM or SIGINT; work begun is finished first."""
    logs.configure(service.name)
    container = ServiceContainer(service, config())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(container.stop))
    probes = health.serve(*_checks(container))
    container.start()
    _log.info("%s serves", service.name)
    container.wait()
    if probes:
        probes.shutdown()


def config() -> dict:
    """nameko's configuration, from the environment."""
    return {
        "AMQP_URI": settings.amqp_uri(),
        "max_workers": settings.read("MAX_WORKERS", "int", default=WORKERS),
    }


def _checks(container: ServiceContainer):
    found = {type(extension): extension for extension in container.extensions}
    ready = {}
    alive = lambda: True  # noqa: E731
    if db := found.get(database.Database):
        ready["database"] = lambda: database.is_ready(db.engine)
    if consumer := found.get(Consumer):
        ready["broker"] = lambda: consumer.connected
        alive = lambda: not consumer.hangs()  # noqa: E731
    return ready, alive
