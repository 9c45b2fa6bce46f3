"""pika's connection for the kind of threads that this process has."""

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from pika.adapters.select_connection import SelectConnection


class Joined:
    """Sends a message in one piece, not a piece a frame: fewer system calls, here and there."""

    def _output_marshaled_frames(self, marshaled_frames) -> None:
        super()._output_marshaled_frames([b"".join(marshaled_frames)])  # type: ignore[misc]


class ThreadedConnection(Joined, SelectConnection):
    """For plain threads: runs a loop of its own in the thread that starts it."""

    def hand_over(self, work: Callable[[], None]) -> None:
        self.ioloop.add_callback_threadsafe(work)

    def release(self) -> None:
        """Let go of what the connection used, when it has ended."""
        self.ioloop.close()


@cache
def connection_class() -> Any:
    """The class to connect with: gevent's, on its own event loop, where it has patched threads."""
    if not _is_green():
        return ThreadedConnection
    from pika.adapters.gevent_connection import GeventConnection

    class GreenConnection(Joined, GeventConnection):
        """For greenlets: no other can interfere, so work runs at once, in whoever has it."""

        @staticmethod
        def hand_over(work: Callable[[], None]) -> None:
            work()

        def release(self) -> Any:
            """Leave our part of gevent's one loop to the next connection: nothing closes it."""
            return self.ioloop

    return GreenConnection


def _is_green() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and monkey.is_module_patched("threading")
