"""What a transaction tells the world, written with it in one statement.

Only the relay publishes: an event published before its transaction is committed may tell what never
happened, one published after it may never be told.
"""

import base64
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection

from chassis.context import Context
from chassis.prepared import Prepared

_PARTS = {
    "events": """
events AS (
    INSERT INTO outbox (event_type, data, headers)
    SELECT e->>0, e->1, CAST(:headers AS jsonb)
    FROM jsonb_array_elements(CAST(:events AS jsonb)) WITH ORDINALITY AS told(e, n) ORDER BY n
)""",
    "mails": """
mailed AS (
    INSERT INTO mails (recipient, subject, body, calendar, calendar_method)
    SELECT recipient, subject, body, decode(calendar, 'base64'), calendar_method
    FROM jsonb_to_recordset(CAST(:mails AS jsonb))
        AS m(recipient text, subject text, body text, calendar text, calendar_method text)
)""",
}
_COMMAND = """
INSERT INTO commands (id, fingerprint, reply)
VALUES (CAST(:command_id AS uuid), :fingerprint, CAST(:reply AS jsonb)) 
ON CONFLICT (id) DO NOTHING RETURNING id
"""


@dataclass
class Told:
    """The events and mails of one transaction, in the order in which they came about."""

    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    mails: list[dict[str, Any]] = field(default_factory=list)

    def write(self, session: Connection, context: Context, command: dict[str, Any] | None) -> bool:
        """Write everything, and that `command` is done, in one statement.

        Returns:
            False if the command was already done: then the transaction must not be committed.
        """
        parts: list[str] = []
        values: dict[str, Any] = {}
        if self.events:
            parts.append("events")
            values |= {"events": json.dumps(self.events), "headers": json.dumps(context.told())}
        if self.mails:
            parts.append("mails")
            values["mails"] = json.dumps(self.mails, default=_base64)
        if not parts and command is None:
            return True
        if command is not None:
            values |= _command_values(command)
        result = _statement(tuple(parts), command is not None).execute(session, values)
        return command is None or result.first() is not None


@cache
def _statement(parts: tuple[str, ...], with_command: bool) -> Prepared:
    written = "WITH " + ",".join(_PARTS[part] for part in parts) if parts else ""
    name = "_".join(("tell", *parts, *(("command",) if with_command else ())))
    return Prepared(name, written + (_COMMAND if with_command else " SELECT true"))


def _command_values(command: dict[str, Any]) -> dict[str, Any]:
    return {
        "command_id": str(command["id"]),
        "fingerprint": command["fingerprint"],
        "reply": json.dumps(command["reply"]),
    }


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
