"""The process: Flask under gevent's own server, many clients on few database connections."""

import logging
import signal
from socket import IPPROTO_TCP, TCP_NODELAY

import gevent
from gevent.pywsgi import WSGIServer

from services.booking.local_scheduler import database
from services.booking.local_scheduler.app import create_app
from services.booking.local_scheduler.settings import Settings

BACKLOG = 1024  # clients that may be connecting at once
GRACE = 10  # seconds for requests under way when the process is told to stop

log = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way."""
    engine = database.connect(settings.database, settings.connections)
    app = create_app(engine, settings.key, settings.hold)
    server = WSGIServer(
        (settings.host, settings.port), app, backlog=BACKLOG, log=None, error_log=log
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, server.stop, GRACE)
    server.start()
    server.socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)  # else small answers wait 40 ms
    # For whoever started us with port 0.
    print(f"listening on http://{settings.host}:{server.server_port}", flush=True)
    server.serve_forever()
    engine.dispose()
