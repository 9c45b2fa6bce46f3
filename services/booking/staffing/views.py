"""A staffed week as callers see it."""

from typing import Any

from services.booking.staffing.model import Week


def week(shown: Week) -> dict[str, Any]:
    hours = shown.hours
    return {
        "week_starts_day": hours.week,
        "week": shown.name,
        "place_name": hours.place_name,
        "service_product_name": hours.service_product_name,
        "consultants": hours.consultants,
        "hours_on_duty": hours.on_duty,
        "hours_absent": hours.absent,
        "hours_booked": hours.booked,
        "hours_free": hours.free,
        "waiting": shown.waiting,
        "registered_a_week": shown.a_week,
        "hours_needed": shown.needed,
        "hours_short": shown.short,
    }
