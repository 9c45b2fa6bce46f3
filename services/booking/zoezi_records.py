"""Zoezi's JSON read into our words; what lacks the expected form is refused, not guessed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from services.booking.schedule import (
    Consultant,
    FreeTime,
    Hold,
    Place,
    SchedulerBooking,
    SchedulerRefused,
    ServiceProduct,
    StaffedWeek,
)
from services.booking.zoezi_time import parse_instant

Json = dict[str, Any]
Read = TypeVar("Read")


def each(read: Callable[[Json], Read], answer: Any) -> list[Read]:
    """Every record of a list.

    Raises:
        SchedulerRefused: the answer is no list of such records.
    """
    if not isinstance(answer, list):
        raise SchedulerRefused("answer_unreadable", "a list was expected")
    return [one(read, record) for record in answer]


def one(read: Callable[[Json], Read], record: Any) -> Read:
    try:
        return read(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        detail = f"{read.__name__}: {type(error).__name__} {error}"
        raise SchedulerRefused("answer_unreadable", detail) from error


def place(record: Json) -> Place:
    return Place(record["id"], record["name"])


def service_product(record: Json) -> ServiceProduct:
    return ServiceProduct(record["id"], record["name"], int(record["duration"]))


def consultant(record: Json) -> Consultant:
    return Consultant(record["id"], record["name"])


def free_time(record: Json) -> FreeTime:
    start = parse_instant(record["start"])
    end = parse_instant(record["end"], not_before=start)
    return FreeTime(start, end, tuple(record["staffs"]))


def hold(record: Json) -> Hold:
    """A reservation of one time; an expiry in the hour that repeats is the next one from now."""
    (held,) = record["bookings"]
    start = parse_instant(held["time"])
    end = start + timedelta(minutes=held["duration"])
    expires_at = parse_instant(record["expires"], not_before=datetime.now(UTC))
    return Hold(record["key"], expires_at, held["staff"]["id"], start, end)


def staffed_week(record: Json) -> StaffedWeek:
    return StaffedWeek(
        week=date.fromisoformat(record["week"]),
        place_id=record["site"],
        place_name=record["siteName"],
        service_product_id=record["service"],
        service_product_name=record["serviceName"],
        minutes=record["minutes"],
        consultants=record["staffs"],
        on_duty=record["onDuty"],
        absent=record["absent"],
        booked=record["booked"],
        free=record["free"],
    )


def booking(record: Json) -> SchedulerBooking:
    start = parse_instant(record["time"])
    answers = record.get("extendedInfo") or {}
    return SchedulerBooking(
        id=record["id"],
        start=start,
        end=start + timedelta(minutes=record["duration"]),
        consultant_id=record["staff"]["id"],
        consultant_name=record["staff"]["name"],
        place_id=record["site"]["id"],
        place_name=record["site"]["name"],
        service_product_id=record["service"]["id"],
        service_product_name=record["service"]["name"],
        activity_id=str(answers.get("activityId", "")),
        work_order_number=str(answers.get("workOrderNumber", "")),
        cancelled=bool(record["cancelled"]),
        parent_id=record.get("parent_id"),
        present=record.get("present"),
    )
