"""How the sandbox's own small web applications are served."""

import signal

from flask import Flask
from gevent import signal_handler
from gevent.pywsgi import WSGIServer


def serve(app: Flask, port: int) -> None:
    """Serve `app` on 127.0.0.1 until the process is told to stop."""
    app.add_url_rule("/readyz", view_func=lambda: "redo\n")
    server = WSGIServer(("127.0.0.1", port), app, log=None)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal_handler(number, server.stop)
    server.serve_forever()
