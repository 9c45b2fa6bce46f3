"""Liveness, readiness and metrics of any process, over HTTP on a side port.

/healthz   200 while the process works; restart it otherwise
/readyz    200 when everything that it needs answers; the body names what does not
/metrics   Prometheus
"""

import json
import logging
from collections.abc import Callable, Mapping
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

from chassis import settings

Check = Callable[[], bool]
_log = logging.getLogger(__name__)


def serve(ready: Mapping[str, Check], alive: Check = lambda: True) -> WSGIServer | None:
    """Serve the probes on PROBE_PORT, if there is one, in a thread of its own."""
    port = settings.read("PROBE_PORT", "int", default=0)
    if not port:
        return None
    host = settings.read("PROBE_HOST", default="127.0.0.1")
    server = make_server(host, port, app(ready, alive), _Server, _Quiet)
    Thread(target=server.serve_forever, daemon=True, name="probes").start()
    return server


def app(ready: Mapping[str, Check], alive: Check = lambda: True):
    """The probes as a WSGI application."""
    metrics = make_wsgi_app()

    def respond(environ, start_response):
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return metrics(environ, start_response)
        if path not in ("/healthz", "/readyz"):
            start_response("404 Not Found", [])
            return [b""]
        missing = [] if alive() else ["process"]
        if path == "/readyz":
            missing += [name for name, check in ready.items() if not _holds(name, check)]
        start_response(
            "503 Service Unavailable" if missing else "200 OK",
            [("Content-Type", "application/json")],
        )
        return [json.dumps({"missing": missing}).encode()]

    return respond


def _holds(name: str, check: Check) -> bool:
    try:
        return check()
    except Exception as error:  # whatever it is: the part does not answer
        _log.warning("%s is not ready: %s", name, type(error).__name__)
        return False


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args) -> None:
        """Probes come every few seconds: not worth a line."""
