"""Settings of the local scheduler, read from the environment at start.

ZOEZI_KEY                the key that clients send as `Authorization: Zoezi <key>`
SCHEDULER_DATABASE_URL   its database; else rampen_scheduler on the server in DATABASE_URL
SCHEDULER_HOST           the address to listen on
SCHEDULER_PORT           the port to listen on; 0 takes a free one and says which
SCHEDULER_CONNECTIONS    how many connections to the database it opens at most
HOLD_SECONDS             how long a reservation lasts
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.engine import URL

from chassis import settings

SHORTEST_KEY = 16  # characters


@dataclass(frozen=True)
class Settings:
    """What the process was told at start."""

    key: str
    database: URL
    host: str = "127.0.0.1"
    port: int = 0
    connections: int = 10
    hold: timedelta = timedelta(minutes=10)

    @classmethod
    def read(cls) -> "Settings":
        key = settings.read("ZOEZI_KEY")
        if len(key) < SHORTEST_KEY:
            raise settings.SettingError("ZOEZI_KEY", f"must have {SHORTEST_KEY} characters or more")
        return cls(
            key=key,
            database=settings.database_url("scheduler"),
            host=settings.read("SCHEDULER_HOST", default=cls.host),
            port=settings.read("SCHEDULER_PORT", "int", default=cls.port),
            connections=settings.read("SCHEDULER_CONNECTIONS", "int", default=cls.connections),
            hold=timedelta(seconds=settings.read("HOLD_SECONDS", "int", default=600)),
        )
