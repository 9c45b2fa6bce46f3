"""Occasions: announced, withdrawn, and swept for offers whose time is out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from contracts.errors import training as errors
from services.training.model.curriculum import Course
from services.training.model.occasion import Occasion
from services.training.ports import Database, Letters, Transaction
from services.training.use_cases import found, require_admin, send

SWEPT_AT_ONCE = 100  # occasions a transaction


def announce_occasion(tx: Transaction, command: Mapping[str, Any], letters: Letters) -> Occasion:
    """Offer a course at a time and place; who answers for it gets it into the calendar.

    Raises:
        Forbidden: the actor is no admin.
        NotFound: there is no such course.
        Invalid: the times or the numbers do not fit.

    Source: T-29, T-35
    """
    require_admin(tx.actor)
    course = tx.curricula.get().course(command["course"])
    if not tx.now < command["start"] < command["end"]:
        raise errors.OCCASION_TIMES()
    if command["smallest_number"] > command["seats"]:
        raise errors.SMALLEST_NUMBER()
    occasion = _occasion(course, command, tx)
    tx.occasions.add(occasion)
    send(tx, letters.announced(occasion))
    return occasion


def cancel_occasion(tx: Transaction, command: Mapping[str, Any], letters: Letters) -> Occasion:
    """Withdraw an occasion; everybody concerned is told.

    Raises:
        Forbidden: the actor is no admin.
        Conflict: it is over, or was cancelled before.

    Source: T-38, T-41
    """
    require_admin(tx.actor)
    occasion = found(tx.occasions.get(command["occasion_id"]))
    concerned = occasion.cancel(command["cause"])
    send(tx, letters.withdrawn(occasion, concerned))
    tx.occasions.save([occasion])
    return occasion


def expire_offers(database: Database, letters: Letters, offer_time: timedelta) -> int:
    """End the offers whose time is out, and offer the seats to the next; return how many."""
    ended, batch = 0, SWEPT_AT_ONCE
    while batch == SWEPT_AT_ONCE:
        with database.transaction() as tx:
            occasions = tx.occasions.overdue(SWEPT_AT_ONCE)
            batch = len(occasions)
            ended += sum(_expire(tx, one, letters, offer_time) for one in occasions)
            if occasions:
                tx.occasions.save(occasions)
    return ended


def _occasion(course: Course, command: Mapping[str, Any], tx: Transaction) -> Occasion:
    return Occasion(
        uuid4(),
        course.code,
        course.title,
        command["place"],
        command["start"],
        command["end"],
        command["seats"],
        command["smallest_number"],
        course.responsible,
        tx.now,
    )


def _expire(tx: Transaction, occasion: Occasion, letters: Letters, offer_time: timedelta) -> int:
    late, offered = occasion.expire(offer_time)
    for one in late:
        send(tx, letters.expired(occasion, one))
    for one in offered:
        send(tx, letters.offered(occasion, one))
    return len(late)
