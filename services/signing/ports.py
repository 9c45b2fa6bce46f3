"""What the use cases of signing need from outside."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from contracts.actor import Actor
from services.signing.model.case import Case
from services.signing.model.job import Document, Job

Mail = Mapping[str, Any]  # what `Transaction.mail` takes


@dataclass(frozen=True)
class Rules:
    """What the region has settled.

    Args:
        supply_centre: HSA-IDs of its units (Swedish: Hjälpmedelscentralen).
        valid_days: for how many days a job can be signed unless told (X-24).
        login_age: how old the login for a signature may be.
        levels: the levels of assurance that suffice for it.
    """

    supply_centre: frozenset[str]
    valid_days: int = 30
    login_age: timedelta = timedelta(minutes=3)
    levels: frozenset[str] = frozenset()


class Sight(NamedTuple):
    """Whose jobs the actor sees: everybody's, or her own and her unit's ("" is nobody's)."""

    everything: bool
    person: str
    unit: str


class Built(NamedTuple):
    """Which adaptations are listed; None leaves it open."""

    adaptation_id: UUID | None = None
    state: str | None = None


class Listed(NamedTuple):
    """Which jobs are listed; None leaves it open."""

    adaptation_id: UUID | None = None
    state: str | None = None
    waits_for: str | None = None  # HSA-ID


class Cases(Protocol):
    """The adaptations with the versions of their documents."""

    def open(self, case: Case) -> None:
        """Store a new one; nothing happens where it is known already."""

    def get(self, adaptation_id: UUID, sight: Sight) -> Case | None:
        """With its latest job."""

    def of_job(self, job_id: UUID, sight: Sight) -> Case | None:
        """With that job."""

    def look_at(self, job_id: UUID, sight: Sight, action: str) -> Case | None:
        """With that job; `action` is written to the access log."""

    def page(
        self, built: Built, sight: Sight, sort: str, offset: int, limit: int
    ) -> Sequence[Case]:
        """Each with its latest job, sorted as `ListSigningCases` says; then those built first."""

    def jobs(
        self, listed: Listed, sight: Sight, sort: str, offset: int, limit: int
    ) -> Sequence[Case]:
        """Each with one of its jobs, sorted as `ListSigningJobs` says; then the latest first."""

    def keep_number(self, case: Case, year: int) -> None:
        """Give the adaptation the next diary number of the year, unless it has one."""

    def save(self, case: Case) -> None:
        """Store it with its job, tell its events, and write the change to the access log.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """

    def expire(self, notice: Mail, at_most: int) -> int:
        """Close the jobs whose time is over, tell and mail; return how many.

        By the database's clock, each once, in one statement.
        """


class Documents(Protocol):
    """The files that were examined."""

    def add(self, document: Document) -> None: ...

    def get(self, document_id: UUID) -> Document | None: ...

    def knows(self, key: str) -> bool:
        """Whether that file is one of them."""


class Transaction(Protocol):
    """What one transaction reads, changes and tells."""

    actor: Actor
    now: datetime

    @property
    def cases(self) -> Cases: ...

    @property
    def documents(self) -> Documents: ...

    def mail(self, recipient: str, subject: str, body: str, **calendar: Any) -> None: ...

    def answer(self, command_id: UUID, mark: bytes, reply: Mapping[str, Any]) -> None: ...


class Database(Protocol):
    """Where the transactions of processes and sweeps come from."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...

    def reading(self) -> AbstractContextManager[Transaction]: ...


class Stored(Protocol):
    """Where a file was put."""

    @property
    def key(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def sha256(self) -> str: ...


class Files(Protocol):
    """The blob store."""

    def content(self, key: str) -> bytes:
        """
        Raises:
            FileNotFoundError: there is none.
        """

    def keep(self, content: bytes) -> Stored:
        """Store a file under the hash of its content; the same again is harmless."""

    def remove(self, key: str) -> None: ...


class Letters(Protocol):
    """The mails that are sent; each goes to several people."""

    def invitation(self, case: Case, job: Job) -> Mail: ...

    def paper_sent(self, case: Case, job: Job) -> Mail: ...

    def registered(self, case: Case, job: Job) -> Mail: ...

    def declined(self, case: Case, job: Job) -> Mail: ...

    def recalled(self, case: Case, job: Job) -> Mail: ...

    def expired(self) -> Mail:
        """With places that the database fills in for each."""
