"""Starts the parts of a suite in order of need, keeps them running, and stops them all."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sandbox.errors import SandboxError
from sandbox.process import Server, mark_of

FIRST_DELAY, LONGEST_DELAY = 0.2, 10.0  # seconds before a process that died is started again
STEADY = 30.0  # seconds after which it counts as running again
PATIENCE = 5.0  # seconds before a long wait is mentioned


@dataclass
class Part:
    """A part of the suite: a server to keep running, or something to be done once.

    Args:
        work: the server, or what to do; the latter is told when everything is to stop.
        needs: names of the parts that must be ready first.
    """

    name: str
    work: Server | Callable[[threading.Event], object]
    needs: tuple[str, ...] = ()
    ready: threading.Event = field(default_factory=threading.Event)
    state: str = "waiting"
    restarts: int = 0


class Supervisor:
    """Runs parts until told to stop.

    Args:
        report: told in one line of everything that a person wants to know.
        changed: called whenever the state of a part has changed.
    """

    def __init__(
        self,
        parts: Iterable[Part],
        report: Callable[[str], None],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.parts = {part.name: part for part in parts}
        self.failure: Exception | None = None
        self._report, self._changed = report, changed
        self._stopping = threading.Event()
        # A thread lives as long as its process, which ends with the thread that started it.
        self._threads = [
            threading.Thread(target=self._run, args=(part,), name=part.name)
            for part in self.parts.values()
        ]

    def start(self) -> None:
        """Start everything, and wait until it is ready or `stop` is called.

        Raises:
            SandboxError: a part could not be started.
        """
        for thread in self._threads:
            thread.start()
        for part in self.parts.values():
            self._await(part)
        if self.failure:
            raise self.failure

    def stop(self) -> None:
        """Stop everything: first what needs others, then what was needed; nothing stays behind."""
        self._stopping.set()
        waves = [part for part in self.parts.values() if part.needs], list(self.parts.values())
        for wave in waves:
            stoppers = [threading.Thread(target=_stop, args=(part,)) for part in wave]
            for step in (threading.Thread.start, threading.Thread.join):
                for stopper in stoppers:
                    step(stopper)
        for thread in self._threads:
            if thread.ident:
                thread.join()

    def wait(self) -> None:
        """Wait until told to stop."""
        self._stopping.wait()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def _await(self, part: Part) -> None:
        began = mentioned = time.monotonic()
        while not part.ready.wait(0.1) and not self.stopping:
            if part.state == "starting" and time.monotonic() - mentioned > PATIENCE:
                mentioned = time.monotonic()
                self._report(f"still waiting for {part.name} ({mentioned - began:.0f} s)")

    def _run(self, part: Part) -> None:
        if not self._needs_are_ready(part):
            return
        try:
            self._start(part)
        except Exception as error:
            self.failure = self.failure or (None if self.stopping else error)
            self._stopping.set()
        if isinstance(part.work, Server):
            self._keep(part, part.work)

    def _needs_are_ready(self, part: Part) -> bool:
        for need in part.needs:
            while not self.parts[need].ready.wait(0.1):
                if self.stopping:
                    return False
        return not self.stopping

    def _start(self, part: Part) -> None:
        began = time.monotonic()
        self._enter(part, "starting")
        part.work.start() if isinstance(part.work, Server) else part.work(self._stopping)
        self._enter(part, "ready" if isinstance(part.work, Server) else "done")
        if not self.stopping:
            self._report(f"{part.name}: ready ({time.monotonic() - began:.1f} s)")
        part.ready.set()

    def _keep(self, part: Part, server: Server) -> None:
        """Start the server again whenever it ends, sooner or later by how often it does."""
        delay = FIRST_DELAY
        while not self.stopping and server.process:
            began = time.monotonic()
            status = server.process.wait()
            if self.stopping:
                break
            delay = FIRST_DELAY if time.monotonic() - began > STEADY else delay
            self._enter(part, "down")
            self._report(f"{part.name} {_how(status)}; starting it again")
            server.kill()  # what it has left behind
            self._stopping.wait(delay)
            delay = min(2 * delay, LONGEST_DELAY)
            self._restart(part, server)
        server.stop()

    def _restart(self, part: Part, server: Server) -> None:
        part.restarts += 1
        try:
            if not self.stopping:
                self._start(part)
        except SandboxError as error:
            if not self.stopping:
                self._report(f"{part.name}: {error}")
            server.kill()

    def _enter(self, part: Part, state: str) -> None:
        part.state = state
        self._changed()

    def facts(self) -> dict[str, dict]:
        """What run.json tells of each server."""
        return {
            part.name: {
                "state": part.state,
                "restarts": part.restarts,
                "log": str(part.work.log),
                "pids": [mark_of(pid) for pid in part.work.pids()],
            }
            for part in self.parts.values()
            if isinstance(part.work, Server)
        }


def _stop(part: Part) -> None:
    if isinstance(part.work, Server):
        part.work.stop()


def _how(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
