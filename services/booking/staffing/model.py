"""How many hours a week needs, and how many it lacks.

Source: B-17
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS_LOOKED_BACK = 8


@dataclass(frozen=True)
class Hours:
    """What there is in one week for a service product at a place; see `schedule.StaffedWeek`."""

    week: date
    place_name: str
    service_product_name: str
    minutes: int
    consultants: int
    on_duty: float
    absent: float
    booked: float
    free: float


@dataclass(frozen=True)
class Demand:
    """What is asked for at a place.

    Args:
        waiting: activities without a time.
        registered: activities of the last eight weeks.
    """

    place_name: str
    service_product_name: str
    waiting: int
    registered: int

    @property
    def a_week(self) -> float:
        return round(self.registered / WEEKS_LOOKED_BACK, 2)


@dataclass(frozen=True)
class Week:
    """A week's hours against its demand.

    Args:
        waiting: activities without a time, in the first week that is not over.
    """

    hours: Hours
    waiting: int
    a_week: float

    @property
    def needed(self) -> float:
        """What is booked and what waits; or what usually is registered, when that is more."""
        visit = self.hours.minutes / 60
        return round(max(self.hours.booked + self.waiting * visit, self.a_week * visit), 2)

    @property
    def short(self) -> float:
        return round(max(0.0, self.needed - self.hours.booked - self.hours.free), 2)

    @property
    def name(self) -> str:
        year, week, _ = self.hours.week.isocalendar()
        return f"{year}-W{week:02}"


def weeks(hours: Iterable[Hours], demands: Iterable[Demand], today: date) -> list[Week]:
    """Each week against the demand; those that fall short most come first."""
    asked = {(one.place_name, one.service_product_name): one for one in demands}
    present = today - timedelta(days=today.weekday())
    found = []
    for one in hours:
        demand = asked.get((one.place_name, one.service_product_name))
        waiting = demand.waiting if demand and one.week == present else 0
        found.append(Week(one, waiting, demand.a_week if demand else 0))
    return sorted(found, key=_order)


def _order(week: Week) -> tuple[float, date, str, str]:
    return -week.short, week.hours.week, week.hours.place_name, week.hours.service_product_name
