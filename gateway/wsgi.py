"""The application that gunicorn serves; made in each worker, after gevent has patched it."""

from chassis import logs
from chassis.rpc_client import RpcClient
from gateway import probes
from gateway.app import create_app
from gateway.auth.endings import SharedEndings
from gateway.settings import Settings

settings = Settings.from_environment()
logs.configure("gateway")
rpc = RpcClient(settings.amqp_uri, timeout=settings.rpc_timeout)
rpc.start()
endings = SharedEndings(settings.amqp_uri, settings.session_lifetime)
endings.link.start()


def is_connected() -> bool:
    """Whether services can be asked, and it is known which sessions have ended."""
    return rpc.link.up.is_set() and endings.up.is_set()


app = create_app(settings, rpc, is_connected, endings)
probes.serve_metrics({"broker": is_connected})
