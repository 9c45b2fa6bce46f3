"""Shows the supply centre where hours are lacking.

Source: B-17
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from contracts.actor import Actor
from contracts.errors.common import MESSAGE_INVALID, ROLE_MAY_NOT
from services.booking.ports import Scheduler
from services.booking.refusals import as_contract_errors
from services.booking.staffing.model import Demand, Hours, Week, weeks

CENTRE = ("customer_service", "device_consultant", "product_consultant", "operator")
AT_MOST = timedelta(weeks=26)
LOST = ""  # the place of those who wait and have booked nothing yet


class Transaction(Protocol):
    actor: Actor
    now: datetime

    def demand(self) -> Sequence[Demand]:
        """What waits and what was registered, by where the unit last booked; else `LOST`."""


def check_may_see(actor: Actor) -> None:
    """
    Raises:
        Forbidden: the actor does not staff the consultations.
    """
    if actor.role not in CENTRE:
        raise ROLE_MAY_NOT()


def hours(scheduler: Scheduler, first_day: date, last_day: date) -> list[Hours]:
    """What there is in the weeks that these days lie in.

    Raises:
        Invalid: the days are in the wrong order, or too far apart.
    """
    if not timedelta(0) <= last_day - first_day < AT_MOST:
        wrong = "Ange en dag från och med den första, högst 26 veckor i taget."
        raise MESSAGE_INVALID(fields={"last_day": wrong})
    monday = first_day - timedelta(days=first_day.weekday())
    sunday = last_day + timedelta(days=6 - last_day.weekday())
    with as_contract_errors():
        return [
            Hours(
                one.week,
                one.place_name,
                one.service_product_name,
                one.minutes,
                one.consultants,
                one.on_duty,
                one.absent,
                one.booked,
                one.free,
            )
            for one in scheduler.staffing(monday, sunday)
        ]


def staffing(
    found: Sequence[Hours], demands: Sequence[Demand], today: date
) -> tuple[list[Week], int]:
    """Each week against the demand, and how many wait nobody knows where."""
    lost = sum(one.waiting for one in demands if one.place_name == LOST)
    return weeks(found, demands, today), lost
