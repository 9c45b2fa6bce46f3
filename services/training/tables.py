"""Training's own tables. Their indexes, checks and foreign keys are in the migrations alone."""

from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY

CODE = String(40)
PERSON = String(64)  # HSA-ID

metadata = MetaData()


def _column(name: str, kind: Any, **options: Any) -> Column:
    return Column(name, kind, **{"nullable": False, **options})


def _key(name: str, kind: Any) -> Column:
    return _column(name, kind, primary_key=True)


def _codes(name: str) -> Column:
    return _column(name, ARRAY(CODE))


def _instant(name: str, **options: Any) -> Column:
    return _column(name, DateTime(timezone=True), **options)


competences = Table("competences", metadata, _key("code", CODE), _column("title", String(200)))
courses = Table(
    "courses",
    metadata,
    _key("code", CODE),
    _column("title", String(200)),
    _codes("kinds"),
    _column("responsible", PERSON),
    _column("plan", Text),
    _codes("requires"),
)
course_versions = Table(
    "course_versions",
    metadata,
    _key("course", CODE),
    _key("number", SmallInteger),
    _column("first_day", Date),
    _column("last_day", Date, nullable=True),
    _codes("gives"),
)
equivalences = Table(
    "equivalences", metadata, _key("counts_as", CODE), Column("held", ARRAY(CODE), primary_key=True)
)
requirement_sets = Table(
    "requirement_sets",
    metadata,
    _key("requirement_set_id", Uuid),
    _column("product_area", CODE),
    _column("title", String(200)),
    _column("prefixes", ARRAY(String(8))),
    _column("role", CODE),
    _column("legal_area", CODE),
    _column("first_day", Date),
    _column("last_day", Date, nullable=True),
    _codes("competences"),
    _column("version", Integer),
)
people = Table("people", metadata, _key("hsa_id", PERSON), _instant("known_since"))
completions = Table(
    "completions",
    metadata,
    _key("id", Uuid),
    _column("hsa_id", PERSON),
    _column("course", CODE),
    _column("version", SmallInteger),
    _column("completed_day", Date),
    _column("source", String(10)),  # admin or import
    _column("recorded_by", PERSON),
    _instant("recorded_at"),
    _column("revoked_by", PERSON, nullable=True),
    _instant("revoked_at", nullable=True),
)
gates = Table(
    "gates",
    metadata,
    _key("hsa_id", PERSON),
    _key("requirement_set_id", Uuid),
    _codes("missing"),
    _column("version", Integer),
)
occasions = Table(
    "occasions",
    metadata,
    _key("id", Uuid),
    _column("course", CODE),
    _column("place", String(200)),
    _instant("starts_at"),
    _instant("ends_at"),
    _column("seats", SmallInteger),
    _column("smallest_number", SmallInteger),
    _column("taken", SmallInteger),  # seats that somebody has, or is offered
    _column("state", CODE),
    _column("cause", CODE, nullable=True),
    _column("sequence", Integer),
    _instant("offered_until", nullable=True),  # when the first of its offers ends
)
enrolments = Table(
    "enrolments",
    metadata,
    _key("id", Uuid),
    _column("occasion_id", Uuid),
    _column("participant", PERSON),
    _column("enrolled_by", PERSON),
    _column("position", Integer),
    _column("state", CODE),
    _instant("changed_at"),
    _instant("offered_until", nullable=True),
    _column("sequence", Integer),
)
import_rows = Table(
    "import_rows",
    metadata,
    _key("id", Uuid),
    _column("line", Integer),
    _column("written", String(100)),
    _column("course", CODE),
    _column("version", SmallInteger),
    _column("completed_day", Date),
    _column("imported_by", PERSON),
    _instant("imported_at"),
    _column("participant", PERSON, nullable=True),
    _column("settled_by", PERSON, nullable=True),
    _instant("settled_at", nullable=True),
)
