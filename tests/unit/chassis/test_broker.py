"""A service process outlives its broker."""

from types import SimpleNamespace

import pytest
from amqp.exceptions import PreconditionFailed, RecoverableConnectionError

from chassis.broker import Consumer

GONE = [ConnectionResetError, BrokenPipeError, RecoverableConnectionError, PreconditionFailed]


class Settled:
    """A message on a connection that is dead, though nobody has noticed yet."""

    def __init__(self, error: type[Exception]) -> None:
        self.channel = SimpleNamespace(connection=object())
        self.error = error
        self.tried: list[str] = []

    def ack(self) -> None:
        self.tried.append("ack")
        raise self.error

    def requeue(self) -> None:
        self.tried.append("requeue")
        raise self.error


@pytest.mark.parametrize("error", GONE)
def test_a_message_that_is_done_when_the_broker_is_gone_kills_nobody(error):
    message = Settled(error)

    Consumer().ack_message(message)
    Consumer().requeue_message(message)

    assert message.tried == ["ack", "requeue"]
