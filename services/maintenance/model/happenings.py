"""What can happen to a work order, and what did."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    REGISTERED = "registered"  # registrerad
    ASSIGNED = "assigned"  # tilldelad
    STARTED = "started"  # påbörjad
    PAUSED = "paused"  # pausad
    RESUMED = "resumed"  # återupptagen
    FINISHED = "finished"  # klar
    CANCELLED = "cancelled"  # avbruten
    HANDED_OUT = "handed_out"  # utlämnad


#: What neither changes a work order's state nor is minded by its clocks.
BESIDE = frozenset({What.ASSIGNED, What.HANDED_OUT})


@dataclass(frozen=True)
class Happening:
    """Something that happened to a work order; it is never changed.

    Args:
        at: when it took place; `recorded_at`, when Rampen was told.
        recorded_by: HSA-ID of who told it.
        technician: HSA-ID, of an assignment.
    """

    what: What
    at: datetime
    recorded_at: datetime
    recorded_by: str
    cause: str | None = None
    technician: str | None = None
