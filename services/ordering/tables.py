"""Ordering's tables. Their indexes, checks and triggers are in the migrations alone."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, CHAR, JSONB

HSA_ID = String(31)  # of principals and units
PERSON = String(64)  # HSA-ID of a person, or a machine's client id
CODE = String(30)
NUMBER = String(20)

metadata = MetaData()


def _table(name: str, *columns: Column) -> Table:
    return Table(name, metadata, *columns)


def _key(name: str, kind: Any, target: str | None = None) -> Column:
    return _column(name, kind, target, primary_key=True)


def _column(name: str, kind: Any, target: str | None = None, **options: Any) -> Column:
    options = {"nullable": False, **options}
    return Column(name, kind, *([ForeignKey(target)] if target else []), **options)


def _instant(name: str, **options: Any) -> Column:
    return _column(name, DateTime(timezone=True), **options)


principals = _table(
    "principals",
    _key("hsa_id", HSA_ID),
    _column("name", String(200)),
    _column("kind", String(20)),  # region or municipality
)
providers = _table(
    "providers",
    _key("hsa_id", HSA_ID),
    _column("name", String(200)),
    _column("principal", HSA_ID, "principals.hsa_id"),
    _column("engaged_from", Date),
    _column("engaged_until", Date, nullable=True),
)
units = _table(
    "units",
    _key("hsa_id", HSA_ID),
    _column("name", String(200)),
    _column("provider", HSA_ID, "providers.hsa_id"),
)
agreements = _table("agreements", _key("code", CODE), _column("name", String(200)))
memberships = _table(
    "memberships",
    _key("principal", HSA_ID, "principals.hsa_id"),
    _key("agreement", CODE, "agreements.code"),
    _key("first_day", Date),
    _column("last_day", Date, nullable=True),
)
customer_numbers = _table(
    "customer_numbers",
    _key("number", String(10)),
    _column("kind", CODE),  # unit, personal_social_services or basic_equipment
    _column("supplier", String(3)),  # HMC or LMN
    _column("unit", HSA_ID, "units.hsa_id"),
)
customer_agreements = _table(
    "customer_agreements",
    _key("customer_number", String(10), "customer_numbers.number"),
    _key("agreement", CODE, "agreements.code"),
)
stores = _table(
    "stores",
    _key("number", NUMBER),
    _column("name", String(200)),
    _column("unit", HSA_ID, "units.hsa_id"),
)
store_customers = _table(
    "store_customers",
    _key("customer_number", String(10), "customer_numbers.number"),
    _key("store_number", NUMBER, "stores.number"),
)
people = _table(
    "people",
    _key("hsa_id", PERSON),
    _column("name", String(200)),
    _column("title", String(200)),
    _column("mail", String(254)),
)
permissions = _table(
    "permissions",
    _key("person", PERSON, "people.hsa_id"),
    _key("unit", HSA_ID, "units.hsa_id"),
    _key("first_day", Date),
    _column("last_day", Date, nullable=True),
    _column("type", CODE),
)
patients = _table(
    "patients",
    _key("id", Uuid),
    _column("personal_identity_number", CHAR(12)),
    _column("name", String(200)),
    _column("birth_date", Date),
    _column("municipality", String(100)),
    _column("protected", Boolean),  # skyddade personuppgifter
)
access_log = _table(
    "access_log",
    _key("id", BigInteger),
    _instant("at"),
    _column("action", String(40)),
    _column("patient_id", Uuid, "patients.id"),
    _column("person", PERSON),
    _column("role", String(40)),
    _column("unit", HSA_ID),
    _column("reason", String(200)),
    _column("request_id", String(100)),
)
articles = _table(
    "articles",
    _key("number", NUMBER),
    _column("name", String(200)),
    _column("iso_code", String(11)),
    _column("delivery_class", String(10)),
    _column("status", NUMBER),
    _column("supply_form", String(10)),
    _column("supplier", String(3)),
)
gate_requirements = _table(
    "gate_requirements",
    _key("id", Uuid),
    _column("version", Integer),
    _column("product_area", String(40)),
    _column("title", String(200)),
    _column("prefixes", ARRAY(String(8))),  # of ISO 9999
    _column("role", String(40)),
    _column("legal_area", CODE),
    _column("first_day", Date),
    _column("last_day", Date, nullable=True),
    _column("competences", JSONB),  # each with its title and the courses that give it
)
gates = _table(
    "gates",
    _key("person", PERSON),
    _key("requirement_id", Uuid),
    _column("version", Integer),
    _column("missing", ARRAY(String(40))),  # codes of competences; none when the gate is open
)
gate_copy = _table("gate_copy", _key("one", Boolean), _instant("as_of"))
orders = _table(
    "orders",
    _key("id", Uuid),
    _column("number", BigInteger),
    _column("customer_number", String(10), "customer_numbers.number"),
    _column("unit", HSA_ID),
    _column("recipient_kind", String(10)),  # patient, unit or store
    _column("patient_id", Uuid, "patients.id", nullable=True),
    _column("store_number", NUMBER, nullable=True),
    _column("reference", String(40)),
    _column("state", String(10)),
    _column("orderer", PERSON),
    _instant("placed_at"),
    _instant("cancelled_at", nullable=True),
    _column("version", Integer),  # optimistic lock
)
order_lines = _table(
    "order_lines",
    _key("order_id", Uuid, "orders.id"),
    _key("position", SmallInteger),
    _column("article_number", NUMBER, "articles.number"),
    _column("quantity", Integer),
    _column("delivery_class", String(10)),
)
work_orders = _table(
    "work_orders",
    _key("number", BigInteger),
    _column("activity_id", Uuid),
    _column("kind", NUMBER),
    _column("customer_number", String(10), "customer_numbers.number"),
    _column("unit", HSA_ID),
    _column("patient_id", Uuid, "patients.id"),
    _column("description", String(1000)),
    _column("state", String(10)),
    _column("booking_id", Uuid, nullable=True),
    _instant("fact_at", nullable=True),
    _instant("booked_start", nullable=True),
    _column("cause", String(40), nullable=True),
    _instant("closed_at", nullable=True),
    _column("orderer", PERSON),
    _instant("registered_at"),
    _column("iso_code", String(11), nullable=True),
    _instant("reopened_at", nullable=True),
    _column("version", Integer),  # optimistic lock
)
devices = _table(
    "devices",
    _key("individual_number", String(13)),
    _column("article_number", NUMBER, "articles.number"),
    _column("state", String(10)),
    _column("customer_number", String(10), nullable=True),
    _column("unit", HSA_ID, nullable=True),
    _column("patient_id", Uuid, "patients.id", nullable=True),
    _instant("changed_at"),
)
adaptations = _table(
    "adaptations",
    _key("adaptation_id", Uuid),
    _column("number", BigInteger),  # of the work order
    _column("individual_number", String(13), "devices.individual_number"),
    _column("customer_number", String(10)),
    _column("unit", HSA_ID),
    _column("patient_id", Uuid, "patients.id", nullable=True),
    _column("instruction", String(4000)),
    _column("risks", JSONB),
    _column("cost_proposal_wanted", Boolean),
    _column("prescriber", PERSON),
    _instant("ordered_at"),
    _column("state", String(10)),
    _column("setback", String(10), nullable=True),
    _instant("setback_at", nullable=True),
    _instant("ended_at", nullable=True),
    _column("diary_number", String(40), nullable=True),
)
notices = _table(
    "notices",
    _key("notice_id", Uuid),
    _key("version", Integer),
    _column("kind", String(10)),
    _column("title", String(120)),
    _column("text", String(4000)),
    _column("english_title", String(120), nullable=True),
    _column("english_text", String(4000), nullable=True),
    _column("valid_from", Date),
    _column("valid_until", Date, nullable=True),
    _column("roles", ARRAY(String(40))),
    _column("is_withdrawn", Boolean),
    _column("written_by", PERSON),
    _instant("written_at"),
)
notice_readings = _table(
    "notice_readings",
    _key("person", PERSON),
    _key("notice_id", Uuid),
    _key("version", Integer),
    _instant("read_at"),
)
