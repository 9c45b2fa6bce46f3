"""Statements that each connection plans once.

PostgreSQL plans whatever psycopg2 sends anew; for a short statement over several tables that takes
longer than to carry it out.
"""

import re
from collections.abc import Mapping
from itertools import count
from typing import Any

from sqlalchemy import Connection, CursorResult

_PARAMETER = re.compile(r"(?<!:):(\w+)")
_attempts = count(1)


class Prepared:
    """A statement that is prepared when a connection first carries it out, in the same trip.

    Needs a connection of its own to the server: a pooler that hands connections out by transaction
    would forget it.

    Args:
        name: no other statement of the service has it.
        sql: with parameters such as `:number`, of whatever kind their place asks for.
    """

    def __init__(self, name: str, sql: str) -> None:
        self.name = name
        names = list(dict.fromkeys(_PARAMETER.findall(sql)))
        numbered = _PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", sql)
        self._sql = numbered.replace("%", "%%")
        self._values = ", ".join(f"%({name})s" for name in names)

    def execute(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult:
        known = connection.info.setdefault("prepared", {})
        if name := known.get(self.name):
            return connection.exec_driver_sql(f"EXECUTE {name} ({self._values})", values)
        name = f"{self.name}_{next(_attempts)}"  # a new one if this fails, perhaps half-way
        execute = f"EXECUTE {name} ({self._values})"
        result = connection.exec_driver_sql(f"PREPARE {name} AS {self._sql}; {execute}", values)
        known[self.name] = name
        return result
