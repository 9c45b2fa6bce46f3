"""Hours that can be booked, against what is needed; as a list and as files."""

from datetime import date, datetime, timedelta
from typing import Any

from marshmallow import fields

from chassis.calendar import STOCKHOLM
from contracts.booking_staffing import ListStaffing
from contracts.errors.common import ROLE_MAY_NOT
from gateway.api import tables
from gateway.api.operations import Operation
from gateway.bus import Booking

WEEKS_SHOWN = 8  # unless a last day is told
COLUMNS = {
    "week": "Vecka",
    "place_name": "Ort",
    "service_product_name": "Tjänsteprodukt",
    "hours_short": "Timmar som saknas",
    "hours_needed": "Behov, timmar",
    "hours_free": "Lediga timmar",
    "hours_booked": "Bokade timmar",
    "hours_on_duty": "Timmar i arbetsplan",
    "hours_absent": "Frånvaro, timmar",
    "consultants": "Konsulenter",
    "waiting": "Väntande aktiviteter",
    "registered_a_week": "Registrerade per vecka",
}


class StaffingRequest(ListStaffing):
    """Which weeks."""

    first_day = fields.Date(metadata={"description": "i dag, om inget anges"})
    last_day = fields.Date(metadata={"description": "åtta veckor senare, om inget anges"})


def with_days(sent: dict[str, Any]) -> dict[str, Any]:
    """The question with the days that it does not tell: from today on, eight weeks."""
    sent.setdefault("first_day", datetime.now(STOCKHOLM).date().isoformat())
    first = date.fromisoformat(sent["first_day"])
    ahead = min(timedelta(weeks=WEEKS_SHOWN, days=-1), date.max - first)
    sent.setdefault("last_day", (first + ahead).isoformat())
    return sent


_SHARED: dict[str, Any] = {
    "http": "GET",
    "calls": Booking.list_staffing,
    "takes": StaffingRequest,
    "complete": with_days,
    "refuses": (ROLE_MAY_NOT,),
}
STAFFING = (
    Operation(
        path="/staffing",
        summary="Visa bemanningen",
        text="Hours that can be booked per week, place and service product, holidays and absences"
        " left out, against the activities that wait and that usually are registered; the weeks that"
        " fall short most come first. For the supply centre.",
        **_SHARED,
    ),
    tables.FileOperation(
        path="/staffing.csv",
        summary="Hämta bemanningen som CSV",
        text="The same list for a spreadsheet: semicolons, decimal commas, UTF-8.",
        columns=COLUMNS,
        write=tables.as_csv,
        media_type=tables.CSV,
        ending="csv",
        **_SHARED,
    ),
    tables.FileOperation(
        path="/staffing.xlsx",
        summary="Hämta bemanningen som XLSX",
        text="The same list as an Excel file.",
        columns=COLUMNS,
        write=tables.as_xlsx,
        media_type=tables.XLSX,
        ending="xlsx",
        **_SHARED,
    ),
)
