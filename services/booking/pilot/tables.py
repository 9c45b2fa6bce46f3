"""The tables of the pilot."""

from sqlalchemy import CheckConstraint, Column, Date, DateTime, Index, String, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.booking.tables import metadata

customer_groups = Table(
    "customer_groups",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("units", ARRAY(String(64)), nullable=False),  # HSA-ID
    Column("first_day", Date, nullable=False),
    Column("last_day", Date),
    CheckConstraint("first_day <= last_day", name="customer_groups_days"),
)
questionnaires = Table(  # whose visits have been asked about
    "questionnaires",
    metadata,
    Column("booking_id", Uuid, primary_key=True),
    Column("sent_at", DateTime(timezone=True), nullable=False),
)
evaluations = Table(
    "evaluations",
    metadata,
    Column("booking_id", Uuid, primary_key=True),
    Column("person", String(64), primary_key=True),  # HSA-ID
    Column("asked_as", String(20), nullable=False),
    Column("place_name", Text, nullable=False),
    Column("visited_at", DateTime(timezone=True), nullable=False),
    Column("answers", JSONB, nullable=False),
    Column("comment", String(500), nullable=False),
    Column("answered_at", DateTime(timezone=True), nullable=False),
    Index("evaluations_visited", "visited_at"),
)
