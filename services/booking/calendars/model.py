"""A consultant's calendar that we read, and when it is read next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

WHOLE_AT_LEAST = timedelta(hours=12)  # so that what recurs is known as far ahead as it is booked
LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True)
class Feed:
    """
    Args:
        address: of the published calendar; secret.
        read_at: when it was last read as a whole; `checked_at`, at least asked for changes.
        failures: how many times in a row it could not be read; `problem` says why.
    """

    id: UUID
    consultant_id: int
    address: str
    added_at: datetime
    next_at: datetime
    removed_at: datetime | None = None
    etag: str | None = None
    read_at: datetime | None = None
    checked_at: datetime | None = None
    busy_periods: int | None = None
    failures: int = 0
    problem: str | None = None
    problem_at: datetime | None = None

    def etag_at(self, now: datetime) -> str | None:
        """What to ask for changes with; None when it is to be read as a whole."""
        if self.problem or self.read_at is None or now - self.read_at > WHOLE_AT_LEAST:
            return None
        return self.etag

    def pause_after_failure(self, interval: timedelta) -> timedelta:
        """Twice as long after each failure more, and never longer than six hours."""
        doubled: timedelta = interval * 2 ** min(self.failures, 10)
        return min(doubled, max(LONGEST_PAUSE, interval))
