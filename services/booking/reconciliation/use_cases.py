"""Runs and differences, for operators; and the run of the night.

Source: B-16
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from contracts.actor import Actor
from contracts.errors.booking_reconciliation import RECONCILIATION_GOES_ON
from contracts.errors.common import NOT_FOUND, ROLE_MAY_NOT

NIGHTS = UUID("6f0c2a0e-0f53-4f0f-9a7e-3a5f0d6c1b16")  # what the runs' ids are made from
HOURS = 3  # within which a night's run is asked for: a service may have been down

Page = tuple[list[Mapping[str, Any]], bool]


def check_operator(actor: Actor) -> None:
    """
    Raises:
        Forbidden: the actor does not operate Rampen.
    """
    if actor.role != "operator":
        raise ROLE_MAY_NOT()


def start(tx: Any, run_id: UUID) -> Mapping[str, Any]:
    """Ask for a run; its id is the command's, so that it is asked for once.

    Raises:
        Conflict: another goes on. It may have passed what was mended since it began, so it is not
            the answer.
    """
    check_operator(tx.actor)
    tx.reconciliation.ask(run_id, tx.actor.hsa_id)
    found: Mapping[str, Any] | None = tx.reconciliation.get(run_id)
    if found is None:
        raise RECONCILIATION_GOES_ON()
    return found


def start_nightly(tx: Any, local: datetime, hour: int) -> None:
    """Ask for the run of this night, once for all replicas, when no other goes on.

    Args:
        local: the time in Sweden.
        hour: when the night's run begins.
    """
    if hour <= local.hour < hour + HOURS:
        tx.reconciliation.ask(uuid5(NIGHTS, local.date().isoformat()), tx.actor.hsa_id)


def get(tx: Any, run_id: UUID) -> Mapping[str, Any]:
    """
    Raises:
        NotFound: there is no such run.
    """
    check_operator(tx.actor)
    found: Mapping[str, Any] | None = tx.reconciliation.get(run_id)
    if found is None:
        raise NOT_FOUND()
    return found


def list_runs(tx: Any, *, limit: int, page: int) -> Page:
    check_operator(tx.actor)
    found = tx.reconciliation.newest((page - 1) * limit, limit + 1)
    return found[:limit], len(found) > limit


def list_differences(
    tx: Any, *, limit: int, page: int, state: str, kind: str | None = None
) -> Page:
    check_operator(tx.actor)
    found = tx.reconciliation.listed(state == "open", kind, (page - 1) * limit, limit + 1)
    return found[:limit], len(found) > limit
