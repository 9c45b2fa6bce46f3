"""The tables of consultants' calendars."""

from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)

from services.booking.tables import metadata


def _instant(name: str, **options: Any) -> Column[Any]:
    return Column(name, DateTime(timezone=True), **options)


consultants = Table(
    "consultants",
    metadata,
    Column("hsa_id", String(64), primary_key=True),
    Column("consultant_id", Integer, nullable=False),  # the scheduler's
    UniqueConstraint("consultant_id", name="consultants_consultant_id"),
)
calendar_addresses = Table(
    "calendar_addresses",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("consultant_id", Integer, nullable=False),
    Column("secret_hash", LargeBinary(32), nullable=False),
    _instant("made_at", nullable=False),
    _instant("revoked_at"),
    UniqueConstraint("secret_hash", name="calendar_addresses_secret"),
    Index(
        "calendar_addresses_valid",
        "consultant_id",
        unique=True,
        postgresql_where=text("revoked_at IS NULL"),
    ),
)
calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("consultant_id", Integer, nullable=False),
    Column("address", Text, nullable=False),  # secret: who has it reads the calendar
    _instant("added_at", nullable=False),
    _instant("removed_at"),
    _instant("next_at", nullable=False, server_default=func.now()),
    _instant("leased_until"),  # by the replica that reads it now
    Column("etag", Text),
    _instant("read_at"),  # as a whole
    _instant("checked_at"),  # at least for a change
    Column("busy_periods", Integer),
    Column("failures", Integer, nullable=False, server_default=text("0")),  # in a row
    Column("problem", String(60)),
    _instant("problem_at"),
    Index("calendar_feeds_consultant", "consultant_id"),
    Index("calendar_feeds_due", "next_at"),
)
