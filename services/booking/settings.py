"""Booking's own settings, read from the environment at start.

ZOEZI_URL                the scheduler's address, without /api
ZOEZI_KEY                the key that it knows us by
ACTIVITY_WINDOW          how long an activity stays open without a booked time: "3 days" unless
                         told, or "3 working days", "20 seconds" and the like
CANCEL_RESTARTS_WINDOW   whether a cancelled booking starts the window anew (true) or the old one
                         goes on (false)
HOLDS_PER_PERSON         how many times a person may hold; 3 unless told
REBOOKINGS_PER_BOOKING   how often a booking may be moved; 3 unless told
SWEEP_EVERY              seconds between two sweeps that close what is overdue; 5 unless told
RECONCILE_AFTER          seconds after which booking no longer waits for an answer of the scheduler,
                         but looks up what came of it; 60 unless told
MAIL_FROM                the organiser of the calendar entries, who also sends the mails
"""

from dataclasses import dataclass
from datetime import timedelta

from chassis import settings
from services.booking.window import Window


@dataclass(frozen=True)
class Settings:
    """What the process was told at start."""

    window: Window
    restart: Window | None
    holds_per_person: int
    rebookings: int
    sweep_every: int  # seconds
    reconcile_after: timedelta
    organizer: str

    @classmethod
    def read(cls) -> "Settings":
        window = _window()
        restarts = settings.read("CANCEL_RESTARTS_WINDOW", "bool", default=True)
        return cls(
            window=window,
            restart=window if restarts else None,
            holds_per_person=_positive("HOLDS_PER_PERSON", 3),
            rebookings=_positive("REBOOKINGS_PER_BOOKING", 3),
            sweep_every=_positive("SWEEP_EVERY", 5),
            reconcile_after=timedelta(seconds=_positive("RECONCILE_AFTER", 60)),
            organizer=settings.read("MAIL_FROM", default="rampen@localhost"),
        )


def _window() -> Window:
    try:
        return Window.parse(settings.read("ACTIVITY_WINDOW", default="3 days"))
    except ValueError as error:
        raise settings.SettingError("ACTIVITY_WINDOW", f"is {error}") from None


def _positive(name: str, default: int) -> int:
    value = settings.read(name, "int", default=default)
    if value < 1:
        raise settings.SettingError(name, "must be 1 or more")
    return value
