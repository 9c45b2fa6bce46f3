"""Whether the gateway works (/healthz) and can do its work (/readyz); for whoever watches it."""

import logging
from collections.abc import Callable, Mapping

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from chassis import health
from contracts.errors import ContractError
from gateway.auth.guard import public

Check = Callable[[], bool]
_log = logging.getLogger(__name__)


def register(app: Flask, ready: Mapping[str, Check]) -> None:
    """Serve the probes on the gateway's own port; metrics stay on PROBE_PORT."""

    def healthz() -> ResponseReturnValue:
        return jsonify(missing=[])

    def readyz() -> ResponseReturnValue:
        missing = [name for name, check in ready.items() if not holds(check)]
        return jsonify(missing=missing), 503 if missing else 200

    app.add_url_rule("/healthz", "healthz", public(healthz))
    app.add_url_rule("/readyz", "readyz", public(readyz))


def serve_metrics(ready: Mapping[str, Check]) -> None:
    """Serve /metrics on PROBE_PORT; of several workers, one can."""
    try:
        health.serve(ready)
    except OSError as error:
        _log.warning("no metrics on PROBE_PORT: %s", error.strerror)


def holds(check: Check) -> bool:
    try:
        return check()
    except ContractError:
        return False
