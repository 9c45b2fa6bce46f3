"""What the scheduler reads: the catalogue, the working plans, and what occupies them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from services.booking.local_scheduler.model.free_times import Interval, Visit
from services.booking.local_scheduler.model.working_plan import Window
from services.booking.local_scheduler.statements import (
    BUSY,
    COMPETENT_HERE,
    OFFERED,
    WINDOWS,
    WINDOWS_OF_THESE,
)
from services.booking.local_scheduler.tables import (
    service_sites,
    services,
    sites,
    staff,
    staff_services,
    staff_sites,
)

DAY = 86_400  # seconds


@dataclass(frozen=True)
class Service:
    """A service product as it is booked (Swedish: tjänsteprodukt)."""

    id: int
    name: str
    visit: Visit
    notice: int  # seconds
    horizon: float  # seconds; farther ahead is refused
    questions: Sequence[dict[str, Any]]  # what a booking must answer

    @classmethod
    def of(cls, row: Row[Any]) -> "Service":
        visit = Visit(row.duration * 60, row.break_after * 60, row.step * 60)
        horizon = inf if row.horizon is None else row.horizon * DAY
        return cls(row.id, row.name, visit, row.notice * 60, horizon, row.extended_info)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to book: these services one after the other, here, with one of these."""

    service_ids: tuple[int, ...]
    site_id: int
    staff_ids: tuple[int, ...] = ()  # none: anyone with the competence


@dataclass(frozen=True)
class Leaving:
    """What is about to give way to a new booking, and is in nobody's way any more."""

    key: str = ""  # no reservation has this one
    booking_ids: tuple[int, ...] = ()


NOTHING = Leaving()


class Calendar:
    """Reads within one transaction; the number of statements never grows with the data."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def services(self, wish: Wish) -> list[Service]:
        """The wished services in the order wished; empty unless the site offers them all."""
        rows = self._connection.execute(OFFERED, _parameters(wish))
        found = {row.id: Service.of(row) for row in rows}
        if not found or not found.keys() >= set(wish.service_ids):
            return []
        return [found[service_id] for service_id in wish.service_ids]

    def windows(self, wish: Wish) -> list[Window]:
        """When those who have every wished competence work at the site. Source: B-10, B-17."""
        statement = WINDOWS_OF_THESE if wish.staff_ids else WINDOWS
        return [Window(*row) for row in self._connection.execute(statement, _parameters(wish))]

    def competent(self, wish: Wish) -> list[int]:
        """Who of those wished has every wished competence, and belongs to the site."""
        return list(self._connection.execute(COMPETENT_HERE, _parameters(wish)).scalars())

    def busy(
        self, staff_ids: Collection[int], period: Interval, leaving: Leaving = NOTHING
    ) -> dict[int, list[Interval]]:
        """What occupies each consultant: visits with their breaks, holds, and absences."""
        start, end = period
        parameters = {"staff": list(staff_ids), "start": start, "end": end}
        given_way = {"key": leaving.key, "bookings": list(leaving.booking_ids)}
        found = self._connection.execute(BUSY, {**parameters, **given_way})
        occupied = {staff_id: list(zip(*periods, strict=True)) for staff_id, *periods in found}
        closed = occupied.pop(None, [])
        return {staff_id: occupied.get(staff_id, []) + closed for staff_id in staff_ids}


class Catalogue:
    """Sites, services and staff, as the public part of the API shows them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sites(self) -> Sequence[Row[Any]]:
        return self._connection.execute(select(sites).order_by(sites.c.name)).all()

    def services(self) -> Sequence[Row[Any]]:
        statement = select(
            services,
            _ids(service_sites.c.site_id, service_sites.c.service_id == services.c.id, "sites"),
            _ids(staff_services.c.staff_id, staff_services.c.service_id == services.c.id, "staff"),
        )
        return self._connection.execute(statement.order_by(services.c.name)).all()

    def staff(self) -> Sequence[Row[Any]]:
        statement = select(
            staff,
            _ids(staff_sites.c.site_id, staff_sites.c.staff_id == staff.c.id, "sites"),
            _ids(staff_services.c.service_id, staff_services.c.staff_id == staff.c.id, "services"),
        )
        return self._connection.execute(statement.order_by(staff.c.name)).all()


def _ids(
    column: ColumnElement[int], condition: ColumnElement[bool], name: str
) -> ColumnElement[Any]:
    return func.array(select(column).where(condition).order_by(column).scalar_subquery()).label(
        name
    )


def _parameters(wish: Wish) -> dict[str, Any]:
    wanted = {"services": wish.service_ids, "count": len(set(wish.service_ids))}
    return {**wanted, "site": wish.site_id, "staff": wish.staff_ids}
