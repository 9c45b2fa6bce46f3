"""Puts the gateway together."""

from collections.abc import Callable
from typing import Any, Protocol

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from chassis.blobs import BlobStore
from chassis.context import Context
from gateway import api, hooks, probes, problems
from gateway.api import calendar_file, staffing
from gateway.auth import sessions
from gateway.auth.bearer import Bearers
from gateway.auth.endings import Endings
from gateway.auth.guard import Guard
from gateway.auth.login import Login
from gateway.auth.provider import Provider
from gateway.headers import SecurityHeaders
from gateway.settings import Settings
from gateway.web import names, rooms


class Rpc(Protocol):
    """What asks the services; see chassis.rpc_client."""

    def call(
        self,
        service: str,
        method: str,
        message: dict[str, Any],
        context: Context,
        timeout: float | None = None,
    ) -> Any: ...


class Gateway(Flask):
    """Flask without a look, at each call, whether a view is asynchronous: none is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(
    settings: Settings,
    rpc: Rpc,
    is_connected: probes.Check = lambda: True,
    endings: Endings | None = None,
) -> Flask:
    """The gateway as a WSGI application.

    Args:
        is_connected: whether `rpc` reaches the broker.
        endings: where ended sessions are known; unless told, in this process alone.
    """
    app = Gateway(__name__, static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config.update(SETTINGS=settings, MAX_CONTENT_LENGTH=settings.max_body)
    app.extensions.update(rpc=rpc, blobs=BlobStore(settings.blob_url))
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = SecurityHeaders(app.wsgi_app, settings)  # type: ignore[method-assign]
    hooks.Requests(app, settings)
    provider = app.extensions["identity"] = Provider(app, settings.identity)
    Guard(app, settings, Bearers(provider))
    problems.register(app)
    kept = sessions.configure(app, settings, endings or Endings(settings.session_lifetime))
    Login(settings, provider, kept).register(app)
    api.register(app, settings)
    calendar_file.register(app)
    staffing.register(app)
    app.extensions[names.NAME] = names.Names()
    rooms.register(app)
    app.extensions["ready"] = {"broker": is_connected, "identity": provider.is_known}
    probes.register(app, app.extensions["ready"])
    return app
