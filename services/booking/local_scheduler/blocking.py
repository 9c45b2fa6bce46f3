"""When consultants' own calendars are busy: nobody is booked then. Not part of Zoezi's API.

Source: B-16
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, text

from services.booking.local_scheduler.model.errors import Unknown
from services.booking.local_scheduler.tables import busy_times, staff

_ADD = text(
    """
    INSERT INTO busy_times (staff_id, source, starts_at, ends_at)
    SELECT :staff, :source, starts_at, ends_at
    FROM unnest(CAST(:starts AS timestamptz[]), CAST(:ends AS timestamptz[]))
        AS period (starts_at, ends_at)
    """
)
#: Two readings of the same consultant's calendars take turns.
_LOCK = select(staff.c.id).where(staff.c.id == bindparam("staff")).with_for_update(key_share=True)


def replace_busy(
    connection: Connection,
    staff_id: int,
    source: str,
    periods: Sequence[tuple[datetime, datetime]],
) -> None:
    """Note when one of the consultant's calendars is busy, instead of what it said before.

    Raises:
        Unknown: there is no such consultant.
    """
    who = {"staff": staff_id, "source": source}
    if connection.execute(_LOCK, who).first() is None:
        raise Unknown("staff_unknown", "Konsulenten finns inte.")
    mine = (busy_times.c.staff_id == staff_id) & (busy_times.c.source == source)
    connection.execute(delete(busy_times).where(mine))
    starts, ends = ([period[n] for period in periods] for n in (0, 1))
    connection.execute(_ADD, who | {"starts": starts, "ends": ends})
