"""What the scheduler does: hold times, book them, rebook and cancel; each in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, or_

from services.booking.local_scheduler.bookings import Bookings, Slot
from services.booking.local_scheduler.model.errors import Refused, ReservationExpired, Unknown
from services.booking.local_scheduler.offers import Wanted, choose
from services.booking.local_scheduler.repository import NOTHING, Calendar, Leaving
from services.booking.local_scheduler.tables import bookings as table


def hold(
    connection: Connection,
    wanted: Sequence[Wanted],
    key: str,
    *,
    replace: bool,
    lifetime: timedelta,
    now: datetime,
) -> None:
    """Hold times under a key until they are booked, let go, or expire.

    Args:
        replace: let go of what the key held before, unless the new times are refused.
    """
    kept = Bookings(connection)
    kept.lock(key)
    slots = _slots(connection, wanted, now, Leaving(key=key) if replace else NOTHING)
    if replace:
        kept.release(key)
    kept.hold(slots, key, lifetime)


def book_held(
    connection: Connection, key: str, extended_info: Mapping[str, Any], note: str | None
) -> list[int]:
    """Book what the key holds; the first booking becomes the parent of the others.

    Source: B-14 (several in one visit), B-17 (nobody absent is booked)
    """
    kept = Bookings(connection)
    rows = kept.held_by(key)
    if not rows:
        raise ReservationExpired
    if any(row.away for row in rows):
        raise Refused("staff_absent", "Konsulenten har blivit upptagen den tiden.")
    for row in rows:
        answers = {**row.extended_info, **extended_info}
        _check(row.questions, answers)
        kept.answer(row.id, answers)
    ids = [row.id for row in rows]
    kept.confirm(ids, note)
    kept.bind(ids)
    return ids


def book_at_once(
    connection: Connection, wanted: Sequence[Wanted], note: str | None, now: datetime
) -> list[int]:
    """Book without a hold before; the earliest booking becomes the parent of the others."""
    kept = Bookings(connection)
    in_order = sorted(wanted, key=lambda one: one.start)
    ids = kept.add(_slots(connection, in_order, now), note=note)
    for row in kept.locked(table.c.id.in_(ids)):
        _check(row.questions, row.extended_info)
    kept.bind(ids)
    return ids


def cancel(connection: Connection, booking_id: int) -> list[int]:
    """Cancel a booking and those that it is the parent of; again is harmless."""
    kept = Bookings(connection)
    family = _family(kept, booking_id)
    kept.cancel([row.id for row in family if row.state == "booked"])
    return [row.id for row in family]


def rebook(
    connection: Connection,
    booking_id: int,
    old_start: datetime,
    wanted: Sequence[Wanted],
    now: datetime,
) -> list[int]:
    """Move a booking and its children: all take their new times and let go of the old, or none.

    Answers and notes go along; the new bookings have ids of their own, the old are cancelled.

    Source: B-12, X-25
    """
    kept = Bookings(connection)
    family = [row for row in _family(kept, booking_id) if row.state == "booked"]
    if len(wanted) != len(family) or family[0].starts_at != old_start:
        raise Refused("booking_changed", "Bokningen är avbokad eller flyttad sedan den lästes.")
    ids = [row.id for row in family]
    in_order = sorted(wanted, key=lambda one: one.start)
    slots = _slots(connection, in_order, now, Leaving(booking_ids=tuple(ids)))
    kept.cancel(ids)
    moved = [slot.answering(row.extended_info) for slot, row in zip(slots, family, strict=True)]
    new_ids = kept.add(moved, note=family[0].note)
    kept.bind(new_ids)
    return new_ids


def _family(kept: Bookings, booking_id: int) -> list[Row[Any]]:
    """The booking and those that it is the parent of, in order of time."""
    family = kept.locked(
        (table.c.state != "held") & or_(table.c.id == booking_id, table.c.parent_id == booking_id)
    )
    if not family:
        raise Unknown("booking_unknown", "Bokningen finns inte.")
    return family


def _slots(
    connection: Connection,
    wanted: Sequence[Wanted],
    now: datetime,
    leaving: Leaving = NOTHING,
) -> list[Slot]:
    calendar = Calendar(connection)
    chosen = [(one, *choose(calendar, one, now, leaving)) for one in wanted]
    return [
        Slot.of(one.service_id, one.site_id, staff_id, one.seconds, visit, one.extended_info)
        for one, visit, staff_id in chosen
    ]


def _check(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> None:
    """Refuse a booking that leaves a mandatory question open. Source: B-9."""
    for question in questions:
        if question["mandatory"] and not str(answers.get(question["name"], "")).strip():
            raise Refused("answer_missing", f"{question['title']} måste anges.")
