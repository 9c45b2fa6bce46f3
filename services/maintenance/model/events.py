"""What happens to work orders that others want to know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class WorkEvent:
    work_order_id: UUID
    work_order_number: str
    kind: str
    individual_number: str
    unit: str


@dataclass(frozen=True)
class WorkStarted(WorkEvent):
    started_at: datetime


@dataclass(frozen=True)
class WorkPaused(WorkEvent):
    cause: str
    paused_at: datetime


@dataclass(frozen=True)
class WorkResumed(WorkEvent):
    resumed_at: datetime


@dataclass(frozen=True)
class WorkFinished(WorkEvent):
    finished_at: datetime


@dataclass(frozen=True)
class WorkCancelled(WorkEvent):
    cause: str
    cancelled_at: datetime


@dataclass(frozen=True)
class AdaptationBuilt(WorkEvent):
    adaptation_id: UUID
    prescriber: str
    technician: str
    built_at: datetime


@dataclass(frozen=True)
class AdaptationCancelled(WorkEvent):
    adaptation_id: UUID
    cancelled_at: datetime
