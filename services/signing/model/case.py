"""An adaptation that is built: its device is blocked until its document is signed."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.errors.signing import JOB_OUT, RELEASED
from services.signing.model import events
from services.signing.model.job import Job, Medium, Signature, State


class CaseState(StrEnum):
    AWAITS_DOCUMENT = "awaits_document"  # väntar på handling
    AWAITS_SIGNATURES = "awaits_signatures"  # väntar på underskrift
    AWAITS_VERIFICATION = "awaits_verification"  # väntar på kontroll av papper
    RELEASED = "released"  # godkänd


@dataclass(eq=False)
class Case:
    """An adaptation and the versions of its document (Swedish: specialanpassning).

    Args:
        id: the adaptation's.
        prescriber: HSA-ID of who ordered it.
        technician: HSA-ID of who built it.
        diary_number: kept for the adaptation when the first signature is made; the adaptation is
            registered under it once its document is signed.
        job: the latest, or None; earlier ones are history.
        version: counts the changes; 0 until it is stored.

    Source: S-1, S-12
    """

    id: UUID
    work_order_number: str
    individual_number: str
    unit: str
    prescriber: str
    technician: str
    built_at: datetime
    diary_number: str | None = None
    job: Job | None = None
    version: int = 0
    events: list[object] = field(default_factory=list, repr=False)

    @property
    def state(self) -> CaseState:
        if self.job is None:
            return CaseState.AWAITS_DOCUMENT
        if self.job.state is State.SIGNED:
            return CaseState.RELEASED
        if self.job.state is not State.OPEN:
            return CaseState.AWAITS_DOCUMENT
        if self.job.medium is Medium.PAPER:
            return CaseState.AWAITS_VERIFICATION
        return CaseState.AWAITS_SIGNATURES

    @property
    def next_version(self) -> int:
        """Of the document to be sent.

        Raises:
            Conflict: the adaptation is released, or a job is out.

        Source: S-4
        """
        if self.job is None:
            return 1
        if self.job.state is State.SIGNED:
            raise RELEASED()
        if self.job.state is State.OPEN:
            raise JOB_OUT(version=self.job.version)
        return self.job.version + 1

    @property
    def latest(self) -> Job:
        if self.job is None:
            raise LookupError("the adaptation has no job")
        return self.job

    @property
    def people(self) -> list[str]:
        """Everyone who takes part: technicians, prescriber and signatories."""
        job = self.latest
        return list(dict.fromkeys([job.sent_by, self.technician, *job.signatories]))

    def sign(self, signature: Signature) -> None:
        """Put a signature to the job that is out; the last one releases the device.

        Source: S-1, S-6, S-12
        """
        self.latest.sign(signature)
        if self.latest.state is State.SIGNED:
            told = events.DocumentSigned(*self._who(), self._number(), signature.signed_at)
            self.events.append(told)

    def verify(self, who: str, now: datetime) -> None:
        """Source: S-1, S-3, S-12"""
        self.latest.verify(who, now)
        self.events.append(events.DocumentTakenOnPaper(*self._who(), self._number(), now))

    def decline(self, who: str, reason: str, now: datetime) -> None:
        self.latest.decline(who, reason, now)
        self.events.append(events.DocumentDeclined(*self._who(), declined_at=now))

    def reject(self, who: str, reason: str, now: datetime) -> None:
        self.latest.reject(who, reason, now)
        self.events.append(events.DocumentDeclined(*self._who(), declined_at=now))

    def expire(self, now: datetime) -> bool:
        """Source: S-7"""
        if self.job is None or not self.job.expire(now):
            return False
        self.events.append(events.DocumentExpired(*self._who(), expired_at=now))
        return True

    def _number(self) -> str:
        if self.diary_number is None:
            raise LookupError("what is registered has a diary number")
        return self.diary_number

    def _who(self) -> tuple[UUID, UUID, int, str, str, str]:
        job = self.latest
        case = (self.work_order_number, self.individual_number, self.unit)
        return self.id, job.id, job.version, *case
