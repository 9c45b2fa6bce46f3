"""Reads calendars, each in a process of its own, and waits without keeping others waiting."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from contracts.errors.booking_calendars import FEED_SILENT, FEED_TOO_MANY

COMMAND = (sys.executable, "-W", "ignore", "-m", "services.booking.calendars.reader")
LONGEST = 60  # seconds
PAUSE = 0.02  # seconds between two looks: a wait in the system would stop all green threads

Period = tuple[datetime, datetime]


@dataclass(frozen=True)
class Reading:
    """What came of reading a calendar.

    Args:
        busy: None: as before.
        problem: code of what was wrong with it.
    """

    busy: tuple[Period, ...] | None = None
    etag: str | None = None
    problem: str | None = None


class _Reader:
    """One process at work."""

    def __init__(self, question: Mapping[str, Any]) -> None:
        self._found: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `result`
        with tempfile.TemporaryFile() as sent:
            sent.write(json.dumps(question).encode())
            sent.seek(0)
            self._process = subprocess.Popen(
                COMMAND, stdin=sent, stdout=self._found, stderr=subprocess.DEVNULL
            )

    @property
    def is_done(self) -> bool:
        return self._process.poll() is not None

    def result(self) -> Reading:
        """What it found; it is ended if it has not."""
        is_late = not self.is_done
        self._process.kill()
        code = self._process.wait()
        with self._found:
            if code:  # it took more than any calendar needs
                return Reading(problem=(FEED_SILENT if is_late else FEED_TOO_MANY).code)
            self._found.seek(0)
            return _reading(json.load(self._found))


def read_all(questions: Sequence[Mapping[str, Any]], longest: float = LONGEST) -> list[Reading]:
    """Read these calendars at the same time; what takes longer is given up."""
    readers = [_Reader(question) for question in questions]
    give_up = time.monotonic() + longest
    while not all(reader.is_done for reader in readers) and time.monotonic() < give_up:
        time.sleep(PAUSE)
    return [reader.result() for reader in readers]


def _reading(answer: Mapping[str, Any]) -> Reading:
    if "busy" not in answer:
        return Reading(problem=answer.get("problem"))
    busy = ((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in answer["busy"])
    return Reading(tuple(busy), answer["etag"])
