"""The statements of the clock; each makes its whole change at once, for any number of rows."""

from sqlalchemy import text

from services.booking.model.activity import NOT_BOOKED

#: Closes what is overdue, and tells of it. Rows that somebody is changing are left for next time.
CLOSE_OVERDUE = text(
    f"""
WITH due AS (
    SELECT id FROM activities
    WHERE state = 'registered' AND due_at <= now()
    ORDER BY due_at
    LIMIT :at_most
    FOR NO KEY UPDATE SKIP LOCKED
), closed AS (
    UPDATE activities
    SET state = 'closed', cause = '{NOT_BOOKED}', closed_at = now(), version = version + 1
    FROM due WHERE activities.id = due.id
    RETURNING activities.id, work_order_number, prescriber, due_at, closed_at
), kept AS (
    INSERT INTO closings (activity_id, closed_at, cause)
    SELECT id, closed_at, '{NOT_BOOKED}' FROM closed
), told AS (
    INSERT INTO outbox (event_type, data, headers)
    SELECT :event_type,
        jsonb_build_object(
            'activity_id', id, 'work_order_number', work_order_number,
            'cause', '{NOT_BOOKED}', 'closed_at', closed_at
        ),
        CAST(:headers AS jsonb)
    FROM closed ORDER BY due_at
), mailed AS (
    INSERT INTO mails (recipient, subject, body)
    SELECT prescriber,
        replace(:subject, '{{work_order_number}}', work_order_number),
        replace(
            replace(:body, '{{work_order_number}}', work_order_number),
            '{{closes_at}}',
            to_char(due_at AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM-DD "kl." HH24:MI')
        )
    FROM closed
)
SELECT count(*) FROM closed
"""
)

#: Mails everybody who has an activity that closes soon. `warnings` lets one mail a day and person
#: through; it tells of all whose warning comes due before midnight, which are then told of.
WARN = text(
    """
WITH today AS (
    SELECT day, (CAST(day + 1 AS timestamp) AT TIME ZONE 'Europe/Stockholm') AS midnight
    FROM (SELECT CAST(now() AT TIME ZONE 'Europe/Stockholm' AS date) AS day) AS swedish
), soon AS (
    SELECT id, prescriber, work_order_number, due_at, bool_or(due_at - span <= now()) AS is_due
    FROM activities, today, unnest(CAST(:before AS interval[])) AS span
    WHERE state = 'registered' AND due_at > now() AND due_at < midnight + CAST(:longest AS interval)
        AND due_at - span < midnight
        AND due_at - span > coalesce(started_at, registered_at)
        AND due_at - span >= coalesce(warned_until, '-infinity')
    GROUP BY id
), people AS (
    INSERT INTO warnings (person, day)
    SELECT DISTINCT prescriber, day FROM soon, today WHERE is_due
    ON CONFLICT DO NOTHING
    RETURNING person
), warned AS (
    UPDATE activities SET warned_until = midnight
    FROM soon, people, today
    WHERE activities.id = soon.id AND soon.prescriber = person AND activities.state = 'registered'
    RETURNING activities.prescriber, activities.work_order_number, activities.due_at
), mailed AS (
    INSERT INTO mails (recipient, subject, body)
    SELECT prescriber, :subject, replace(:body, '{activities}', string_agg(
        'Arbetsorder ' || work_order_number || ': '
            || to_char(due_at AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM-DD "kl." HH24:MI'),
        chr(10) ORDER BY due_at, work_order_number
    ))
    FROM warned GROUP BY prescriber
    RETURNING recipient
)
SELECT count(*) FROM mailed
"""
)

#: Opens a closed activity of a known version again, beside its closing.
REOPEN = text(
    """
WITH opened AS (
    UPDATE activities
    SET state = 'registered', cause = NULL, closed_at = NULL, due_at = :due_at,
        window_rule = :window, started_at = :started_at, version = version + 1
    WHERE id = :id AND version = :version AND state = 'closed'
    RETURNING id
), noted AS (
    UPDATE closings SET reopened_at = :started_at, reopened_by = :person
    FROM opened WHERE activity_id = opened.id AND reopened_at IS NULL
)
SELECT id FROM opened
"""
)

#: What was registered and what was closed, by month, unit, product area and service product.
COUNT_UNBOOKED = text(
    """
SELECT to_char(at AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM') AS month, unit, iso_code,
    service_product_id,
    sum(registered) AS registered, sum(closed) AS closed_unbooked, sum(reopened) AS reopened
FROM (
    SELECT registered_at AS at, unit, principal, iso_code,
        proposed_product_id AS service_product_id, 1 AS registered, 0 AS closed, 0 AS reopened
    FROM activities WHERE registered_at >= :first AND registered_at < :after
    UNION ALL
    SELECT closings.closed_at, unit, principal, iso_code, proposed_product_id, 0, 1,
        CAST(reopened_at IS NOT NULL AS integer)
    FROM closings JOIN activities ON id = activity_id
    WHERE closings.closed_at >= :first AND closings.closed_at < :after
) AS facts
WHERE (CAST(:unit AS text) IS NULL OR unit = :unit)
    AND (CAST(:principal AS text) IS NULL OR principal = :principal)
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3 NULLS FIRST, 4 NULLS FIRST
"""
)
