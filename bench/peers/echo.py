"""The limit: a nameko service that only sends back what it gets, hosted as nameko hosts it."""

import os

import eventlet

eventlet.monkey_patch()

from nameko.containers import ServiceContainer  # noqa: E402
from nameko.rpc import rpc  # noqa: E402


class EchoService:
    name = "echo"

    @rpc
    def echo(self, message: dict) -> dict:
        return message


if __name__ == "__main__":
    workers = 16  # as many as Rampen's services have
    container = ServiceContainer(
        EchoService, {"AMQP_URI": os.environ["AMQP_URI"], "max_workers": workers}
    )
    container.start()
    print("echo serves", flush=True)
    container.wait()
