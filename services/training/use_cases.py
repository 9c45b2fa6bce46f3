"""What is seen of occasions and enrolments, and what all use cases share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from contracts.actor import Actor
from contracts.errors.common import MESSAGE_INVALID, NOT_FOUND, ROLE_MAY_NOT
from contracts.identity import HsaId, is_hsa_id
from services.training.ports import Mail, Row, Transaction

Thing = TypeVar("Thing")
WRONG_HSA_ID = HsaId.default_error_messages["hsa_id"]
ADMIN = "training_admin"  # utbildningsadministratör. Source: T-30


def get_occasion(tx: Transaction, occasion_id: UUID) -> Row:
    return found(tx.occasions.look_at(occasion_id))


def list_occasions(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    course, sort = query.get("course"), query["sort"]
    return paged(query, lambda *page: tx.occasions.to_come(course, sort, *page))


def list_enrolments(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    """The actor's own."""
    own, at, sort = tx.actor.hsa_id, query.get("occasion_id"), query["sort"]
    return paged(query, lambda *page: tx.occasions.enrolments_of(own, at, sort, *page))


def list_participants(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    """
    Raises:
        Forbidden: the actor is no admin.
    """
    require_admin(tx.actor)
    of = query["occasion_id"]
    return paged(query, lambda offset, limit: tx.occasions.participants(of, offset, limit))


def paged(query: Mapping[str, Any], fetch: Callable[[int, int], Sequence[Any]]) -> dict[str, Any]:
    """The page that a `PagedQuery` asks for; `fetch` takes an offset and a limit."""
    limit = query["limit"]
    rows = fetch(limit * (query["page"] - 1), limit + 1)
    return {"items": rows[:limit], "more": len(rows) > limit}


def require_admin(actor: Actor) -> None:
    """
    Raises:
        Forbidden: the actor runs no courses.

    Source: T-30
    """
    if actor.role != ADMIN:
        raise ROLE_MAY_NOT()


def check_hsa_ids(hsa_ids: Iterable[str], field: str) -> None:
    """
    Args:
        field: where in the message they stand.

    Raises:
        Invalid: one of them is nobody's: its organisation number is none.
    """
    if not all(map(is_hsa_id, hsa_ids)):
        raise MESSAGE_INVALID(fields={field: WRONG_HSA_ID})


def found(thing: Thing | None) -> Thing:
    """
    Raises:
        NotFound: there is no such thing.
    """
    if thing is None:
        raise NOT_FOUND()
    return thing


def send(tx: Transaction, mails: Sequence[Mail]) -> None:
    for mail in mails:
        tx.mail(**mail)
