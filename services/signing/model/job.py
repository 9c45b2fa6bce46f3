"""A signing job: one version of an adaptation document on its way to being signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.errors.signing import (
    ASSESSMENT_CHANGED,
    ASSESSMENT_MISSING,
    ASSESSMENT_SIGNED,
    JOB_EXPIRED,
    JOB_STATE,
    NOT_ACCEPTABLE,
    NOT_SIGNATORY,
    OTHER_MEDIUM,
    OWN_PAPER,
    SIGNED_ALREADY,
)
from services.signing.model.assessment import Assessment

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class State(StrEnum):
    OPEN = "open"  # väntar på underskrift, eller på kontroll
    SIGNED = "signed"  # underskriven
    DECLINED = "declined"  # avböjd
    RECALLED = "recalled"  # återkallad
    EXPIRED = "expired"  # utgången


class Medium(StrEnum):
    DIGITAL = "digital"  # digital underskrift
    PAPER = "paper"  # underskrift på papper


@dataclass(frozen=True)
class Document:
    """A file in the blob store that was examined (Swedish: anpassningshandling)."""

    id: UUID
    key: str
    size: int  # bytes
    sha256: str
    pages: int


@dataclass(frozen=True)
class Signature:
    """Somebody's signature (Swedish: underskrift); `key` is the file's with it."""

    hsa_id: str
    signed_at: datetime
    assessment_version: int
    key: str
    size: int  # bytes
    sha256: str


@dataclass(eq=False)
class Job:
    """One version of an adaptation document, sent to be signed (Swedish: underskriftsärende).

    Args:
        version: from 1, within its adaptation.
        signatories: HSA-IDs.
        expires_at: midnight after the last day on which it can be signed; None on paper.
        assessment_in_scan: the prescriber's assessment is on the paper.
        added: signatures and assessments that are not stored yet.

    Source: S-4, S-7, S-10
    """

    id: UUID
    version: int
    medium: Medium
    title: str = field(repr=False)
    description: str = field(repr=False)
    document: Document
    signatories: tuple[str, ...]
    sent_by: str  # HSA-ID
    sent_at: datetime
    expires_at: datetime | None = None
    signed_day: date | None = None
    assessment_in_scan: bool = False
    state: State = State.OPEN
    closed_at: datetime | None = None
    closed_by: str | None = None  # HSA-ID
    reason: str | None = field(default=None, repr=False)
    assessments: list[Assessment] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)

    @property
    def assessment(self) -> Assessment | None:
        """The one in force."""
        return self.assessments[-1] if self.assessments else None

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Who has not signed yet; nobody once it is closed."""
        if self.state is not State.OPEN or self.medium is Medium.PAPER:
            return ()
        signed = {one.hsa_id for one in self.signatures}
        return tuple(one for one in self.signatories if one not in signed)

    @property
    def file(self) -> Signature | Document:
        """The file as it is now: with all signatures that there are."""
        return self.signatures[-1] if self.signatures else self.document

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be signed."""
        if self.expires_at is None:
            return None
        return self.expires_at.astimezone(STOCKHOLM).date() - timedelta(1)

    def assess(self, told: Mapping[str, Any], who: str, now: datetime) -> Assessment:
        """Take in a new version of the assessment.

        Raises:
            Conflict: the job is closed, or somebody has signed the assessment.
            Invalid: the assessment contradicts itself.

        Source: S-1
        """
        self._check_open(now)
        if self.signatures:
            raise ASSESSMENT_SIGNED()
        made = Assessment.make(len(self.assessments) + 1, told, who, now)
        self.assessments.append(made)
        return made

    def check_signable(self, who: str, assessment_version: int, now: datetime) -> Assessment:
        """The assessment that `who` may sign now.

        Raises:
            Conflict: not in this state, not this assessment, or signed already.
            Forbidden: the job was made for others.

        Source: S-1, S-7, S-8
        """
        self._check_medium(Medium.DIGITAL)
        self._check_signatory(who)
        self._check_open(now)
        if self.assessment is None:
            raise ASSESSMENT_MISSING()
        if self.assessment.version != assessment_version:
            raise ASSESSMENT_CHANGED(version=self.assessment.version)
        if not self.assessment.allows_use:
            raise NOT_ACCEPTABLE()
        return self.assessment

    def sign(self, signature: Signature) -> None:
        """Source: S-6, S-11"""
        now = signature.signed_at
        self.check_signable(signature.hsa_id, signature.assessment_version, now)
        self.signatures.append(signature)
        if not self.waits_for:
            self._close(State.SIGNED, signature.hsa_id, now)

    def verify(self, who: str, now: datetime) -> None:
        """Somebody else has compared the scan with the paper.

        Source: S-1, S-3
        """
        self._check_verifier(who)
        self._check_open(now)
        if self.assessment is None and not self.assessment_in_scan:
            raise ASSESSMENT_MISSING()
        if self.assessment is not None and not self.assessment.allows_use:
            raise NOT_ACCEPTABLE()
        self._close(State.SIGNED, who, now)

    def decline(self, who: str, reason: str, now: datetime) -> None:
        """A signatory does not sign. Who has signed may change her mind until all have.

        Source: S-10
        """
        self._check_medium(Medium.DIGITAL)
        self._check_member(who)
        self._check_open(now)
        self._close(State.DECLINED, who, now, reason)

    def reject(self, who: str, reason: str, now: datetime) -> None:
        """The scan does not hold.

        Source: S-3
        """
        self._check_verifier(who)
        self._check_open(now)
        self._close(State.DECLINED, who, now, reason)

    def recall(self, who: str, reason: str, now: datetime) -> None:
        self._check_open(now)
        self._close(State.RECALLED, who, now, reason)

    def expire(self, now: datetime) -> bool:
        """Close it if its time is over; return whether it was.

        Source: S-7, X-24
        """
        if self.state is not State.OPEN or self.expires_at is None or now < self.expires_at:
            return False
        self._close(State.EXPIRED, None, now)
        return True

    def _close(
        self, state: State, who: str | None, now: datetime, reason: str | None = None
    ) -> None:
        self.state, self.closed_by, self.closed_at, self.reason = state, who, now, reason

    def _check_open(self, now: datetime) -> None:
        if self.state is not State.OPEN:
            raise JOB_STATE(state=self.state.value)
        if self.expires_at is not None and now >= self.expires_at:
            raise JOB_EXPIRED(last_day=f"{self.last_day}")

    def _check_medium(self, medium: Medium) -> None:
        if self.medium is not medium:
            raise OTHER_MEDIUM()

    def _check_member(self, who: str) -> None:
        if who not in self.signatories:
            raise NOT_SIGNATORY()

    def _check_signatory(self, who: str) -> None:
        self._check_member(who)
        if any(one.hsa_id == who for one in self.signatures):
            raise SIGNED_ALREADY()

    def _check_verifier(self, who: str) -> None:
        self._check_medium(Medium.PAPER)
        if who == self.sent_by or who in self.signatories:
            raise OWN_PAPER()


def midnight_after(day: date) -> datetime:
    """When that day is over in Sweden."""
    return datetime.combine(day + timedelta(1), time(), STOCKHOLM)
