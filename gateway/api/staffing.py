"""Hours that can be booked, against what is needed: as a list, and as files for a spreadsheet."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from flask import Flask, Response
from marshmallow import fields

from chassis.calendar import STOCKHOLM
from contracts.booking_staffing import ListStaffing
from contracts.errors.common import ROLE_MAY_NOT
from gateway import bus
from gateway.api import reading, tables
from gateway.api.operations import Operation, with_etag
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


STAFFING = (
    Operation(
        http="GET",
        path="/staffing",
        calls=Booking.list_staffing,
        takes=StaffingRequest,
        complete=with_days,
        summary="Visa bemanningen",
        text="Hours that can be booked per week, place and service product, holidays and absences"
        " left out, against the activities that wait and that usually are registered; the weeks"
        " that fall short most come first. For the supply centre. The same list is a file at"
        " /files/staffing.csv and /files/staffing.xlsx.",
        refuses=(ROLE_MAY_NOT,),
    ),
)
FILES = {"csv": (tables.CSV, tables.as_csv), "xlsx": (tables.XLSX, tables.as_xlsx)}


def staffing_file(ending: str) -> Response:
    """The list as a file to open in a spreadsheet.

    Raises:
        ContractError: the request is refused, here or by the service.
    """
    sent = reading.arguments()
    StaffingRequest.read(sent)
    found = bus.booking.list_staffing(with_days(sent))
    media_type, write = FILES[ending]
    answer = Response(write(found["items"], COLUMNS), content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="bemanning.{ending}"'
    return with_etag(answer)


def register(app: Flask) -> None:
    for ending in FILES:
        view = partial(staffing_file, ending)
        app.add_url_rule(f"/files/staffing.{ending}", f"staffing_{ending}", view)
