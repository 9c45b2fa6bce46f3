"""The statements of the repository that write; each makes its whole change at once."""

from sqlalchemy import ARRAY, String, bindparam, cast, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.dialects.postgresql import insert as upsert

from services.booking.tables import activities, bookings, holds

ASKED_AT = "asked_at"
_NO_KEYS = cast(array([]), ARRAY(String))

#: What of an activity may change.
CHANGING = ("due_at", "window_rule", "started_at", "state", "cause", "closed_at")


def _save():
    """Change an activity of a known version, with its booking; a booked one's holds are over."""
    changed = _changed()
    return select(changed.c.id).add_cte(_kept(changed), _over(changed))


def _changed():
    known = (activities.c.id == bindparam("old_id")) & (
        activities.c.version == bindparam("old_version")
    )
    new = {name: bindparam(f"new_{name}") for name in CHANGING}
    change = update(activities).where(known).values(version=activities.c.version + 1, **new)
    return change.returning(activities.c.id, activities.c.state).cte("changed")


def _kept(changed):
    """The booking, new or as it has become; nothing when the activity was not changed."""
    written = [one for one in bookings.c if one.name != ASKED_AT]
    given = [cast(bindparam(f"booking_{one.name}"), one.type) for one in written]
    new = upsert(bookings).from_select(
        [*(one.name for one in written), ASKED_AT], select(*given, func.now()).select_from(changed)
    )
    become = {one.name: new.excluded[one.name] for one in bookings.c if one.name != "id"}
    return new.on_conflict_do_update(index_elements=["id"], set_=become).cte("kept")


def _over(changed):
    is_open = (holds.c.activity_id == changed.c.id) & (holds.c.expires_at > func.now())
    end = update(holds).where(is_open, changed.c.state == "booked")
    return end.values(expires_at=func.now()).cte("over")


def _hold():
    """Keep a hold unless its holder has enough for other activities; end those for the same one.

    The new one is not seen by the statement that makes it, and stays.
    """
    is_open = (holds.c.held_by == bindparam("hold_held_by")) & (holds.c.expires_at > func.now())
    is_for_it = holds.c.activity_id == bindparam("hold_activity_id")
    others = select(func.count()).where(is_open, ~is_for_it).scalar_subquery()
    given = select(*(cast(bindparam(f"hold_{one.name}"), one.type) for one in holds.c))
    few = given.where(others < bindparam("limit"))
    new = insert(holds).from_select([one.name for one in holds.c], few)
    kept = new.returning(holds.c.id).cte("kept")
    end = update(holds).where(is_open, is_for_it, ~_is_being_booked(), select(kept.c.id).exists())
    over = end.values(expires_at=func.now()).returning(holds.c.key).cte("over")
    keys = func.coalesce(select(func.array_agg(over.c.key)).scalar_subquery(), _NO_KEYS)
    return select(keys.label("replaced")).select_from(kept)


def _is_being_booked():
    attempted = (bookings.c.activity_id == holds.c.activity_id) & (bookings.c.state == "attempted")
    return select(bookings.c.id).where(attempted, bookings.c.hold_key == holds.c.key).exists()


SAVE = _save()
HOLD = _hold()

#: Others who change the holds of the same person wait until the transaction ends.
LOCK_PERSON = text("SELECT pg_advisory_xact_lock(hashtextextended(:person, 0))")
