"""Booking's own settings, read from the environment at start.

ZOEZI_URL                the scheduler's address, without /api
ZOEZI_KEY                the key that it knows us by
ACTIVITY_WINDOW          how long an activity stays open without a booked time: "3 days" unless
                         told, or "3 working days", "20 seconds" and the like
ACTIVITY_WINDOWS         other windows, as JSON by agreement: {"general": "3 working days"}
ACTIVITY_WARNINGS        how long before its end a person is warned, with commas between: "24 hours,
                         4 hours" unless told; nobody is mailed twice a day. Empty: never
SERVICE_PRODUCTS_BY_ISO  which service product is proposed for which devices, as JSON by the
                         beginning of the ISO code: {"12 22": 11}. None unless told
SUPPLY_CENTRE_UNITS      HSA-IDs, with commas between, of the supply centre's units, which see all
                         figures and note the outcome of all visits
CANCEL_RESTARTS_WINDOW   whether a cancelled booking starts the window anew (true) or the old one
                         goes on (false)
HOLDS_PER_PERSON         how many times a person may hold, each for an activity of its own; 4
                         unless told: two visits of two
EXTENSIONS_PER_HOLD      how often a hold may be extended; 2 unless told
REBOOKINGS_PER_BOOKING   how often a booking may be moved; 3 unless told
SWEEP_EVERY              seconds between two sweeps that close what is overdue; 5 unless told
RECONCILE_AFTER          seconds after which booking no longer waits for an answer of the scheduler,
                         but looks up what came of it; 60 unless told
OFFERED_FOR              seconds for which places, service products and consultants to choose from
                         are kept before the scheduler is asked again; 60 unless told
MAIL_FROM                the organiser of the calendar entries, who also sends the mails
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from chassis import settings
from services.booking.model.booking import HoldLimits
from services.booking.proposals import Proposals
from services.booking.window import Window, Windows, span


@dataclass(frozen=True)
class Settings:
    """What the process was told at start."""

    windows: Windows
    warnings: tuple[timedelta, ...]
    proposals: Proposals
    supply_centre: frozenset[str]
    holds: HoldLimits
    rebookings: int
    sweep_every: int  # seconds
    reconcile_after: timedelta
    offered_for: timedelta
    organizer: str

    @classmethod
    def read(cls) -> "Settings":
        return cls(
            windows=_windows(),
            warnings=_warnings(),
            proposals=_proposals(),
            supply_centre=settings.words("SUPPLY_CENTRE_UNITS"),
            holds=HoldLimits(
                per_person=settings.positive("HOLDS_PER_PERSON", 4),
                extensions=settings.positive("EXTENSIONS_PER_HOLD", 2),
            ),
            rebookings=settings.positive("REBOOKINGS_PER_BOOKING", 3),
            sweep_every=settings.positive("SWEEP_EVERY", 5),
            reconcile_after=timedelta(seconds=settings.positive("RECONCILE_AFTER", 60)),
            offered_for=timedelta(seconds=settings.positive("OFFERED_FOR", 60)),
            organizer=settings.read("MAIL_FROM", default="rampen@localhost"),
        )


def _windows() -> Windows:
    with _wrong("ACTIVITY_WINDOW"):
        usual = Window.parse(settings.read("ACTIVITY_WINDOW", default="3 days"))
    with _wrong("ACTIVITY_WINDOWS"):
        own = json.loads(settings.read("ACTIVITY_WINDOWS", default="{}"))
        by_agreement = {name: Window.parse(text) for name, text in dict(own).items()}
    restarts = settings.read("CANCEL_RESTARTS_WINDOW", "bool", default=True)
    return Windows(usual, by_agreement, restarts)


def _warnings() -> tuple[timedelta, ...]:
    with _wrong("ACTIVITY_WARNINGS"):
        text = settings.read("ACTIVITY_WARNINGS", default="24 hours, 4 hours")
        return tuple(span(one) for one in text.split(",") if one.strip())


def _proposals() -> Proposals:
    with _wrong("SERVICE_PRODUCTS_BY_ISO"):
        return Proposals.parse(settings.read("SERVICE_PRODUCTS_BY_ISO", default="{}"))


@contextmanager
def _wrong(name: str) -> Iterator[None]:
    """Say which setting cannot be read, and why."""
    try:
        yield
    except (ValueError, TypeError, AttributeError) as error:
        raise settings.SettingError(name, f"is {error}") from None
