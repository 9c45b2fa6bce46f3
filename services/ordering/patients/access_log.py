"""The access log of patient data: what was done, at which unit, when, by whom, to whose data, why.

It is written by the statement that reads or changes the data: neither happens without the other.
The database refuses to change or delete what is in it.

Source: HSLF-FS 2016:40 4 kap. 9 §
"""

from typing import Any

from chassis.context import Context


def writes(action: str, source: str, reason: str = ":reason") -> str:
    """SQL that logs `action` for each row of `source` that has a `patient_id`.

    Args:
        source: what goes after FROM.
        reason: an SQL expression.
    """
    return f"""
        INSERT INTO access_log (action, patient_id, person, role, unit, reason, request_id)
        SELECT '{action}', patient_id, :log_person, :log_role, :log_unit, {reason}, :log_request
        FROM {source} WHERE patient_id IS NOT NULL
    """


def values(context: Context) -> dict[str, Any]:
    """What `writes` needs to know of who does it."""
    return {
        "log_person": context.actor.hsa_id,
        "log_role": context.actor.role,
        "log_unit": context.actor.unit,
        "log_request": context.request_id,
    }
