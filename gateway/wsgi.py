"""The application that gunicorn serves; made in each worker, after gevent has patched it."""

from chassis import logs
from chassis.rpc_client import RpcClient
from gateway import probes
from gateway.app import create_app
from gateway.settings import Settings

settings = Settings.from_environment()
logs.configure("gateway")
rpc = RpcClient(settings.amqp_uri, timeout=settings.rpc_timeout)
rpc.start()
app = create_app(settings, rpc, rpc.link.up.is_set)
probes.serve_metrics({"broker": rpc.link.up.is_set})
