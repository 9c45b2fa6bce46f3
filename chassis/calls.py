"""How a service asks another: by RPC, with a deadline, over a connection of its own."""

from collections.abc import Mapping
from typing import Any

from nameko.extensions import DependencyProvider

from chassis.context import Context
from chassis.rpc_client import RpcClient


class Calls(DependencyProvider):
    """Asks other services on this one's own account; one connection for all its workers.

    Injects a function of the service, its method and the message.
    """

    def setup(self) -> None:
        self._rpc = RpcClient(self.container.config["AMQP_URI"])
        self._context = Context.of_service(self.container.service_name)

    def start(self) -> None:
        self._rpc.start()

    def stop(self) -> None:
        self._rpc.stop()

    kill = stop

    def get_dependency(self, worker_ctx) -> Any:
        return self._call

    def _call(self, service: str, method: str, message: Mapping[str, Any]) -> Any:
        """
        Raises:
            ContractError: as the service refused, or that it does not answer.
        """
        return self._rpc.call(service, method, dict(message), self._context)
