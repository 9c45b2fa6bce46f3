"""The bench's own processes beside the suite's."""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import httpx
import psutil

from sandbox import process
from sandbox.site import ROOT


class Process(process.Server):
    """A process that is ready when `ready` says so.

    Args:
        arguments: what follows `python`.
        environment: tells its settings; asked when it starts.
    """

    def __init__(
        self,
        log: Path,
        arguments: Sequence[str],
        environment: Callable[[], dict[str, str]],
        ready: Callable[[], object],
    ) -> None:
        self.name, self.log = log.stem, log
        self._arguments, self._environment, self._ready = arguments, environment, ready

    def start(self) -> None:
        self.process = process.launch(
            [sys.executable, *self._arguments],
            log=self.log,
            environment=self._environment(),
            folder=ROOT,
        )
        process.wait_until(self._ready, what=self.name, process=self.process, log=self.log)


def answers(port: int) -> bool:
    """Whether the process with this port says that it is ready."""
    with suppress(httpx.TransportError):
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).is_success
    return False


def family(pid: int) -> list[psutil.Process]:
    """A process and all that it has started."""
    first = psutil.Process(pid)
    return [first, *first.children(recursive=True)]


def processor_time(pid: int) -> float:
    """Seconds that a process and all that it has started have used so far."""
    used = 0.0
    for member in family(pid):
        with suppress(psutil.NoSuchProcess):
            times = member.cpu_times()
            used += times.user + times.system
    return used + _of_the_dead(pid)


def resident(pid: int) -> int:
    """Bytes of memory that a process has."""
    return psutil.Process(pid).memory_info().rss


def _of_the_dead(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.children_user + times.children_system
