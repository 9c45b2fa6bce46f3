"""What the scheduler writes: holds and bookings.

The exclusion constraint of the table decides who gets a time: the insert waits for a rival's
transaction to end and then does nothing, so that nobody holds a lock while thinking. Slots are
written in order of consultant and time, so that two requests for several slots cannot block each
other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from services.booking.local_scheduler.model.errors import Overtaken
from services.booking.local_scheduler.model.free_times import Visit
from services.booking.local_scheduler.statements import AWAY
from services.booking.local_scheduler.tables import bookings, services, sites, staff

Answers = Mapping[str, Any]

held = bookings.c.state == "held"
expired = held & (bookings.c.expires_at <= func.now())


@dataclass(frozen=True, eq=False)
class Slot:
    """One consultant's time, to be held or booked."""

    service_id: int
    site_id: int
    staff_id: int
    start: int  # seconds since 1970, as the next two
    end: int
    busy_until: int
    extended_info: Answers

    @classmethod
    def of(
        cls,
        service_id: int,
        site_id: int,
        staff_id: int,
        start: int,
        visit: Visit,
        answers: Answers,
    ) -> "Slot":
        end = start + visit.duration
        return cls(service_id, site_id, staff_id, start, end, end + visit.break_after, answers)

    def answering(self, extended_info: Answers) -> "Slot":
        return replace(self, extended_info=extended_info)

    def row(self) -> dict[str, Any]:
        return {
            "service_id": self.service_id,
            "site_id": self.site_id,
            "staff_id": self.staff_id,
            "starts_at": datetime.fromtimestamp(self.start, UTC),
            "ends_at": datetime.fromtimestamp(self.end, UTC),
            "busy_until": datetime.fromtimestamp(self.busy_until, UTC),
            "extended_info": self.extended_info,
        }


class Bookings:
    """Holds and bookings, read and changed within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, key: str) -> None:
        """Keep other requests with this key waiting until the transaction ends."""
        self._connection.execute(_LOCK, {"key": key})

    def hold(self, slots: Sequence[Slot], key: str, lifetime: timedelta) -> None:
        """Hold the slots under the key, all or none; what it holds already lasts as long.

        Raises:
            Overtaken: somebody else has just got one of the times.
        """
        self._forget_expired({slot.staff_id for slot in slots})
        hold = {"state": "held", "reservation_key": key, "expires_at": func.now() + lifetime}
        self._insert(slots, hold)
        self._update(held & (bookings.c.reservation_key == key), expires_at=hold["expires_at"])

    def add(self, slots: Sequence[Slot], **values: Any) -> list[int]:
        """Book the slots without a hold before, all or none.

        Raises:
            Overtaken: somebody else has just got one of the times.
        """
        self._forget_expired({slot.staff_id for slot in slots})
        return self._insert(slots, {"state": "booked"} | values)

    def confirm(self, ids: Sequence[int], note: str | None) -> None:
        """Turn held slots into bookings; nobody can come between."""
        booked = {"state": "booked", "reservation_key": None, "expires_at": None}
        self._update(bookings.c.id.in_(ids), **booked, note=note, created_at=func.now())

    def bind(self, ids: Sequence[int]) -> None:
        """Make the first booking the parent of the others."""
        if ids[1:]:
            self._update(bookings.c.id.in_(ids[1:]), parent_id=ids[0])

    def cancel(self, ids: Sequence[int]) -> None:
        self._update(bookings.c.id.in_(ids), state="cancelled", cancelled_at=func.now())

    def release(self, key: str) -> int:
        """Let go of what the key holds; return how many slots that were."""
        gone = delete(bookings).where(held, bookings.c.reservation_key == key)
        return self._connection.execute(gone).rowcount

    def answer(self, booking_id: int, extended_info: Answers) -> None:
        self._update(bookings.c.id == booking_id, extended_info=extended_info)

    def locked(self, condition: ColumnElement[bool]) -> list[Row[Any]]:
        """Rows with their service's questions, and whether the consultant has become absent.

        In order of time; others must wait for them.
        """
        rows = select(
            bookings, services.c.extended_info.label("questions"), AWAY.label("away")
        ).join(services)
        ordered = rows.where(condition).order_by(bookings.c.starts_at, bookings.c.id)
        return list(self._connection.execute(ordered.with_for_update(of=bookings)))

    def held_by(self, key: str) -> list[Row[Any]]:
        """What the key still holds."""
        return self.locked(held & ~expired & (bookings.c.reservation_key == key))

    def records(self, *conditions: ColumnElement[bool]) -> Sequence[Row[Any]]:
        """Rows with the names of what they refer to, in order of time."""
        return self._connection.execute(_records.where(*conditions)).all()

    def _insert(self, slots: Sequence[Slot], values: Mapping[str, Any]) -> list[int]:
        ids: dict[Slot, int] = {}
        for slot in sorted(slots, key=lambda slot: (slot.staff_id, slot.start)):
            row = insert(bookings).values({**slot.row(), **values}).on_conflict_do_nothing()
            booking_id = self._connection.execute(row.returning(bookings.c.id)).scalar()
            if booking_id is None:
                raise Overtaken
            ids[slot] = booking_id
        return [ids[slot] for slot in slots]

    def _forget_expired(self, staff_ids: Iterable[int]) -> None:
        """Delete holds that have lapsed; those that others lock are being changed anyway."""
        lapsed = (
            select(bookings.c.id)
            .where(expired, bookings.c.staff_id.in_(staff_ids))
            .with_for_update(skip_locked=True)
        )
        self._connection.execute(delete(bookings).where(bookings.c.id.in_(lapsed)))

    def _update(self, condition: ColumnElement[bool], **values: Any) -> None:
        self._connection.execute(update(bookings).where(condition).values(values))


_LOCK = select(func.pg_advisory_xact_lock(func.hashtext(bindparam("key"))))
_records: Select[Any] = (
    select(
        bookings,
        services.c.name.label("service_name"),
        staff.c.name.label("staff_name"),
        sites.c.name.label("site_name"),
    )
    .join(services, services.c.id == bookings.c.service_id)
    .join(staff, staff.c.id == bookings.c.staff_id)
    .join(sites, sites.c.id == bookings.c.site_id)
    .order_by(bookings.c.starts_at, bookings.c.id)
)
