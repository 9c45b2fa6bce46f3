"""When a calendar says that its owner is busy: iCalendar in, periods out.

* cancelled events and instances, and what is shown as free, leave the time open
* whole days are days in Sweden; so are times without zone; Windows names of zones are known
* what Rampen itself has put into the calendar is left out: the scheduler knows it better

Source: B-16
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component

from contracts.errors.booking_calendars import FEED_NO_CALENDAR, FEED_TOO_MANY
from services.booking.local_scheduler.model.free_times import merged
from services.booking.zoezi_time import STOCKHOLM

MOST = 20_000  # events within the period
TOO_OFTEN = {"SECONDLY", "MINUTELY"}
FREE = {"FREE", "WORKINGELSEWHERE"}
OURS = "@rampen"  # how the UIDs of our own entries end

Period = tuple[datetime, datetime]


def busy_times(content: bytes, start: datetime, end: datetime) -> list[Period]:
    """The periods within `start` and `end` in which the calendar's owner is busy.

    Raises:
        Invalid: the content is no iCalendar, or has more events than anybody has.
    """
    calendar = _read(content)
    if any(_recurs_too_often(event) for event in calendar.walk("VEVENT")):
        raise FEED_TOO_MANY()
    found = list(islice(_busy(calendar, start, end), MOST + 1))
    if len(found) > MOST:
        raise FEED_TOO_MANY()
    seconds = [(int(a.timestamp()), int(b.timestamp())) for a, b in found]
    return [
        (datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in merged(seconds)
    ]


def _read(content: bytes) -> Calendar:
    try:
        found = Calendar.from_ical(content)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise FEED_NO_CALENDAR() from error
    if not isinstance(found, Calendar):
        raise FEED_NO_CALENDAR()
    return found


def _recurs_too_often(event: Component) -> bool:
    rules = event.get("rrule", [])
    rules = rules if isinstance(rules, list) else [rules]
    return any(TOO_OFTEN & {str(one).upper() for one in rule.get("freq", [])} for rule in rules)


def _busy(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Period]:
    try:
        occurrences = recurring_ical_events.of(calendar, skip_bad_series=True)
        for event in _blocking(occurrences.between(start, end)):
            first, last = _instant(event.start), _instant(event.end)
            if max(first, start) < min(last, end):
                yield max(first, start), min(last, end)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise FEED_NO_CALENDAR() from error


def _blocking(events: Iterable[Any]) -> Iterator[Any]:
    for event in events:
        is_free = (
            str(event.get("status", "")).upper() == "CANCELLED"
            or str(event.get("transp", "")).upper() == "TRANSPARENT"
            or str(event.get("x-microsoft-cdo-busystatus", "")).upper() in FREE
        )
        if not is_free and not str(event.get("uid", "")).endswith(OURS):
            yield event


def _instant(value: date | datetime) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo else value.replace(tzinfo=STOCKHOLM)).astimezone(UTC)
