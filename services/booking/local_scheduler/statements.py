"""What every request asks, built once, as making a statement costs more than running it."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    union_all,
)

from services.booking.local_scheduler.tables import (
    absences,
    bookings,
    busy_times,
    service_sites,
    services,
    staff_services,
    staff_sites,
    working_windows,
)


def _epoch(instant: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.extract("epoch", instant), BigInteger)


def _overlaps(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[bool]:
    period = func.tstzrange(
        func.to_timestamp(bindparam("start")), func.to_timestamp(bindparam("end"))
    )
    return func.tstzrange(start, end).op("&&")(period)


def _these(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


_live = or_(
    bookings.c.state == "booked",
    and_(bookings.c.state == "held", bookings.c.expires_at > func.now()),
)
OFFERED = (
    select(services)
    .join(service_sites)
    .where(service_sites.c.site_id == bindparam("site"), services.c.id.in_(_these("services")))
)
COMPETENT = (
    select(staff_services.c.staff_id)
    .where(staff_services.c.service_id.in_(_these("services")))
    .group_by(staff_services.c.staff_id)
    .having(func.count() == bindparam("count"))
)
WINDOWS = (
    select(
        working_windows.c.staff_id,
        working_windows.c.weekday,
        working_windows.c.starts,
        working_windows.c.ends,
        working_windows.c.first_day,
        working_windows.c.last_day,
    )
    .join(staff_sites, staff_sites.c.staff_id == working_windows.c.staff_id)
    .where(
        staff_sites.c.site_id == bindparam("site"),
        func.coalesce(working_windows.c.site_id, staff_sites.c.site_id) == staff_sites.c.site_id,
        working_windows.c.staff_id.in_(COMPETENT),
    )
)
COMPETENT_HERE = COMPETENT.join(
    staff_sites,
    (staff_sites.c.staff_id == staff_services.c.staff_id)
    & (staff_sites.c.site_id == bindparam("site")),
).where(staff_services.c.staff_id.in_(_these("staff")))
WINDOWS_OF_THESE = WINDOWS.where(working_windows.c.staff_id.in_(_these("staff")))
_BUSY = union_all(
    select(bookings.c.staff_id, bookings.c.starts_at, bookings.c.busy_until).where(
        bookings.c.staff_id.in_(_these("staff")),
        _overlaps(bookings.c.starts_at, bookings.c.busy_until),
        _live,
        bookings.c.reservation_key.is_distinct_from(bindparam("key")),
        bookings.c.id.not_in(_these("bookings")),
    ),
    select(absences.c.staff_id, absences.c.starts_at, absences.c.ends_at).where(
        or_(absences.c.staff_id.in_(_these("staff")), absences.c.staff_id.is_(None)),
        _overlaps(absences.c.starts_at, absences.c.ends_at),
    ),
    select(busy_times.c.staff_id, busy_times.c.starts_at, busy_times.c.ends_at).where(
        busy_times.c.staff_id.in_(_these("staff")),
        _overlaps(busy_times.c.starts_at, busy_times.c.ends_at),
    ),
).subquery()
BUSY = select(  # a row a consultant: thousands of rows would take longer to read than to find
    _BUSY.c.staff_id,
    func.array_agg(_epoch(_BUSY.c.starts_at)),
    func.array_agg(_epoch(_BUSY.c.busy_until)),
).group_by(_BUSY.c.staff_id)


def _away(table: Any) -> ColumnElement[bool]:
    """Whether the consultant of a booking is away while it lasts."""
    theirs = (table.c.staff_id == bookings.c.staff_id) | table.c.staff_id.is_(None)
    meanwhile = (table.c.starts_at < bookings.c.ends_at) & (table.c.ends_at > bookings.c.starts_at)
    return exists().where(theirs, meanwhile)


AWAY = or_(_away(absences), _away(busy_times))
