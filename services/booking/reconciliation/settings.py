"""The settings of reconciliation, read from the environment at start.

RECONCILIATION_HOUR    when a night's run begins, in Sweden: 3 unless told; empty: never
RECONCILIATION_GRACE   seconds for which a difference must stand to count; 120 unless told
SWEEP_EVERY            seconds between two looks for runs that are asked for; 5 unless told
"""

from dataclasses import dataclass
from datetime import timedelta

from chassis import settings


@dataclass(frozen=True)
class Settings:
    """What the process was told at start."""

    hour: int | None
    grace: timedelta
    every: int  # seconds

    @classmethod
    def read(cls) -> "Settings":
        return cls(
            hour=_hour(),
            grace=timedelta(seconds=settings.positive("RECONCILIATION_GRACE", 120)),
            every=settings.positive("SWEEP_EVERY", 5),
        )


def _hour() -> int | None:
    text = settings.read("RECONCILIATION_HOUR", default="3")
    if not text.strip():
        return None
    if not text.isdecimal() or not 0 <= int(text) <= 23:
        raise settings.SettingError("RECONCILIATION_HOUR", "must be 0 to 23, or empty")
    return int(text)
