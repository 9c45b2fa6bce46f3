"""Hours that can be booked against what is needed, the weeks that fall short first.

Source: B-17
"""

from itertools import groupby
from operator import itemgetter
from typing import Any

from gateway import bus
from gateway.api.staffing import with_days
from gateway.web.asking import part
from gateway.web.forms import filled
from gateway.web.language import decimal
from gateway.web.pages import room, show
from gateway.web.times import named_week

SHOWN = 80  # rows, those that fall short most; the file has all
pages = room("staffing")
Weeks = list[tuple[str, int, str]]


@pages.get("/staffing")
def staffing() -> tuple[str, int]:
    days = with_days(filled(("first_day", "last_day")))
    found = part(lambda: bus.booking.list_staffing(days))
    worst = found.items[:SHOWN]
    short = _short(found.items)
    return show("staffing.html", found=found, worst=worst, days=days, short=short)


def _short(items: list[dict[str, Any]]) -> Weeks:
    """For the chart: the hours that each week falls short, of the worst week's."""
    by_week = groupby(sorted(items, key=itemgetter("week")), key=itemgetter("week"))
    hours = {week: sum(one["hours_short"] for one in of_week) for week, of_week in by_week}
    most = max(hours.values(), default=0) or 1
    return [
        (named_week(week), round(100 * short / most), decimal(short))
        for week, short in hours.items()
    ]
