"""Signing's transaction, with its repositories."""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import TextClause

from chassis import database
from contracts.base import Event
from contracts.errors.common import CHANGED_MEANWHILE
from contracts.signing import (
    DocumentDeclinedV1,
    DocumentExpiredV1,
    DocumentSignedV1,
    DocumentTakenOnPaperV1,
)
from services.signing import rows, statements
from services.signing.model import events
from services.signing.model.case import Case
from services.signing.model.job import Document
from services.signing.ports import Built, Listed, Mail, Sight


class SigningTransaction(database.Transaction):
    """What one use case of signing reads, changes and tells."""

    contracts: ClassVar[Mapping[type, type[Event]]] = {
        events.DocumentSigned: DocumentSignedV1,
        events.DocumentTakenOnPaper: DocumentTakenOnPaperV1,
        events.DocumentDeclined: DocumentDeclinedV1,
        events.DocumentExpired: DocumentExpiredV1,
    }

    @cached_property
    def cases(self) -> "CaseRepository":
        return CaseRepository(self)

    @cached_property
    def documents(self) -> "DocumentRepository":
        return DocumentRepository(self)


class CaseRepository:
    """The adaptations that one transaction reads and changes; port `Cases`."""

    def __init__(self, tx: SigningTransaction) -> None:
        self._tx = tx
        self._connection = tx.connection

    def open(self, case: Case) -> None:
        self._connection.execute(statements.OPEN, rows.opened(case))

    def get(self, adaptation_id: UUID, sight: Sight) -> Case | None:
        return self._one(statements.GET, sight, id=adaptation_id)

    def of_job(self, job_id: UUID, sight: Sight) -> Case | None:
        return self._one(statements.OF_JOB, sight, job_id=job_id)

    def look_at(self, job_id: UUID, sight: Sight, action: str) -> Case | None:
        return self._one(statements.LOOK_AT, sight, job_id=job_id, action=action, **self._log())

    def page(
        self, built: Built, sight: Sight, sort: str, offset: int, limit: int
    ) -> Sequence[Case]:
        values = built._asdict() | {"offset": offset, "limit": limit}
        return self._many(statements.page(sort), sight, **values)

    def jobs(
        self, listed: Listed, sight: Sight, sort: str, offset: int, limit: int
    ) -> Sequence[Case]:
        values = listed._asdict() | {"offset": offset, "limit": limit}
        return self._many(statements.jobs(sort), sight, **values)

    def keep_number(self, case: Case, year: int) -> None:
        if case.diary_number is not None:
            return
        values = {"id": case.id, "year": year}
        kept = self._connection.execute(statements.KEEP_NUMBER, values).scalar_one_or_none()
        case.diary_number = kept or self._connection.execute(statements.NUMBER, values).scalar_one()

    def save(self, case: Case) -> None:
        values = rows.changed(case) | self._log()
        if self._connection.execute(statements.SAVE, values).first() is None:
            raise CHANGED_MEANWHILE()
        case.version += 1
        for event in case.events:
            self._tx.tell(event)
        case.events.clear()

    def expire(self, notice: Mail, at_most: int) -> int:
        values = {
            "at_most": at_most,
            "event_type": DocumentExpiredV1.event_type,
            "headers": json.dumps(self._tx.context.told()),
            **notice,
        }
        return self._connection.execute(statements.EXPIRE, values).scalar_one()

    def _one(self, statement: TextClause, sight: Sight, **values: Any) -> Case | None:
        row = self._connection.execute(statement, sight._asdict() | values).mappings().one_or_none()
        return rows.case(dict(row)) if row else None

    def _many(self, statement: TextClause, sight: Sight, **values: Any) -> Sequence[Case]:
        found = self._connection.execute(statement, sight._asdict() | values).mappings()
        return [rows.case(dict(row)) for row in found]

    def _log(self) -> dict[str, str]:
        """Who does it, for the access log."""
        actor = self._tx.actor
        return {
            "log_person": actor.hsa_id,
            "log_role": actor.role,
            "log_unit": actor.unit,
            "log_request": self._tx.context.request_id,
        }


class DocumentRepository:
    """The files that were examined; port `Documents`."""

    def __init__(self, tx: SigningTransaction) -> None:
        self._tx = tx

    def add(self, document: Document) -> None:
        values = vars(document) | {"uploaded_by": self._tx.actor.hsa_id}
        self._tx.connection.execute(statements.ADD_DOCUMENT, values)

    def get(self, document_id: UUID) -> Document | None:
        found = self._tx.connection.execute(statements.DOCUMENT, {"id": document_id}).mappings()
        row = found.one_or_none()
        return rows.document(dict(row)) if row else None

    def knows(self, key: str) -> bool:
        return self._tx.connection.execute(statements.KNOWS, {"key": key}).scalar_one()
