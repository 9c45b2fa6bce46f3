"""Calendars as callers see them."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from contracts.booking_calendars import CalendarAddressView, FeedView
from contracts.errors import REFUSALS
from services.booking.calendars.model import Feed


def address(address_id: UUID, made_at: datetime) -> dict[str, Any]:
    values = {"address_id": address_id, "made_at": made_at, "path": None}
    return CalendarAddressView.write(values)


def feed(shown: Feed) -> dict[str, Any]:
    return FeedView.write(
        {
            "feed_id": shown.id,
            "host": urlsplit(shown.address).hostname,
            "added_at": shown.added_at,
            "checked_at": shown.checked_at,
            "next_at": shown.next_at,
            "busy_periods": shown.busy_periods,
            "problem": _problem(shown),
        }
    )


def _problem(shown: Feed) -> dict[str, Any] | None:
    if shown.problem is None:
        return None
    known = REFUSALS[shown.problem]
    return {
        "code": known.code,
        "at": shown.problem_at,
        "wrong_sv": known.sv.wrong,
        "action_sv": known.sv.action,
        "wrong_en": known.en.wrong,
        "action_en": known.en.action,
    }
