"""Times as the pages write them: Swedish time, as 2026-05-21 13:30."""

from datetime import UTC, date, datetime, timedelta

from chassis.calendar import STOCKHOLM
from gateway.web.language import gettext, told

DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def when(instant: str) -> str:
    """An instant of JSON as `2026-05-21 13:30`."""
    return f"{_local(instant):%Y-%m-%d %H:%M}"


def clock(instant: str) -> str:
    """The time of day, as `13:30`."""
    return f"{_local(instant):%H:%M}"


def day(instant: str) -> str:
    """The day of an instant, as `2026-05-21`."""
    return _local(instant).date().isoformat()


def named_day(text: str) -> str:
    """A day as `torsdag 2026-05-21`."""
    return f"{gettext(DAYS[date.fromisoformat(text).weekday()])} {text}"


def named_week(text: str) -> str:
    """A week as `2026-W48` tells it, as `v. 48`."""
    return gettext("v. %(week)s") % {"week": int(text.partition("-W")[2])}


def today() -> date:
    return datetime.now(STOCKHOLM).date()


def is_past(instant: str) -> bool:
    return datetime.fromisoformat(instant) <= datetime.now(UTC)


def left(instant: str) -> str:
    """How long it is until then."""
    return duration(datetime.fromisoformat(instant) - datetime.now(UTC))


def age(instant: str) -> str:
    """How long ago it was."""
    return duration(datetime.now(UTC) - datetime.fromisoformat(instant))


def is_late(instant: str) -> bool:
    """Whether an event that was told then should have been published long since."""
    return datetime.now(UTC) - datetime.fromisoformat(instant) > timedelta(minutes=1)


def duration(span: timedelta) -> str:
    """As `2 dygn 3 tim`, `3 tim 5 min` or `4 min`; the two largest units."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return gettext("mindre än en minut") if span > timedelta() else gettext("tiden är ute")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    units = ((days, gettext("dygn")), (hours, gettext("tim")), (minutes, gettext("min")))
    first = next(at for at, (amount, _) in enumerate(units) if amount)
    return " ".join(f"{amount} {unit}" for amount, unit in units[first : first + 2] if amount)


def spent(since: str, until: str) -> int:
    """How much of the time between two instants has passed, of a hundred."""
    start, end = datetime.fromisoformat(since), datetime.fromisoformat(until)
    whole = (end - start).total_seconds()
    passed = (datetime.now(UTC) - start).total_seconds()
    return max(0, min(100, round(100 * passed / whole))) if whole > 0 else 100


def from_field(text: str) -> str | None:
    """What a field for date and time holds, Swedish time, as an instant of JSON."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).isoformat()
    except ValueError:
        return text  # the service says what is wrong with it


def opening_minutes(minutes: int) -> str:
    """Minutes of opening hours as hours and minutes."""
    return told("%(hours)s tim %(minutes)s min", hours=minutes // 60, minutes=minutes % 60)


def _local(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(STOCKHOLM)
