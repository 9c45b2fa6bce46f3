"""What happens to signing jobs that others want to know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class JobEvent:
    adaptation_id: UUID
    job_id: UUID
    version: int
    work_order_number: str
    individual_number: str
    unit: str


@dataclass(frozen=True)
class DocumentSigned(JobEvent):
    diary_number: str
    signed_at: datetime


@dataclass(frozen=True)
class DocumentTakenOnPaper(JobEvent):
    diary_number: str
    verified_at: datetime


@dataclass(frozen=True)
class DocumentDeclined(JobEvent):
    declined_at: datetime


@dataclass(frozen=True)
class DocumentExpired(JobEvent):
    expired_at: datetime
