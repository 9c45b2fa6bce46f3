"""What the scheduler reads: the catalogue, the working plans, and what occupies them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    cast,
    func,
    or_,
    select,
)

from services.booking.local_scheduler.model.free_times import Interval, Visit
from services.booking.local_scheduler.model.working_plan import Window
from services.booking.local_scheduler.tables import (
    absences,
    bookings,
    service_sites,
    services,
    sites,
    staff,
    staff_services,
    staff_sites,
    working_windows,
)

live = or_(
    bookings.c.state == "booked",
    and_(bookings.c.state == "held", bookings.c.expires_at > func.now()),
)


@dataclass(frozen=True)
class Service:
    """A service product as it is booked (Swedish: tjänsteprodukt)."""

    id: int
    name: str
    visit: Visit
    notice: int  # seconds
    questions: Sequence[dict[str, Any]]  # what a booking must answer

    @classmethod
    def of(cls, row: Row[Any]) -> "Service":
        visit = Visit(row.duration * 60, row.break_after * 60, row.step * 60)
        return cls(row.id, row.name, visit, row.notice * 60, row.extended_info)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to book: these services one after the other, here, with one of these."""

    service_ids: tuple[int, ...]
    site_id: int
    staff_ids: tuple[int, ...] = ()  # none: anyone with the competence


class Calendar:
    """Reads within one transaction; the number of statements never grows with the data."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def services(self, wish: Wish) -> list[Service]:
        """The wished services in the order wished; empty unless the site offers them all."""
        offered = (
            select(services)
            .join(service_sites)
            .where(service_sites.c.site_id == wish.site_id, services.c.id.in_(wish.service_ids))
        )
        found = {row.id: Service.of(row) for row in self._connection.execute(offered)}
        if not found or not found.keys() >= set(wish.service_ids):
            return []
        return [found[service_id] for service_id in wish.service_ids]

    def windows(self, wish: Wish) -> list[Window]:
        """When those who have every wished competence work at the site."""
        columns = ("staff_id", "weekday", "starts", "ends", "first_day", "last_day")
        at_the_site = (
            select(*(working_windows.c[name] for name in columns))
            .join(staff_sites, staff_sites.c.staff_id == working_windows.c.staff_id)
            .where(
                staff_sites.c.site_id == wish.site_id,
                func.coalesce(working_windows.c.site_id, wish.site_id) == wish.site_id,
                working_windows.c.staff_id.in_(_competent(wish)),
            )
        )
        return [Window(*row) for row in self._connection.execute(at_the_site)]

    def busy(
        self,
        staff_ids: Collection[int],
        period: Interval,
        ignoring: ColumnElement[bool] | None = None,
    ) -> dict[int, list[Interval]]:
        """What occupies each consultant: visits with their breaks, holds, and absences.

        Args:
            ignoring: bookings that are about to give way to the new one.
        """
        occupied = defaultdict(list)
        statement = _booked(staff_ids, period, ignoring).union_all(_absent(staff_ids, period))
        for staff_id, start, end in self._connection.execute(statement):
            for absent in staff_ids if staff_id is None else (staff_id,):
                occupied[absent].append((start, end))
        return occupied


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


def _competent(wish: Wish) -> Select[Any]:
    """Staff who have each of the wished competences. Source: B-10, B-17."""
    competent = (
        select(staff_services.c.staff_id)
        .where(staff_services.c.service_id.in_(wish.service_ids))
        .group_by(staff_services.c.staff_id)
        .having(func.count() == len(set(wish.service_ids)))
    )
    if wish.staff_ids:
        return competent.where(staff_services.c.staff_id.in_(wish.staff_ids))
    return competent


def _booked(
    staff_ids: Collection[int], period: Interval, ignoring: ColumnElement[bool] | None
) -> Select[Any]:
    occupied = func.tstzrange(bookings.c.starts_at, bookings.c.busy_until)
    statement = select(
        bookings.c.staff_id, _epoch(bookings.c.starts_at), _epoch(bookings.c.busy_until)
    ).where(bookings.c.staff_id.in_(staff_ids), occupied.op("&&")(_range(period)), live)
    return statement if ignoring is None else statement.where(~ignoring)


def _absent(staff_ids: Collection[int], period: Interval) -> Select[Any]:
    away = func.tstzrange(absences.c.starts_at, absences.c.ends_at)
    return select(
        absences.c.staff_id, _epoch(absences.c.starts_at), _epoch(absences.c.ends_at)
    ).where(
        or_(absences.c.staff_id.in_(staff_ids), absences.c.staff_id.is_(None)),
        away.op("&&")(_range(period)),
    )


def _range(period: Interval) -> ColumnElement[Any]:
    start, end = period
    return func.tstzrange(func.to_timestamp(start), func.to_timestamp(end))


def _epoch(instant: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.extract("epoch", instant), BigInteger)


def _ids(
    column: ColumnElement[int], condition: ColumnElement[bool], name: str
) -> ColumnElement[Any]:
    return func.array(select(column).where(condition).order_by(column).scalar_subquery()).label(
        name
    )
