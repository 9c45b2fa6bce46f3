"""Adaptations and signing jobs shown and listed, and whether their signatures hold."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from contracts.errors.common import NOT_FOUND
from contracts.errors.signing import NOT_SIGNED
from services.signing.access import sight
from services.signing.model.case import Case
from services.signing.pades.verification import Verification
from services.signing.ports import Built, Files, Listed, Rules, Transaction


def page(tx: Transaction, query: Mapping[str, Any], rules: Rules) -> tuple[Sequence[Case], bool]:
    """One page of the adaptations that the actor sees, and whether there is more."""
    limit, offset = _span(query)
    built = Built(query.get("adaptation_id"), query.get("state"))
    found = tx.cases.page(built, sight(tx.actor, rules), query["sort"], offset, limit + 1)
    return found[:limit], len(found) > limit


def jobs(tx: Transaction, query: Mapping[str, Any], rules: Rules) -> tuple[Sequence[Case], bool]:
    """One page of the jobs that the actor sees, each with its adaptation.

    Source: S-10
    """
    limit, offset = _span(query)
    mine = tx.actor.hsa_id if "waits_for" in query else None
    listed = Listed(query.get("adaptation_id"), query.get("state"), mine)
    found = tx.cases.jobs(listed, sight(tx.actor, rules), query["sort"], offset, limit + 1)
    return found[:limit], len(found) > limit


def look_at(tx: Transaction, job_id: UUID, rules: Rules, action: str = "job.read") -> Case:
    """The adaptation with that job; the look is logged.

    Raises:
        NotFound: there is none, or it is not the actor's to see.
    """
    case = tx.cases.look_at(job_id, sight(tx.actor, rules), action)
    if case is None:
        raise NOT_FOUND()
    return case


def validate(case: Case, files: Files, verify: Callable[[bytes], Verification]) -> Verification:
    """Whether the signatures of the job's file hold.

    Raises:
        Conflict: it has none.
    """
    if not case.latest.signatures:
        raise NOT_SIGNED()
    return verify(files.content(case.latest.file.key))


def _span(query: Mapping[str, Any]) -> tuple[int, int]:
    return query["limit"], query["limit"] * (query["page"] - 1)
