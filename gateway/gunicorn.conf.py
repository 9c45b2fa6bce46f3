"""How gunicorn serves the gateway: gunicorn -c gateway/gunicorn.conf.py gateway.wsgi:app

GATEWAY_BIND      address and port; 127.0.0.1:8000 unless told
GATEWAY_WORKERS   worker processes; 1 unless told
PROBE_PORT        /metrics (and the probes) of one worker; 0 serves none
"""

import os

bind = os.environ.get("GATEWAY_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("GATEWAY_WORKERS", "1"))
worker_class = "gevent"
worker_connections = 1000
keepalive = 75  # seconds
timeout = 30  # seconds without a sign of life from a worker
graceful_timeout = 20  # seconds to finish what has begun
accesslog = None  # the application writes its own, without addresses
control_socket_disable = True


def worker_exit(_server, _worker) -> None:
    """Take leave of the broker."""
    from gateway.wsgi import endings, rpc

    endings.link.stop()
    rpc.stop()
