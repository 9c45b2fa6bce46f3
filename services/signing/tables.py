"""Signing's own tables; their constraints are in the migration."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()


def _instant(name: str, **options) -> Column[object]:
    return Column(name, DateTime(timezone=True), **options)


def _hsa_id(name: str, **options) -> Column[object]:
    return Column(name, String(31), **options)


cases = Table(
    "cases",
    metadata,
    Column("id", Uuid, primary_key=True),  # the adaptation's
    Column("work_order_number", String(10), nullable=False),
    Column("individual_number", String(20), nullable=False),
    _hsa_id("unit", nullable=False),
    _hsa_id("prescriber", nullable=False),
    _hsa_id("technician", nullable=False),
    _instant("built_at", nullable=False),
    Column("diary_number", String(20), unique=True),
    Column("version", Integer, nullable=False),  # optimistic lock of the case and its jobs
)
#: The latest number of each year.
diary = Table(
    "diary",
    metadata,
    Column("year", SmallInteger, primary_key=True),
    Column("latest", Integer, nullable=False),
)
documents = Table(
    "documents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(64), nullable=False, index=True),  # in the blob store
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("pages", Integer, nullable=False),
    _hsa_id("uploaded_by", nullable=False),
    _instant("uploaded_at", nullable=False, server_default=func.clock_timestamp()),
)
jobs = Table(
    "jobs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", ForeignKey(cases.c.id), nullable=False),
    Column("version", Integer, nullable=False),  # of the document
    Column("medium", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("document_id", ForeignKey(documents.c.id), nullable=False),
    Column("signatories", ARRAY(String(31)), nullable=False),  # HSA-IDs
    _hsa_id("sent_by", nullable=False),
    _instant("sent_at", nullable=False),
    _instant("expires_at"),
    Column("signed_day", Date),
    Column("assessment_in_scan", Boolean, nullable=False),
    _instant("closed_at"),
    _hsa_id("closed_by"),
    Column("reason", Text),
)
assessments = Table(
    "assessments",
    metadata,
    Column("job_id", ForeignKey(jobs.c.id), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("risks", JSONB, nullable=False),
    Column("conclusion", String(30), nullable=False),
    _hsa_id("made_by", nullable=False),
    _instant("made_at", nullable=False),
    Column("sha256", String(64), nullable=False),
)
signatures = Table(
    "signatures",
    metadata,
    Column("job_id", ForeignKey(jobs.c.id), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    _hsa_id("hsa_id", nullable=False),
    _instant("signed_at", nullable=False),
    Column("assessment_version", Integer, nullable=False),
    Column("key", String(64), nullable=False),  # of the file with this signature
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
)
access_log = Table(
    "access_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _instant("at", nullable=False, server_default=func.clock_timestamp()),
    Column("action", String(40), nullable=False),
    Column("case_id", ForeignKey(cases.c.id), nullable=False),
    Column("job_id", Uuid, nullable=False),
    Column("person", String(64), nullable=False),
    Column("role", String(40), nullable=False),
    Column("unit", String(31), nullable=False),
    Column("request_id", String(100), nullable=False),
)
