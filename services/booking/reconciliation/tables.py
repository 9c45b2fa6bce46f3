"""The tables of reconciliation."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    func,
    text,
)

from services.booking.tables import metadata

reconciliations = Table(
    "reconciliations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("asked_by", String(64), nullable=False),  # HSA-ID, or booking for the nightly one
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    # Where it is: which look, which stage of it, and from where on.
    Column("look", Integer, nullable=False, server_default=text("1")),
    Column("stage", String(20), nullable=False, server_default=text("'scheduler'")),
    Column("cursor", String(20), nullable=False, server_default=text("''")),
    Column("look_at", DateTime(timezone=True)),  # when this look began
    Column("step", Integer, nullable=False, server_default=text("0")),
    Column("compared", Integer, nullable=False, server_default=text("0")),
    Column("due_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("trouble", String(100)),
    Column("finished_at", DateTime(timezone=True)),
    Index("reconciliations_due", "due_at", postgresql_where=text("finished_at IS NULL")),
)
differences = Table(
    "differences",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("reconciliation_id", Uuid, nullable=False),  # that saw it last
    Column("kind", String(40), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("activity_id", Uuid),
    Column("work_order_number", String(10)),
    Column("scheduler_id", BigInteger),
    Column("booking_says", Text),
    Column("scheduler_says", Text),
    Column("ordering_says", Text),
    Column("first_seen", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("last_seen", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("listed_at", DateTime(timezone=True)),  # when it had stood for long enough
    Column("repaired_at", DateTime(timezone=True)),
    Column("gone_at", DateTime(timezone=True)),
    Index(
        "differences_open",
        "kind",
        "subject",
        unique=True,
        postgresql_where=text("gone_at IS NULL"),
    ),
    Index("differences_listed", "id", postgresql_where=text("listed_at IS NOT NULL")),
)
