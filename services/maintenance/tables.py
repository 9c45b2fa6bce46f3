"""Maintenance's own tables."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
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
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

_BY_DUE = (text("LEAST(start_due_at, finish_due_at)"), text("number DESC"))


def _instant(name: str, **options) -> Column[object]:
    return Column(name, DateTime(timezone=True), **options)


work_orders = Table(
    "work_orders",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", BigInteger, Identity(start=60_000_000), unique=True),
    Column("adaptation_id", Uuid, unique=True),
    Column("kind", String(20), nullable=False),
    Column("individual_number", String(13), nullable=False),
    Column("unit", String(31), nullable=False),  # HSA-ID
    Column("prescriber", String(31), nullable=False),  # HSA-ID
    Column("agreement", String(40), nullable=False),
    Column("basic_need", String(20), nullable=False),
    # The limits as they were when it was registered; empty where there is none.
    Column("start_limit", String(20), nullable=False),
    Column("finish_limit", String(20), nullable=False),
    Column("version", Integer, nullable=False),  # optimistic lock
    # What follows from the history, kept for sweeps and lists; never what a clock is read from.
    Column("state", String(20), nullable=False),
    Column("technician", String(31)),  # HSA-ID
    _instant("finished_at"),
    _instant("start_due_at"),
    _instant("start_soon_at"),
    _instant("finish_due_at"),
    _instant("finish_soon_at"),
    # When the technician was told that it runs out soon.
    _instant("start_warned_at"),
    _instant("finish_warned_at"),
    # When the prescriber was told that it is not done in time.
    _instant("overdue_told_at"),
    CheckConstraint(
        "(state = 'finished') = (finished_at IS NOT NULL)", name="work_orders_finished"
    ),
    Index("work_orders_by_due", *_BY_DUE),
    Index("work_orders_of_unit", "unit", *_BY_DUE),
    Index("work_orders_of_device", "individual_number"),
    Index("work_orders_finished_at", "finished_at", postgresql_where=text("state = 'finished'")),
    *(
        Index(
            f"work_orders_{clock}_soon",
            f"{clock}_soon_at",
            postgresql_where=text(f"technician IS NOT NULL AND {clock}_warned_at IS NULL"),
        )
        for clock in ("start", "finish")
    ),
)
#: Adaptations (Swedish: specialanpassning) whose document is not signed block their device.
device_blocks = Table(
    "device_blocks",
    metadata,
    Column("adaptation_id", Uuid, primary_key=True),
    Column("individual_number", String(13), nullable=False),
    _instant("begun_at", nullable=False, server_default=func.now()),
    _instant("ended_at"),
    Column("cause", String(20)),
    CheckConstraint("(ended_at IS NULL) = (cause IS NULL)", name="device_blocks_ended"),
)
happenings = Table(
    "happenings",
    metadata,
    Column("work_order_id", ForeignKey(work_orders.c.id), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("what", String(20), nullable=False),
    _instant("at", nullable=False),
    _instant("recorded_at", nullable=False),
    Column("recorded_by", String(31), nullable=False),  # HSA-ID
    Column("cause", String(40)),
    Column("technician", String(31)),  # HSA-ID
    CheckConstraint("at <= recorded_at", name="happenings_not_foretold"),
)
#: Names, telephones, addresses and door codes are here and nowhere else.
details = Table(
    "details",
    metadata,
    Column("work_order_id", ForeignKey(work_orders.c.id), primary_key=True),
    Column("description", Text, nullable=False),
    Column("place_on_device", Text, nullable=False),
    Column("contacts", JSONB, nullable=False),
    Column("address", Text, nullable=False),
    Column("door_code", Text, nullable=False),
    Column("patient_can_come_in", Boolean, nullable=False),
    Column("stand_in_needed", Boolean, nullable=False),
)
access_log = Table(
    "access_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _instant("at", nullable=False, server_default=func.clock_timestamp()),
    Column("action", String(40), nullable=False),
    Column("work_order_id", ForeignKey(work_orders.c.id), nullable=False),
    Column("person", String(64), nullable=False),
    Column("role", String(40), nullable=False),
    Column("unit", String(31), nullable=False),
    Column("request_id", String(100), nullable=False),
    Index("access_log_work_order_id", "work_order_id", "id"),
)
