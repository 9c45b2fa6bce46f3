"""Training's own settings, read from the environment at start.

OFFER_TIME      how long a seat from the waiting list is kept for whom it is offered: "48h",
                "20s" and the like; two days unless told
SWEEP_EVERY     seconds between two sweeps for offers whose time is out; 5 unless told
CONFIRM_EVERY   seconds between two confirmations that all gates have been told; 60 unless told
MAIL_FROM       the organiser of the calendar entries, who also sends the mails
"""

from dataclasses import dataclass
from datetime import timedelta

from chassis import settings

TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True)
class Settings:
    """What the process was told at start."""

    offer_time: timedelta
    sweep_every: int  # seconds
    confirm_every: int  # seconds
    organizer: str

    @classmethod
    def read(cls) -> "Settings":
        offer_time = settings.read("OFFER_TIME", "timedelta", default=TWO_DAYS)
        if offer_time <= timedelta():
            raise settings.SettingError("OFFER_TIME", "must be more than nothing")
        return cls(
            offer_time=offer_time,
            sweep_every=settings.positive("SWEEP_EVERY", 5),
            confirm_every=settings.positive("CONFIRM_EVERY", 60),
            organizer=settings.read("MAIL_FROM", default="rampen@localhost"),
        )
