"""The clock: a port, so that time can be tested."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What knows the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock for tests: it stands still until told otherwise.

    Args:
        instant: where it starts; any time zone, but aware.
    """

    def __init__(self, instant: datetime) -> None:
        self.set(instant)

    def now(self) -> datetime:
        return self._now

    def set(self, instant: datetime) -> None:
        """Jump to `instant`, forwards or backwards."""
        if instant.utcoffset() is None:
            raise ValueError("a clock shows an instant: give it a time zone")
        self._now = instant.astimezone(UTC)

    def advance(self, by: timedelta) -> datetime:
        """Let `by` pass; return the new instant."""
        self._now += by
        return self._now
