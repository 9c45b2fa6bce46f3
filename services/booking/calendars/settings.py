"""Settings for the calendars that booking reads, from the environment at start.

CALENDAR_INTERVAL        seconds between two readings of a consultant's calendar; 900 unless told
CALENDAR_SWEEP           seconds between two looks for what is due; 10 unless told
CALENDAR_ALLOWED_HOSTS   hosts, with commas between, that may be read though they are not public
CALENDAR_LARGEST         bytes that a calendar may have; 5 000 000 unless told
"""

from dataclasses import dataclass
from datetime import timedelta

from chassis import settings


@dataclass(frozen=True)
class Settings:
    """What the process was told at start."""

    interval: timedelta
    sweep_every: int  # seconds
    allowed: frozenset[str]
    largest: int

    @classmethod
    def read(cls) -> "Settings":
        return cls(
            interval=timedelta(seconds=settings.positive("CALENDAR_INTERVAL", 900)),
            sweep_every=settings.positive("CALENDAR_SWEEP", 10),
            allowed=settings.words("CALENDAR_ALLOWED_HOSTS"),
            largest=settings.positive("CALENDAR_LARGEST", 5_000_000),
        )
