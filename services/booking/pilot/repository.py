"""Loads and saves customer groups, visits that are over, and answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select, text
from sqlalchemy.dialects.postgresql import insert

from services.booking.pilot.model import Visit
from services.booking.pilot.tables import customer_groups as groups
from services.booking.pilot.tables import evaluations, questionnaires
from services.booking.tables import activities, bookings

_VISIT = select(
    bookings.c.id,
    bookings.c.scheduler_id,
    bookings.c.booked_by,
    activities.c.prescriber,
    bookings.c.place_name,
    bookings.c.starts_at,
    bookings.c.ends_at,
).join(activities, activities.c.id == bookings.c.activity_id)

#: No group at all: everybody. The last day is included.
_CONNECTED = text(
    """
    SELECT NOT EXISTS (SELECT FROM customer_groups) OR EXISTS (
        SELECT FROM customer_groups
        WHERE :unit = ANY(units) AND :today BETWEEN first_day AND coalesce(last_day, 'infinity')
    )
    """
)
_RESULTS = text(
    """
    SELECT place_name, asked_as, key AS question, count(*) AS answers,
        round(avg(CAST(value AS integer)), 2) AS mean,
        count(*) FILTER (WHERE CAST(value AS integer) <= 2) AS low
    FROM evaluations, jsonb_each_text(answers)
    WHERE CAST(visited_at AT TIME ZONE 'Europe/Stockholm' AS date) BETWEEN :first_day AND :last_day
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """
)


class PilotRepository:
    """What one transaction reads and changes."""

    def __init__(self, session: Connection) -> None:
        self._session = session

    def connect(self, group: Mapping[str, Any]) -> None:
        """Keep the group instead of the one with its name."""
        new = {name: value for name, value in group.items() if name != "name"}
        wanted = insert(groups).values(group)
        self._session.execute(wanted.on_conflict_do_update(index_elements=["name"], set_=new))

    def groups(self) -> Sequence[Row[Any]]:
        return self._session.execute(
            select(groups).order_by(groups.c.first_day, groups.c.name)
        ).all()

    def is_connected(self, unit: str, today: date) -> bool:
        return self._session.execute(_CONNECTED, {"unit": unit, "today": today}).scalar_one()

    def visit(self, booking_id: UUID) -> Visit | None:
        """A visit that is booked, or was held."""
        wanted = _VISIT.where(bookings.c.id == booking_id, bookings.c.state.in_(("booked", "held")))
        row = self._session.execute(wanted).one_or_none()
        return None if row is None else _visit(row)

    def unasked(self, now: datetime, since: datetime, at_most: int) -> list[Visit]:
        """Visits that ended since then and have not been asked about."""
        asked = select(questionnaires.c.booking_id).where(
            questionnaires.c.booking_id == bookings.c.id
        )
        wanted = _VISIT.where(
            bookings.c.state.in_(("booked", "held")),
            bookings.c.ends_at.between(since, now),
            ~asked.exists(),
        )
        return [_visit(row) for row in self._session.execute(wanted.limit(at_most))]

    def mark_asked(self, booking_ids: Sequence[UUID], now: datetime) -> set[UUID]:
        """Those of them that nobody had asked about; now somebody has."""
        rows = [{"booking_id": one, "sent_at": now} for one in booking_ids]
        new = insert(questionnaires).values(rows).on_conflict_do_nothing()
        return set(self._session.execute(new.returning(questionnaires.c.booking_id)).scalars())

    def answer(self, **values: Any) -> bool:
        """Keep the answers; false when the person has answered before."""
        new = insert(evaluations).values(values).on_conflict_do_nothing()
        return self._session.execute(new.returning(evaluations.c.person)).first() is not None

    def results(self, first_day: date, last_day: date) -> Sequence[Row[Any]]:
        days = {"first_day": first_day, "last_day": last_day}
        return self._session.execute(_RESULTS, days).all()


def _visit(row: Any) -> Visit:
    people = frozenset({row.booked_by, row.prescriber})
    return Visit(row.id, row.scheduler_id, people, row.place_name, row.starts_at, row.ends_at)
