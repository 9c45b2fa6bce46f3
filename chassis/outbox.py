"""What a transaction tells the world, and that its command is done, written in one statement.

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

#: One row, unless the command was done before.
_DONE = """
done AS (
    INSERT INTO commands (id, fingerprint, reply)
    VALUES (CAST(:command_id AS uuid), :fingerprint, CAST(:reply AS jsonb))
    ON CONFLICT (id) DO NOTHING RETURNING id
)"""
_NO_COMMAND = "done AS (SELECT true)"
_PARTS = {
    "events": """
events AS (
    INSERT INTO outbox (event_type, data, headers)
    SELECT e->>0, e->1, CAST(:headers AS jsonb)
    FROM done, jsonb_array_elements(CAST(:events AS jsonb)) WITH ORDINALITY AS told(e, n)
    ORDER BY n
)""",
    "mails": """
mailed AS (
    INSERT INTO mails (recipient, subject, body, calendar, calendar_method)
    SELECT recipient, subject, body, decode(calendar, 'base64'), calendar_method
    FROM done, jsonb_to_recordset(CAST(:mails AS jsonb))
        AS m(recipient text, subject text, body text, calendar text, calendar_method text)
)""",
}


@dataclass(frozen=True)
class Change:
    """A change that the same statement makes.

    Args:
        name: no other statement of the service has it.
        sql: of a WITH; takes its rows `FROM done`, which has none if the command was done before.
    """

    name: str
    sql: str


@dataclass
class Told:
    """The events and mails of one transaction, in the order in which they came about.

    Args:
        change: that it makes with them, if any, and its values.
    """

    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    mails: list[dict[str, Any]] = field(default_factory=list)
    change: tuple[Change | None, dict[str, Any]] = (None, {})

    def write(
        self, connection: Connection, context: Context, command: dict[str, Any] | None
    ) -> bool:
        """Write everything, and that `command` is done, in one statement.

        Returns:
            False if the command was already done: then the transaction must not be committed.
        """
        parts: list[str] = []
        change, values = self.change
        if self.events:
            parts.append("events")
            values |= {"events": json.dumps(self.events), "headers": json.dumps(context.told())}
        if self.mails:
            parts.append("mails")
            values["mails"] = json.dumps(self.mails, default=_base64)
        if not parts and change is None and command is None:
            return True
        if command is not None:
            values |= _command_values(command)
        statement = _statement(change, tuple(parts), command is not None)
        return statement.execute(connection, values).first() is not None


@cache
def _statement(change: Change | None, parts: tuple[str, ...], with_command: bool) -> Prepared:
    names = [change.name] if change else ["tell"]
    names += [*parts, "command"] if with_command else parts
    written = [_DONE if with_command else _NO_COMMAND, *([change.sql] if change else [])]
    written += [_PARTS[part] for part in parts]
    return Prepared("_".join(names), f"WITH {','.join(written)} SELECT * FROM done")


def _command_values(command: dict[str, Any]) -> dict[str, Any]:
    return {
        "command_id": str(command["id"]),
        "fingerprint": command["fingerprint"],
        "reply": json.dumps(command["reply"]),
    }


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
