"""A notice: what it says, to whom, from when until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID, uuid4

from contracts.errors import ordering as errors
from contracts.errors.common import CHANGED_MEANWHILE

WRITERS = frozenset({"operator", "customer_service"})  # Source


@dataclass(frozen=True)
class Notice:
    """One version of a dated message (Swedish: meddelande); another is written beside it.

    Args:
        kind: safety (säkerhetsmeddelande), message (meddelande) or news (nyheter).
        valid_from: the first day on which it is shown.
        valid_until: the last one; None when it stays until it is withdrawn.
        roles: who is to read it; none for everybody.
        written_by: HSA-ID.

    Raises:
        Invalid: it ends before it begins, or has half an English wording.

    Source: A-1
    """

    notice_id: UUID
    version: int
    kind: str
    title: str
    text: str
    english_title: str | None
    english_text: str | None
    valid_from: date
    valid_until: date | None
    roles: tuple[str, ...]
    is_withdrawn: bool
    written_by: str
    written_at: datetime

    def __post_init__(self) -> None:
        if self.valid_until and self.valid_until < self.valid_from:
            raise errors.NOTICE_PERIOD_WRONG(fields={"valid_until": "Är före den första."})
        if (self.english_title is None) != (self.english_text is None):
            missing = "english_text" if self.english_text is None else "english_title"
            raise errors.NOTICE_HALF_ENGLISH(fields={missing: "Uppgiften saknas."})

    @classmethod
    def publish(cls, wording: dict[str, Any], by: str, at: datetime) -> Self:
        return cls(
            notice_id=uuid4(),
            version=1,
            is_withdrawn=False,
            written_by=by,
            written_at=at,
            **wording,
        )

    def correct(self, wording: dict[str, Any], of_version: int, by: str, at: datetime) -> Self:
        """The next version, which says something else.

        Raises:
            Conflict: it is withdrawn, or somebody else has corrected it since.
        """
        self._require_shown()
        if of_version != self.version:
            raise CHANGED_MEANWHILE()
        return self._next(by, at, **wording)

    def withdraw(self, by: str, at: datetime) -> Self:
        """The last version, which is shown to nobody.

        Raises:
            Conflict: it is withdrawn already.
        """
        self._require_shown()
        return self._next(by, at, is_withdrawn=True)

    def state(self, day: date) -> str:
        if self.is_withdrawn:
            return "withdrawn"
        if day < self.valid_from:
            return "coming"
        is_over = self.valid_until is not None and day > self.valid_until
        return "ended" if is_over else "current"

    def is_read_by(self, role: str, day: date) -> bool:
        """Whether people with that role are to read it that day."""
        return self.state(day) == "current" and (not self.roles or role in self.roles)

    def _require_shown(self) -> None:
        if self.is_withdrawn:
            raise errors.NOTICE_WITHDRAWN()

    def _next(self, by: str, at: datetime, **changed: Any) -> Self:
        version = self.version + 1
        return replace(self, version=version, written_by=by, written_at=at, **changed)


Listed = tuple[Notice, bool]  # and whether the reader has read it
