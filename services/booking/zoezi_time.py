"""Times as Zoezi writes them: local Stockholm time without offset.

* a day      ``2026-05-21``
* an instant ``2026-05-21 08:00``, with seconds where they matter: ``2026-05-21 08:00:30``

The hour that does not exist in spring is refused. The hour that repeats in autumn means its first
pass, unless the instant is known not to lie before another one (an end after its start, an expiry
after now). The second pass can therefore not be written, and is never offered for booking.
"""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?")


class WrongFormat(ValueError):
    """The text is not a day or an instant as Zoezi writes them."""


class NoSuchTime(ValueError):
    """The local time falls into the hour that is skipped when summer time starts."""


def format_day(day: date) -> str:
    """Write a calendar day; an instant is refused, as its day depends on the time zone."""
    if isinstance(day, datetime):
        raise WrongFormat(f"a day without time is needed, not {day.isoformat()}")
    return day.isoformat()


def parse_day(text: str) -> date:
    if not DAY.fullmatch(text):
        raise WrongFormat(f"not a day as yyyy-mm-dd: {text!r}")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongFormat(f"no such day: {text!r}") from error


def format_instant(instant: datetime) -> str:
    """Write an aware instant as local time, with seconds only when there are any."""
    if instant.tzinfo is None:
        raise WrongFormat(f"an instant with time zone is needed, not {instant.isoformat()}")
    local = instant.astimezone(STOCKHOLM)
    return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")


def parse_instant(text: str, *, not_before: datetime | None = None) -> datetime:
    """Read a local time and return the instant in UTC.

    Args:
        not_before: what the instant follows; decides which pass of a repeated hour is meant.

    Raises:
        WrongFormat: the text has another form, or an offset.
        NoSuchTime: the local time is skipped when summer time starts.
    """
    local = _read(text)
    first, second = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(STOCKHOLM).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(f"{text} is skipped when summer time starts")
    if not_before is not None and first < not_before <= second:
        return second
    return first


def can_be_written(instant: datetime) -> bool:
    """Whether reading the written instant gives it back: false in a repeated hour's second pass."""
    return instant.astimezone(STOCKHOLM).fold == 0


def _read(text: str) -> datetime:
    if not INSTANT.fullmatch(text):
        raise WrongFormat(f"not a time as yyyy-mm-dd hh:mm: {text!r}")
    try:
        return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)
    except ValueError as error:
        raise WrongFormat(f"no such time: {text!r}") from error
