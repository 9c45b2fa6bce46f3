"""Processes of the sandbox: each in a group of its own, none outlives the one that started it."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from sandbox.errors import SandboxError

TAIL = 15  # lines of a log that are shown when a process will not start


def launch(
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    at_parents_death: str = "TERM",
    privileges: Sequence[str] = (),
) -> subprocess.Popen:
    """Start `command` in a session of its own, its output appended to `log`.

    Args:
        at_parents_death: the signal that it gets when the *thread* that started it ends,
            however that comes about.
        privileges: options of setpriv(1), for a process that is to run as someone else.
    """
    setpriv = shutil.which("setpriv")
    wrapper = [setpriv, "--pdeathsig", at_parents_death, *privileges, "--"] if setpriv else []
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [*wrapper, *map(str, command)],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def wait_until(
    ready: Callable[[], object],
    *,
    what: str,
    process: subprocess.Popen | None = None,
    log: Path | None = None,
    timeout: float = 60,
) -> None:
    """Wait until `ready` returns something true; give up when `process` ends before that.

    Raises:
        SandboxError: it took more than `timeout` seconds, or the process ended.
    """
    deadline = time.monotonic() + timeout
    while not ready():
        if process and process.poll() is not None:
            raise SandboxError(f"{what} ended at once (status {process.returncode}).{tail(log)}")
        if time.monotonic() > deadline:
            raise SandboxError(f"{what} was not ready within {timeout:.0f} s.{tail(log)}")
        time.sleep(0.03)


def tail(log: Path | None) -> str:
    """The last lines of `log`, ready to follow a sentence."""
    if log is None or not log.exists():
        return ""
    lines = log.read_text(errors="replace").splitlines()[-TAIL:]
    return "\n".join(["", f"The end of {log}:", *(f"  {line}" for line in lines)])


def stop(process: subprocess.Popen, *, number: int = signal.SIGTERM, patience: float = 20) -> None:
    """Ask the process to end, wait, and kill its whole group if it does not or leaves anyone."""
    with suppress(ProcessLookupError):
        process.send_signal(number)
    with suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    kill(process)


def kill(process: subprocess.Popen) -> None:
    """Kill the process and all that it started, at once."""
    if process.poll() is None:
        kill_tree(process.pid)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # who is left when the leader is gone
    process.wait()


def kill_tree(pid: int) -> None:
    """Kill a process and all that it started, also those that left its group."""
    for member in [pid, *descendants(pid)]:
        with suppress(ProcessLookupError):
            os.kill(member, signal.SIGKILL)


def descendants(pid: int) -> Iterator[int]:
    """The processes that `pid` started, and theirs; they may have left its group."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield int(child)
            yield from descendants(int(child))


def mark_of(pid: int) -> dict[str, int]:
    """What tells a process from a later one with the same id."""
    return {"pid": pid, "started": _started(pid)}


def is_alive(mark: dict[str, int]) -> bool:
    return _started(mark["pid"]) == mark["started"] != 0


def _started(pid: int) -> int:
    """When the process started, in clock ticks since the machine did; 0 if it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        statistics = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return 0 if statistics[0] == "Z" else int(statistics[19])
    return 0


class Server:
    """A server that runs as long as a `with` block, or from `start` to `stop` or `kill`."""

    name: str
    log: Path
    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        raise NotImplementedError

    def stop(self) -> None:
        """End in good order."""
        if self.process:
            stop(self.process)

    def kill(self) -> None:
        """End as a power cut would."""
        if self.process:
            kill(self.process)

    def pids(self) -> list[int]:
        """The process itself, and others that it needs."""
        return [self.process.pid] if self.process else []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
