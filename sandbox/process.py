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
    offspring = list(descendants(process.pid)) if process.poll() is None else []
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pid in offspring:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def descendants(pid: int) -> Iterator[int]:
    """The processes that `pid` started, and theirs; they may have left its group."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield int(child)
            yield from descendants(int(child))


class Server:
    """A server that runs as long as a `with` block, or from `start` to `stop` or `kill`."""

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
