"""The scheduler's tables; instants are UTC, plans are local Stockholm time."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s",
        "ix": "%(table_name)s_%(column_0_N_name)s",
    }
)


def _instant(name: str, **options: Any) -> Column[Any]:
    return Column(name, DateTime(timezone=True), **options)


def _reference(name: str, target: str, **options: Any) -> Column[Any]:
    return Column(name, Integer, ForeignKey(f"{target}.id", ondelete="CASCADE"), **options)


sites = Table(  # orter
    "sites",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(100), nullable=False),
)
services = Table(  # tjänsteprodukter
    "services",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("duration", Integer, nullable=False),  # minutes
    Column("break_after", Integer, nullable=False),  # minutes
    Column("step", Integer, nullable=False),  # minutes between two starts that are offered
    Column("notice", Integer, nullable=False),  # minutes before the start; later is refused
    Column("extended_info", JSONB, nullable=False),  # the questions that a booking answers
    Column("horizon", Integer),  # days ahead at most; none: as far as there are plans
    CheckConstraint("horizon > 0", "horizon"),
    CheckConstraint("duration > 0 AND break_after >= 0 AND step > 0 AND notice >= 0", "times"),
)
staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
)
service_sites = Table(
    "service_sites",
    metadata,
    _reference("service_id", "services", primary_key=True),
    _reference("site_id", "sites", primary_key=True),
)
staff_services = Table(  # competence
    "staff_services",
    metadata,
    _reference("staff_id", "staff", primary_key=True),
    _reference("service_id", "services", primary_key=True),
)
staff_sites = Table(
    "staff_sites",
    metadata,
    _reference("staff_id", "staff", primary_key=True),
    _reference("site_id", "sites", primary_key=True),
)
working_windows = Table(
    "working_windows",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    _reference("staff_id", "staff", nullable=False, index=True),
    _reference("site_id", "sites"),  # none: at each of the consultant's sites
    Column("weekday", SmallInteger, nullable=False),  # 1 is Monday
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    CheckConstraint("weekday BETWEEN 1 AND 7 AND starts < ends", "window"),
)
absences = Table(
    "absences",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    _reference("staff_id", "staff", index=True),  # none: everybody, the office is closed
    _instant("starts_at", nullable=False),
    _instant("ends_at", nullable=False),
    CheckConstraint("starts_at < ends_at", "period"),
)
busy_times = Table(  # what consultants' own calendars say
    "busy_times",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    _reference("staff_id", "staff", nullable=False, index=True),
    Column("source", String(40), nullable=False),  # which calendar
    _instant("starts_at", nullable=False),
    _instant("ends_at", nullable=False),
    CheckConstraint("starts_at < ends_at", "period"),
)
bookings = Table(
    "bookings",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("state", String(10), nullable=False),  # held, booked, cancelled
    Column("staff_id", Integer, ForeignKey("staff.id"), nullable=False),
    Column("service_id", Integer, ForeignKey("services.id"), nullable=False),
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=False),
    _instant("starts_at", nullable=False),
    _instant("ends_at", nullable=False),
    _instant("busy_until", nullable=False),  # the break after the visit included
    Column("reservation_key", String(100)),
    _instant("expires_at"),  # of a hold
    Column("parent_id", BigInteger, ForeignKey("bookings.id")),  # first of several in one visit
    Column("extended_info", JSONB, nullable=False, server_default=text("'{}'")),
    Column("note", Text),
    Column("confirmed", Boolean, nullable=False, server_default=text("true")),
    Column("present", Boolean),
    _instant("created_at", nullable=False, server_default=func.now()),
    _instant("cancelled_at"),
    CheckConstraint("state IN ('held', 'booked', 'cancelled')", "state"),
    CheckConstraint("starts_at < ends_at AND ends_at <= busy_until", "period"),
    CheckConstraint(
        "(state = 'held') = (expires_at IS NOT NULL AND reservation_key IS NOT NULL)", "hold"
    ),
)
bookings.append_constraint(
    ExcludeConstraint(
        (bookings.c.staff_id, "="),
        (func.tstzrange(bookings.c.starts_at, bookings.c.busy_until), "&&"),
        where=bookings.c.state != "cancelled",
        name="bookings_one_at_a_time",
    )
)
Index("bookings_starts_at", bookings.c.starts_at)
Index(
    "bookings_parent_id",
    bookings.c.parent_id,
    postgresql_where=bookings.c.parent_id.is_not(None),
)
Index(
    "bookings_extended_info",
    bookings.c.extended_info,
    postgresql_using="gin",
    postgresql_ops={"extended_info": "jsonb_path_ops"},
)
Index(
    "bookings_reservation_key",
    bookings.c.reservation_key,
    postgresql_where=bookings.c.state == "held",
)
