"""The four tables that every service's database has, for what must happen exactly once.

* outbox    events told in the transaction that made them true, until the relay has published them
* mails     the same for mail
* inbox     events already handled, by handler
* commands  commands already carried out, with the answer they got
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
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
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()


def _instant(name: str, **options: Any) -> Column:
    return Column(name, DateTime(timezone=True), **options)


outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid, nullable=False, server_default=func.gen_random_uuid()),
    Column("event_type", String(100), nullable=False),
    Column("data", JSONB, nullable=False),
    Column("headers", JSONB, nullable=False),
    _instant("created_at", nullable=False, server_default=func.now()),
    _instant("published_at"),
    Index("outbox_unpublished", "id", postgresql_where=text("published_at IS NULL")),
)
mails = Table(
    "mails",
    metadata,
    Column("id", Uuid, primary_key=True, server_default=func.gen_random_uuid()),
    Column("recipient", String(64), nullable=False),  # HSA-ID; the address is looked up when sent
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("calendar", LargeBinary),  # iCalendar entry
    Column("calendar_method", String(10)),  # REQUEST or CANCEL
    _instant("created_at", nullable=False, server_default=func.now()),
    _instant("due_at", nullable=False, server_default=func.now()),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    _instant("sent_at"),
    Index("mails_unsent", "due_at", postgresql_where=text("sent_at IS NULL")),
)
inbox = Table(
    "inbox",
    metadata,
    Column("handler", String(100), primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    _instant("handled_at", nullable=False, server_default=func.now()),
    Index("inbox_handled_at", "handled_at"),
)
commands = Table(
    "commands",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("reply", JSONB, nullable=False),
    _instant("done_at", nullable=False, server_default=func.now()),
    Index("commands_done_at", "done_at"),
)
