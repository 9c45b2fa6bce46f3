"""Loads and saves customer groups, visits that are over, and answers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, or_, select, text
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
    activities.c.work_order_number,
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
    WHERE to_char(visited_at AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM')
        BETWEEN :first_month AND :last_month
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """
)
# In no order that tells which visits they are about.
_COMMENTS = text(
    """
    SELECT place_name, asked_as, visited_in AS month, comment
    FROM evaluations, to_char(visited_at AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM') AS visited_in
    WHERE comment <> '' AND visited_in BETWEEN :first_month AND :last_month
    ORDER BY visited_in DESC, place_name, asked_as, comment LIMIT :limit OFFSET :offset
    """
)


class PilotRepository:
    """What one transaction reads and changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def connect(self, group: Mapping[str, Any]) -> None:
        """Keep the group instead of the one with its name."""
        new = {name: value for name, value in group.items() if name != "name"}
        wanted = insert(groups).values(group)
        self._connection.execute(wanted.on_conflict_do_update(index_elements=["name"], set_=new))

    def groups(self) -> Sequence[Row[Any]]:
        return self._connection.execute(
            select(groups).order_by(groups.c.first_day, groups.c.name)
        ).all()

    def is_connected(self, unit: str, today: date) -> bool:
        return self._connection.execute(_CONNECTED, {"unit": unit, "today": today}).scalar_one()

    def visit(self, booking_id: UUID) -> Visit | None:
        """A visit that is booked, or was held."""
        wanted = _VISIT.where(bookings.c.id == booking_id, bookings.c.state.in_(("booked", "held")))
        row = self._connection.execute(wanted).one_or_none()
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
        return [_visit(row) for row in self._connection.execute(wanted.limit(at_most))]

    def unanswered(
        self, person: str, came_to: Collection[int], since: datetime, now: datetime
    ) -> Sequence[Any]:
        """Visits that ended since then, that the person was at and has not answered about.

        Args:
            came_to: the scheduler's numbers of those that the person came to as a consultant.
        """
        answered = select(evaluations.c.person).where(
            evaluations.c.booking_id == bookings.c.id, evaluations.c.person == person
        )
        hers = or_(
            bookings.c.booked_by == person,
            activities.c.prescriber == person,
            bookings.c.scheduler_id.in_(came_to),
        )
        wanted = _VISIT.where(
            bookings.c.state.in_(("booked", "held")),
            bookings.c.ends_at.between(since, now),
            hers,
            ~answered.exists(),
        )
        return self._connection.execute(wanted.order_by(bookings.c.starts_at.desc())).all()

    def has_answered(self, booking_id: UUID, person: str) -> bool:
        found = select(evaluations.c.person).where(
            evaluations.c.booking_id == booking_id, evaluations.c.person == person
        )
        return self._connection.execute(found).first() is not None

    def mark_asked(self, booking_ids: Sequence[UUID], now: datetime) -> set[UUID]:
        """Those of them that nobody had asked about; now somebody has."""
        rows = [{"booking_id": one, "sent_at": now} for one in booking_ids]
        new = insert(questionnaires).values(rows).on_conflict_do_nothing()
        return set(self._connection.execute(new.returning(questionnaires.c.booking_id)).scalars())

    def answer(self, **values: Any) -> bool:
        """Keep the answers; false when the person has answered before."""
        new = insert(evaluations).values(values).on_conflict_do_nothing()
        return self._connection.execute(new.returning(evaluations.c.person)).first() is not None

    def results(self, first_day: date, last_day: date) -> Sequence[Row[Any]]:
        """Those about visits of the months of these days."""
        return self._connection.execute(_RESULTS, _months(first_day, last_day)).all()

    def comments(
        self, first_day: date, last_day: date, offset: int, limit: int
    ) -> Sequence[Row[Any]]:
        """Those about visits of the months of these days."""
        values = _months(first_day, last_day) | {"offset": offset, "limit": limit}
        return self._connection.execute(_COMMENTS, values).all()


def _months(first_day: date, last_day: date) -> dict[str, Any]:
    """The months that the days lie in, as text."""
    return {"first_month": first_day.isoformat()[:7], "last_month": last_day.isoformat()[:7]}


def _visit(row: Any) -> Visit:
    people = frozenset({row.booked_by, row.prescriber})
    return Visit(row.id, row.scheduler_id, people, row.place_name, row.starts_at, row.ends_at)
