"""What runs, written down: for the other commands, and to find what a killed sandbox left."""

import json
import os
import select
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.files import write_private
from sandbox.process import is_alive

PATIENCE = 10  # seconds that the processes of a killed sandbox get to end in good order


def write(folder: Path, facts: dict[str, Any]) -> None:
    write_private(folder / "run.json", json.dumps(facts, indent=2, ensure_ascii=False))


def read(folder: Path) -> dict[str, Any]:
    """The facts about the sandbox that runs in `folder`.

    Raises:
        SandboxError: none runs there.
    """
    facts = _facts(folder)
    if not facts or not is_alive(facts["supervisor"]):
        raise SandboxError("Rampen does not run here: start it with `make up`.")
    return facts


def change_settings(folder: Path, name: str, settings: dict[str, str]) -> None:
    """From its next start on, the process `name` is told these settings; none for as it was."""
    path = folder / "changed_settings.json"
    changed = json.loads(path.read_text()) if path.exists() else {}
    write_private(path, json.dumps(changed | {name: settings}))


def changed_settings(folder: Path, name: str) -> dict[str, str]:
    """What the process `name` is told beside what all are told."""
    path = folder / "changed_settings.json"
    return json.loads(path.read_text()).get(name, {}) if path.exists() else {}


def end_leftovers(folder: Path) -> list[str]:
    """End what a sandbox that was killed left running in `folder`; return the names."""
    parts = (_facts(folder) or {"parts": {}})["parts"]
    left = [(name, mark) for name in parts for mark in parts[name]["pids"] if is_alive(mark)]
    for _, mark in left:
        with suppress(ProcessLookupError):
            os.kill(mark["pid"], signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for _, mark in left:
        if not wait_for_end(mark, max(0.0, deadline - time.monotonic())):
            process.kill_tree(mark["pid"])
    return list(dict.fromkeys(name for name, _ in left))


def wait_for_end(mark: dict[str, int], timeout: float) -> bool:
    """Wait until the process has ended; False if it has not within `timeout` seconds."""
    if not is_alive(mark):
        return True
    with suppress(ProcessLookupError):
        descriptor = os.pidfd_open(mark["pid"])
        try:
            return bool(select.select([descriptor], [], [], timeout)[0])
        finally:
            os.close(descriptor)
    return True


def _facts(folder: Path) -> dict[str, Any] | None:
    path = folder / "run.json"
    return json.loads(path.read_text()) if path.exists() else None
