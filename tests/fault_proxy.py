"""A TCP proxy that loses answers: what was asked is carried out, but nobody hears of it."""

import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from threading import Event, Thread
from urllib.parse import urlsplit


class Fault(Enum):
    """What happens to a request or to its answer."""

    NONE = auto()
    SILENCE = auto()  # it never comes, the connection stays open
    CUT = auto()  # the connection is closed after its first bytes
    DROP = auto()  # the connection is closed before any
    NEVER_ARRIVES = auto()  # the connection is closed before the request is passed on


@dataclass
class FaultProxy:
    """Passes HTTP on to `upstream`; `faults` are used up, one by each matching request.

    Args:
        matching: what a request contains to be hit, e.g. its path.
    """

    upstream: str
    faults: list[Fault] = field(default_factory=list)
    matching: bytes = b""
    answered: Event = field(default_factory=Event)  # upstream has answered a request that was hit

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: set[socket.socket] = set()
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def lose(self, *faults: Fault, matching: str) -> None:
        """The next requests that contain `matching` meet these faults."""
        self.answered.clear()
        self.matching, self.faults = matching.encode(), list(faults)

    def close(self) -> None:
        for one in (self._listener, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        address = urlsplit(self.upstream)
        server = socket.create_connection((address.hostname, address.port))
        self._open |= {client, server}
        fault = Fault.NONE
        with suppress(OSError), client, server, selectors.DefaultSelector() as selector:
            for one in (client, server):
                selector.register(one, selectors.EVENT_READ)
            while True:
                for ready, _ in selector.select():
                    data = ready.fileobj.recv(65536)
                    if not data:
                        return
                    if ready.fileobj is client:
                        fault = self._fault_of(data, fault)
                        if fault is Fault.NEVER_ARRIVES:
                            return
                        server.sendall(data)
                    elif not self._answer(client, data, fault):
                        return

    def _fault_of(self, request: bytes, current: Fault) -> Fault:
        begins = request.startswith((b"GET ", b"POST "))
        if begins and self.faults and self.matching in request:
            return self.faults.pop(0)
        return Fault.NONE if begins else current

    def _answer(self, client: socket.socket, data: bytes, fault: Fault) -> bool:
        """Give the client what the fault leaves of it; False closes the connection."""
        if fault is not Fault.NONE:
            self.answered.set()
        match fault:
            case Fault.NONE:
                client.sendall(data)
            case Fault.CUT:
                client.sendall(data[:10])
        return fault in (Fault.NONE, Fault.SILENCE)


@contextmanager
def fault_proxy(upstream: str) -> Iterator[FaultProxy]:
    proxy = FaultProxy(upstream)
    try:
        yield proxy
    finally:
        proxy.close()
