"""What clients get: rows as Zoezi's JSON, with local times."""

from typing import Any

from sqlalchemy import Row

from services.booking.local_scheduler.model.free_times import FreeTime
from services.booking.local_scheduler.offers import instant
from services.booking.zoezi_time import format_instant

Json = dict[str, Any]


def free_time(title: str, time: FreeTime) -> Json:
    return {
        "start": format_instant(instant(time.start)),
        "end": format_instant(instant(time.end)),
        "staffs": list(time.staff),
        "xstaffs": list(time.occupied_staff),
        "title": title,
    }


def site(row: Row[Any]) -> Json:
    return {"id": row.id, "name": row.name}


def service(row: Row[Any]) -> Json:
    """Durations and times are minutes."""
    return {
        "id": row.id,
        "name": row.name,
        "duration": row.duration,
        "breakAfter": row.break_after,
        "minBookingTime": row.notice,
        "manualConfirm": False,
        "staffs": row.staff,
        "sites": row.sites,
        "extendedInfo": row.extended_info,
    }


def staff(row: Row[Any]) -> Json:
    return {"id": row.id, "name": row.name, "sites": row.sites, "services": row.services}


def reservation(key: str, rows: list[Row[Any]]) -> Json:
    """A hold, and which times it holds; `expires` is the earliest of theirs."""
    expires = min((row.expires_at for row in rows), default=None)
    return {
        "key": key,
        "expires": None if expires is None else format_instant(expires),
        "bookings": [booking(row) for row in rows],
    }


def booking(row: Row[Any]) -> Json:
    """`duration` is minutes."""
    return {
        "id": row.id,
        "service": {"id": row.service_id, "name": row.service_name},
        "staff": {"id": row.staff_id, "name": row.staff_name},
        "site": {"id": row.site_id, "name": row.site_name},
        "user": None,
        "booker": None,
        "time": format_instant(row.starts_at),
        "duration": (row.ends_at - row.starts_at).seconds // 60,
        "created": format_instant(row.created_at),
        "cancelled": row.state == "cancelled",
        "cancelledTime": row.cancelled_at and format_instant(row.cancelled_at),
        "confirmed": row.confirmed,
        "present": row.present,
        "parent_id": row.parent_id,
        "extendedInfo": row.extended_info,
        "note": row.note,
    }
