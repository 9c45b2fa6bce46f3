"""Signing's own settings, read from the environment at start; for certificates see pades.

PUBLIC_URL            the address of Rampen's pages, for links in mails
SUPPLY_CENTRE_UNITS   HSA-IDs of the units of the supply centre (Hjälpmedelscentralen), with commas
                      between; their staff sees all signing jobs. Nobody does unless told.
SIGNING_VALID_DAYS    for how many days a job can be signed; 30 unless told
SIGNING_LOGIN_AGE     how old the login for a signature may be, in seconds; 180 unless told
SIGNING_LEVELS        the levels of assurance that suffice for it, with commas between; loa3 and
                      loa4 of SITHS unless told
SIGNING_SWEEP         seconds between two sweeps that close the jobs whose time is over; 30

Source: S-7, S-8, X-24; facts §7.2, §7.3
"""

from dataclasses import dataclass
from datetime import timedelta

from chassis import settings
from services.signing.ports import Rules

LEVELS = ["http://id.sambi.se/loa/loa3", "http://id.sambi.se/loa/loa4"]


@dataclass(frozen=True)
class Settings:
    """What the process was told at start."""

    rules: Rules
    portal: str
    sweep_every: int  # seconds

    @classmethod
    def read(cls) -> "Settings":
        rules = Rules(
            supply_centre=settings.words("SUPPLY_CENTRE_UNITS"),
            valid_days=settings.positive("SIGNING_VALID_DAYS", 30),
            login_age=timedelta(seconds=settings.positive("SIGNING_LOGIN_AGE", 180)),
            levels=settings.words("SIGNING_LEVELS", LEVELS),
        )
        portal = settings.read("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
        return cls(rules, portal, settings.positive("SIGNING_SWEEP", 30))
