"""Loads sites, services, staff and plans in bulk; bookings are left alone.

What `load` takes, times in minutes where nothing else is said, days and hours as text:

    {
        "sites": [{"id": 1, "name": "Borås"}],
        "services": [
            {"id": 10, "name": "Förväntningssamtal, rullstol", "sites": [1], "duration": 30,
             "break_after": 15, "step": 45, "notice": 60,
             "horizon": 92}
        ],
        "staff": [
            {"id": 100, "name": "Anna Berg", "services": [10], "sites": [1],
             "plan": [{"weekdays": [1, 2], "starts": "07:30", "ends": "09:00", "site": 1,
                       "first_day": "2026-01-01", "last_day": "2026-12-31"}],
             "absences": [{"first_day": "2026-07-06", "last_day": "2026-07-31"}]}
        ],
        "closed": [{"first_day": "2026-12-28", "last_day": "2026-12-30"}],
    }

`break_after`, `notice`, `horizon` (days), `step` (else duration and break), `extended_info` (else
`QUESTIONS`), `absences`, `closed`, and a plan's `site` and days may be left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert
from sqlalchemy.dialects.postgresql import insert as upsert

from services.booking.local_scheduler.tables import (
    absences,
    service_sites,
    services,
    sites,
    staff,
    staff_services,
    staff_sites,
    working_windows,
)
from services.booking.zoezi_time import STOCKHOLM

Data = Mapping[str, Any]
Rows = Sequence[dict[str, Any]]

QUESTIONS = [  # Source: B-9
    {"name": "workOrderNumber", "title": "Arbetsordernummer", "mandatory": True},
    {"name": "telephone", "title": "Telefonnummer", "mandatory": True},
]


def load(engine: Engine, data: Mapping[str, Sequence[Data]]) -> None:
    """Write the data; what has the same id is changed, its links, plans and absences replaced."""
    with engine.begin() as connection:
        _merge(connection, sites, [{"id": one["id"], "name": one["name"]} for one in data["sites"]])
        _merge(connection, services, [_service(one) for one in data["services"]])
        _merge(connection, staff, [{"id": one["id"], "name": one["name"]} for one in data["staff"]])
        _link(connection, data["services"], service_sites, "service_id", site_id="sites")
        _link(connection, data["staff"], staff_sites, "staff_id", site_id="sites")
        _link(connection, data["staff"], staff_services, "staff_id", service_id="services")
        members = [one["id"] for one in data["staff"]]
        _replace(connection, working_windows, members, list(_windows(data["staff"])))
        _replace(connection, absences, members, list(_absences(data)))


def _service(one: Data) -> dict[str, Any]:
    break_after = one.get("break_after", 0)
    return {
        "id": one["id"],
        "name": one["name"],
        "duration": one["duration"],
        "break_after": break_after,
        "step": one.get("step", one["duration"] + break_after),
        "notice": one.get("notice", 0),
        "horizon": one.get("horizon"),
        "extended_info": one.get("extended_info", QUESTIONS),
    }


def _windows(members: Iterable[Data]) -> Iterator[dict[str, Any]]:
    for member in members:
        for window in member.get("plan", ()):
            for weekday in window["weekdays"]:
                yield {
                    "staff_id": member["id"],
                    "site_id": window.get("site"),
                    "weekday": weekday,
                    "starts": time.fromisoformat(window["starts"]),
                    "ends": time.fromisoformat(window["ends"]),
                    "first_day": date.fromisoformat(window.get("first_day", "2000-01-01")),
                    "last_day": date.fromisoformat(window.get("last_day", "2999-12-31")),
                }


def _absences(data: Mapping[str, Sequence[Data]]) -> Iterator[dict[str, Any]]:
    for member in [*data["staff"], {"id": None, "absences": data.get("closed", ())}]:
        for away in member.get("absences", ()):
            after = date.fromisoformat(away["last_day"]) + timedelta(days=1)
            yield {
                "staff_id": member["id"],
                "starts_at": _midnight(date.fromisoformat(away["first_day"])),
                "ends_at": _midnight(after),
            }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), STOCKHOLM)


def _merge(connection: Connection, table: Table, rows: Rows) -> None:
    if rows:
        statement = upsert(table)
        new = {name: statement.excluded[name] for name in rows[0] if name != "id"}
        connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=new), rows)


def _link(
    connection: Connection, owners: Sequence[Data], table: Table, owner: str, **linked: str
) -> None:
    """Replace the owners' rows in a table of links; `linked` names its column and their field."""
    ((column, field),) = linked.items()
    ids = [one["id"] for one in owners]
    connection.execute(delete(table).where(table.c[owner].in_(ids)))
    if rows := [{owner: one["id"], column: other} for one in owners for other in one[field]]:
        connection.execute(insert(table), rows)


def _replace(connection: Connection, table: Table, members: Sequence[int], rows: Rows) -> None:
    """Replace what the table says of these members, and of everybody."""
    mine = table.c.staff_id.in_(members) | table.c.staff_id.is_(None)
    connection.execute(delete(table).where(mine))
    if rows:
        connection.execute(insert(table), rows)
