"""What the use cases of training need from outside."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from contracts.actor import Actor
from services.training.model.completions_file import FileRow, WaitingRow
from services.training.model.curriculum import Curriculum
from services.training.model.gate import Gate
from services.training.model.occasion import Enrolment, Occasion

Mail = Mapping[str, Any]  # what `Transaction.mail` takes
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Completion:
    """A person has completed a version of a course (Swedish: genomförd utbildning)."""

    hsa_id: str
    course: str
    version: int
    completed_day: date
    source: str  # admin or import


class Curricula(Protocol):
    """The curriculum, as a whole."""

    def get(self) -> Curriculum: ...

    def lock(self) -> None:
        """Wait for all who change completions, and let nobody begin until the end."""

    def save(self, curriculum: Curriculum) -> None: ...


class People(Protocol):
    """Those whose training is followed, and what they have completed."""

    def lock(self, hsa_ids: Iterable[str]) -> None:
        """Know them from now on, and keep others from changing what they have completed."""

    def known(self, hsa_ids: Iterable[str]) -> set[str]: ...

    def everybody(self) -> list[str]: ...

    def add(self, completions: Sequence[Completion], recorded_by: str) -> int:
        """Keep those that are new; return how many."""

    def revoke(self, hsa_id: str, course: str, revoked_by: str) -> bool:
        """Whether there was any such completion."""

    def completed(self, hsa_ids: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """Course and version of what each has completed; nobody is left out."""


class Gates(Protocol):
    def of(self, hsa_ids: Iterable[str]) -> list[Gate]: ...

    def save(self, gates: Sequence[Gate]) -> None: ...


class Occasions(Protocol):
    """Occasions with their enrolments; what is read for a change is kept from others."""

    def add(self, occasion: Occasion) -> None: ...

    def get(self, occasion_id: UUID) -> Occasion | None: ...

    def having(self, enrolment_id: UUID) -> Occasion | None:
        """The occasion with that enrolment of it."""

    def overdue(self, at_most: int) -> list[Occasion]:
        """Those with an offer whose time is out by the database's clock, save what is locked."""

    def save(self, occasions: Sequence[Occasion]) -> None:
        """Write what of them has changed, and tell their events."""

    def look_at(self, occasion_id: UUID) -> Row | None:
        """Shaped as `OccasionView`."""

    def to_come(self, course: str | None, sort: str, offset: int, limit: int) -> Sequence[Row]:
        """Shaped as `OccasionView`, sorted as `ListOccasions` says."""

    def enrolments_of(
        self, hsa_id: str, occasion_id: UUID | None, sort: str, offset: int, limit: int
    ) -> Sequence[Row]:
        """Shaped as `EnrolmentView`, sorted as `ListEnrolments` says."""

    def participants(self, occasion_id: UUID, offset: int, limit: int) -> Sequence[Row]: ...


class Imports(Protocol):
    """Rows of imports that match nobody."""

    def add(self, rows: Sequence[FileRow], imported_by: str) -> None: ...

    def get(self, row_id: UUID) -> WaitingRow | None:
        """The row, kept from others."""

    def settle(self, row_id: UUID, participant: str | None, settled_by: str) -> None: ...

    def waiting(self, sort: str, offset: int, limit: int) -> Sequence[Row]: ...


class Transaction(Protocol):
    """What one transaction reads, changes and tells."""

    actor: Actor
    now: datetime

    @property
    def curricula(self) -> Curricula: ...

    @property
    def people(self) -> People: ...

    @property
    def gates(self) -> Gates: ...

    @property
    def occasions(self) -> Occasions: ...

    @property
    def imports(self) -> Imports: ...

    def tell(self, event: object) -> None: ...

    def mail(self, recipient: str, subject: str, body: str, **calendar: Any) -> None: ...


class Database(Protocol):
    """Where transactions come from."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...


class Letters(Protocol):
    """The mails that training sends."""

    def announced(self, occasion: Occasion) -> Sequence[Mail]: ...

    def enrolled(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]: ...

    def waits(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]: ...

    def offered(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]: ...

    def expired(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]: ...

    def given_back(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]: ...

    def withdrawn(self, occasion: Occasion, enrolments: Sequence[Enrolment]) -> Sequence[Mail]: ...
