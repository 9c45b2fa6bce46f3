"""The statements of reconciliation; each for any number of rows."""

from sqlalchemy import text

_KNOWN = """
SELECT a.id AS activity_id, a.work_order_number, a.state, a.cause, a.closed_at, a.due_at,
    a.principal, a.agreement, b.id AS booking_id, b.state AS booking_state, b.scheduler_id,
    b.starts_at AS start, b.ends_at AS end, b.place_name, b.consultant_name, b.booked_at,
    b.rebooked_at, b.outcome_at, b.follow_up, c.id AS cancelled_id, c.cancelled_at,
    (SELECT max(reopened_at) FROM closings WHERE activity_id = a.id) AS reopened_at
FROM activities AS a
LEFT JOIN bookings AS b ON b.activity_id = a.id
    AND b.state IN ('attempted', 'booked', 'rebooking', 'cancelling', 'held', 'no_show')
LEFT JOIN LATERAL (
    SELECT id, cancelled_at FROM bookings
    WHERE activity_id = a.id AND state = 'cancelled' ORDER BY cancelled_at DESC LIMIT 1
) AS c ON true
"""
STARTING = text(
    f"{_KNOWN} WHERE b.state = 'booked' AND b.starts_at >= :first AND b.starts_at < :after"
)
THESE = text(f"{_KNOWN} WHERE a.id = ANY(:ids)")
NUMBERED = text(
    f"{_KNOWN} WHERE CAST(a.work_order_number AS bigint) > :after"
    " AND (CAST(:last AS bigint) IS NULL OR CAST(a.work_order_number AS bigint) <= :last)"
    " ORDER BY CAST(a.work_order_number AS bigint) LIMIT :at_most"
)
LAST_START = text("SELECT max(starts_at) FROM bookings WHERE state = 'booked'")

#: Of those who ask for a run, one after the other does.
LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('reconciliations', 0))")
ASK = text(
    """
INSERT INTO reconciliations (id, asked_by)
SELECT :id, :asked_by WHERE NOT EXISTS (SELECT FROM reconciliations WHERE finished_at IS NULL)
ON CONFLICT DO NOTHING
"""
)

#: Takes the run that is due; whoever dies lets the lease run out.
CLAIM = text(
    """
UPDATE reconciliations SET due_at = now() + :lease, look_at = coalesce(look_at, now())
WHERE id = (
    SELECT id FROM reconciliations WHERE finished_at IS NULL AND due_at <= now()
    ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING id, look, stage, cursor, step
"""
)

#: One step further, unless somebody else has taken it meanwhile.
ADVANCE = text(
    """
UPDATE reconciliations
SET stage = :stage, cursor = :cursor, step = step + 1, compared = compared + :compared,
    due_at = now() + :lease, trouble = NULL
WHERE id = :id AND step = :step
RETURNING step
"""
)

#: What was not seen in this look is gone; the first look is followed by another.
END_LOOK = text(
    """
WITH ended AS (
    UPDATE reconciliations
    SET look = look + 1, stage = 'scheduler', cursor = '', step = step + 1, look_at = NULL,
        trouble = NULL, due_at = now() + :grace,
        finished_at = CASE WHEN look >= 2 THEN now() END
    FROM (SELECT id AS old_id, look_at AS since FROM reconciliations WHERE id = :id) AS old
    WHERE id = old_id AND step = :step
    RETURNING id, since
)
UPDATE differences SET gone_at = now()
FROM ended WHERE gone_at IS NULL AND last_seen < since
"""
)

_SAME = (
    "(d.booking_says, d.scheduler_says, d.ordering_says) IS NOT DISTINCT FROM"
    " (excluded.booking_says, excluded.scheduler_says, excluded.ordering_says)"
)
#: Keeps what was seen. It counts once it has been the same for as long as `grace`.
NOTE = text(
    f"""
INSERT INTO differences AS d (reconciliation_id, kind, subject, activity_id, work_order_number,
    scheduler_id, booking_says, scheduler_says, ordering_says)
SELECT :id, kind, subject, activity_id, work_order_number, scheduler_id, booking_says,
    scheduler_says, ordering_says
FROM jsonb_to_recordset(CAST(:seen AS jsonb)) AS seen(kind text, subject text, activity_id uuid,
    work_order_number text, scheduler_id bigint, booking_says text, scheduler_says text,
    ordering_says text)
ORDER BY kind, subject
ON CONFLICT (kind, subject) WHERE gone_at IS NULL DO UPDATE SET
    reconciliation_id = excluded.reconciliation_id,
    last_seen = now(),
    first_seen = CASE WHEN {_SAME} THEN d.first_seen ELSE now() END,
    repaired_at = CASE WHEN {_SAME} THEN d.repaired_at END,
    listed_at = CASE
        WHEN NOT {_SAME} THEN NULL
        WHEN d.first_seen <= now() - CAST(:grace AS interval) THEN coalesce(d.listed_at, now())
        ELSE d.listed_at END,
    booking_says = excluded.booking_says,
    scheduler_says = excluded.scheduler_says,
    ordering_says = excluded.ordering_says
RETURNING id, kind, activity_id, scheduler_id, listed_at, repaired_at
"""
)
