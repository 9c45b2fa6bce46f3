"""Booking's own tables."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    func,
    text,
)

metadata = MetaData()

RUNNING = "state IN ('registered', 'booking')"  # while its clock runs
CURRENT = (
    "state IN ('attempted', 'booked', 'rebooking', 'cancelling')"  # one at most of an activity
)
SHOWN = ("attempted", "booked", "rebooking", "cancelling", "held", "no_show")
UNSETTLED = "state IN ('attempted', 'rebooking', 'cancelling')"


def _instant(name: str, *args: Any, **options: Any) -> Column[Any]:
    return Column(name, DateTime(timezone=True), *args, **options)


activities = Table(
    "activities",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("work_order_number", String(10), nullable=False),
    Column("unit", String(64), nullable=False),  # HSA-ID
    Column("prescriber", String(64), nullable=False),  # HSA-ID
    _instant("registered_at", nullable=False),
    _instant("due_at", nullable=False),
    Column("window_rule", String(40), nullable=False),  # the rule that due_at was computed by
    Column("state", String(20), nullable=False),
    Column("cause", String(40)),
    _instant("closed_at"),
    Column("principal", String(64), nullable=False, server_default=text("''")),  # HSA-ID
    Column("agreement", String(30)),
    Column("iso_code", String(11)),
    Column("proposed_product_id", Integer),
    _instant("started_at"),  # when its window began
    _instant("warned_until"),  # warnings that come due before that have been given
    Column("version", Integer, nullable=False),  # optimistic lock
    _instant("closes_at", Computed(f"CASE WHEN {RUNNING} THEN due_at END", persisted=True)),
    CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="activities_closed"),
    Index("activities_by_registration", "registered_at"),
    Index("activities_due", "due_at", postgresql_where=text("state = 'registered'")),
    Index("activities_of_unit", "unit", "closes_at", text("registered_at DESC"), "id"),
)
closings = Table(
    "closings",
    metadata,
    Column("activity_id", ForeignKey(activities.c.id), primary_key=True),
    _instant("closed_at", primary_key=True),
    Column("cause", String(40), nullable=False),
    _instant("reopened_at"),
    Column("reopened_by", String(64)),  # HSA-ID
    Index("closings_by_time", "closed_at"),
)
warnings = Table(  # who has been mailed on which day
    "warnings",
    metadata,
    Column("person", String(64), primary_key=True),  # HSA-ID
    Column("day", Date, primary_key=True),
)
holds = Table(
    "holds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("activity_id", ForeignKey(activities.c.id), nullable=False),
    Column("key", String(100), nullable=False),  # what the scheduler knows it by
    Column("place_id", Integer, nullable=False),
    Column("service_product_id", Integer, nullable=False),
    Column("consultant_id", Integer, nullable=False),
    _instant("starts_at", nullable=False),
    _instant("ends_at", nullable=False),
    _instant("expires_at", nullable=False),
    Column("held_by", String(64), nullable=False),  # HSA-ID
    Column("extensions", Integer, nullable=False, server_default=text("0")),
    Index("holds_of_person", "held_by", "expires_at"),
    Index("holds_of_activity", "activity_id"),
    Index("holds_expired", "expires_at"),
)
bookings = Table(
    "bookings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("activity_id", ForeignKey(activities.c.id), nullable=False),
    Column("state", String(20), nullable=False),
    Column("hold_key", String(100), nullable=False),
    Column("scheduler_id", BigInteger),
    Column("place_id", Integer),  # of what was booked before it was noted: NULL
    Column("service_product_id", Integer),
    _instant("starts_at", nullable=False),
    _instant("ends_at", nullable=False),
    Column("telephone", String(20), nullable=False),  # E.164
    Column("place_name", Text, nullable=False),
    Column("service_product_name", Text, nullable=False),
    Column("consultant_name", Text, nullable=False),
    Column("booked_by", String(64), nullable=False),  # HSA-ID
    _instant("booked_at"),
    _instant("cancelled_at"),
    Column("sequence", Integer, nullable=False),
    # Where it is being moved to, and why.
    _instant("wished_start"),
    Column("wished_consultant_id", Integer),
    Column("wished_cause", String(40)),
    Column("rebookings", Integer, nullable=False, server_default=text("0")),
    _instant("rebooked_at"),
    _instant("outcome_at"),
    Column("outcome_by", String(64)),  # HSA-ID
    Column("outcome_note", Text, nullable=False, server_default=text("''")),
    Column("follow_up", Boolean, nullable=False, server_default=text("false")),
    Column("visit_id", Uuid),  # the same for two work orders in one visit
    # The command that changes it now, and when the scheduler was asked for it.
    Column("asked_command_id", Uuid, nullable=False),
    Column("asked_mark", LargeBinary(32), nullable=False),
    Column("asked_by", String(64), nullable=False),  # HSA-ID
    _instant("asked_at", nullable=False, server_default=func.now()),
    CheckConstraint("ends_at > starts_at", name="bookings_end_after_start"),
    Index("bookings_current", "activity_id", unique=True, postgresql_where=text(CURRENT)),
    Index("bookings_of_activity", "activity_id"),
    Index("bookings_over", "ends_at", postgresql_where=text("state IN ('booked', 'held')")),
    Index("bookings_of_visit", "visit_id", postgresql_where=text("visit_id IS NOT NULL")),
    Index("bookings_unsettled", "asked_at", postgresql_where=text(UNSETTLED)),
)
