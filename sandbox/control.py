"""What one can do to a sandbox that runs: look at it, stop it, hurt it."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox import process, run_file
from sandbox.errors import SandboxError

STOP_LIMIT = 60  # seconds


def down(folder: Path) -> None:
    """Stop everything, and wait until it has stopped."""
    supervisor = run_file.read(folder)["supervisor"]
    os.kill(supervisor["pid"], signal.SIGTERM)
    if not run_file.wait_for_end(supervisor, STOP_LIMIT):
        raise SandboxError(f"Rampen has not stopped within {STOP_LIMIT} s.")


def kill(folder: Path, name: str) -> None:
    """Kill a process as a power cut would; the supervisor starts it again."""
    for mark in _part(folder, name)["pids"]:
        if process.is_alive(mark):
            process.kill_tree(mark["pid"])


@contextmanager
def paused(folder: Path, name: str) -> Iterator[None]:
    """Let a process stand still meanwhile: it is there, and answers nothing."""
    marks = _part(folder, name)["pids"]
    try:
        for mark in marks:
            os.kill(mark["pid"], signal.SIGSTOP)
        yield
    finally:
        for mark in marks:
            os.kill(mark["pid"], signal.SIGCONT)


def is_asked(folder: Path, name: str) -> bool:
    """Whether a paused process has been sent something that it has not read."""
    port = f":{json.loads((folder / 'ports.json').read_text())[name]:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    unread = [row[4].partition(":")[2] for row in rows if row[1].endswith(port) and row[3] == "01"]
    return any(int(count, 16) for count in unread)


def restart(folder: Path, name: str) -> None:
    """Stop a process in good order, and wait until the supervisor has started it again."""
    before = _part(folder, name)
    number = signal.SIGINT if name == "postgres" else signal.SIGTERM
    os.kill(before["pids"][0]["pid"], number)
    wait_until_ready(folder, name, restarts=before["restarts"] + 1)


def wait_until_ready(folder: Path, name: str, restarts: int = 0, timeout: float = 60) -> None:
    """Wait until a process is ready that has been started again at least `restarts` times."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        part = _part(folder, name)
        if part["state"] == "ready" and part["restarts"] >= restarts:
            return
        time.sleep(0.05)
    raise SandboxError(f"{name} was not ready within {timeout:.0f} s; its log is {part['log']}.")


def status(folder: Path) -> list[str]:
    """One line for each process."""
    facts = run_file.read(folder)
    return [_line(name, part) for name, part in facts["parts"].items()]


def _line(name: str, part: dict[str, Any]) -> str:
    pids = " ".join(str(mark["pid"]) for mark in part["pids"])
    restarts = f", started again {part['restarts']} times" if part["restarts"] else ""
    return f"{name:<12} {part['state']:<9} {pids:<12} {part['log']}{restarts}"


def _part(folder: Path, name: str) -> dict[str, Any]:
    parts = run_file.read(folder)["parts"]
    if name not in parts:
        raise SandboxError(f"There is no {name}; there are {', '.join(parts)}.")
    return parts[name]
