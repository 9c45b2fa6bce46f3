"""The statements on occasions and enrolments."""

from sqlalchemy import TextClause, text

from chassis.sorting import order_by

_OCCASION = """
    SELECT o.id AS occasion_id, o.course, c.title AS course_title, o.place, o.starts_at AS start,
        o.ends_at AS end, o.seats, o.smallest_number, c.responsible, now() AS at, o.state, o.cause,
        o.sequence
    FROM occasions o JOIN courses c ON c.code = o.course
"""
LOCK = text(f"{_OCCASION} WHERE o.id = :id FOR UPDATE OF o")
LOCK_HAVING = text(f"""
    {_OCCASION} WHERE o.id = (SELECT occasion_id FROM enrolments WHERE id = :id) FOR UPDATE OF o
""")

#: Rows that somebody is changing are left for next time.
LOCK_OVERDUE = text(f"""
    {_OCCASION} WHERE o.offered_until <= now()
    ORDER BY o.offered_until LIMIT :at_most FOR UPDATE OF o SKIP LOCKED
""")
ENROLMENTS = text("""
    SELECT id AS enrolment_id, occasion_id, participant, enrolled_by, position, state, changed_at,
        offered_until, sequence
    FROM enrolments WHERE occasion_id = ANY(:ids) ORDER BY position
""")
ADD = text("""
    INSERT INTO occasions (id, course, place, starts_at, ends_at, seats, smallest_number, taken,
        state, cause, sequence, offered_until)
    VALUES (:id, :course, :place, :starts_at, :ends_at, :seats, :smallest_number, :taken, :state,
        :cause, :sequence, :offered_until)
""")
SAVE = text("""
    WITH changed AS (
        SELECT * FROM jsonb_populate_recordset(NULL::enrolments, CAST(:enrolments AS jsonb))
    ), met AS (
        INSERT INTO people (hsa_id) SELECT DISTINCT participant FROM changed
        ON CONFLICT DO NOTHING
    ), kept AS (
        INSERT INTO enrolments SELECT * FROM changed
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at,
            offered_until = excluded.offered_until, sequence = excluded.sequence
    )
    UPDATE occasions SET taken = new.taken, state = new.state, cause = new.cause,
        sequence = new.sequence, offered_until = new.offered_until
    FROM jsonb_populate_recordset(NULL::occasions, CAST(:occasions AS jsonb)) new
    WHERE occasions.id = new.id
""")

_SHOWN = """
    SELECT o.id AS occasion_id, o.course, c.title AS course_title, o.place, o.starts_at AS start,
        o.ends_at AS end, o.seats, o.seats - o.taken AS free_seats, o.smallest_number,
        (SELECT count(*) FROM enrolments e WHERE e.occasion_id = o.id AND e.state = 'waiting')
            AS waiting,
        o.state, o.cause
    FROM occasions o JOIN courses c ON c.code = o.course
"""
LOOK_AT = text(f"{_SHOWN} WHERE o.id = :id")
_TO_COME = f"""
    {_SHOWN} WHERE o.state = 'announced' AND o.starts_at > now()
        AND (CAST(:course AS text) IS NULL OR o.course = :course)
    ORDER BY {{order}}, o.starts_at, o.id OFFSET :offset LIMIT :limit
"""

_ENROLMENT = """
    SELECT e.id AS enrolment_id, o.id AS occasion_id, c.title AS course_title, o.place,
        o.starts_at AS start, o.ends_at AS end, e.participant, e.state, e.offered_until,
        CASE WHEN e.state = 'waiting' THEN 1 + (
            SELECT count(*) FROM enrolments w WHERE w.occasion_id = e.occasion_id
            AND w.state = 'waiting' AND w.position < e.position
        ) END AS waiting_place
    FROM enrolments e JOIN occasions o ON o.id = e.occasion_id JOIN courses c ON c.code = o.course
"""
_ENROLMENTS_OF = f"""
    {_ENROLMENT} WHERE e.participant = :hsa_id
        AND (CAST(:occasion_id AS uuid) IS NULL OR e.occasion_id = :occasion_id)
    ORDER BY {{order}}, e.changed_at DESC, e.id OFFSET :offset LIMIT :limit
"""
_SORTED = {
    "start": "o.starts_at",
    "course_title": "c.title",
    "place": "o.place",
    "changed_at": "e.changed_at",
}
PARTICIPANTS = text(f"""
    {_ENROLMENT} WHERE o.id = :id AND e.state IN ('enrolled', 'offered', 'waiting')
    ORDER BY e.state = 'waiting', e.position OFFSET :offset LIMIT :limit
""")


def to_come(sort: str) -> TextClause:
    return text(_TO_COME.format(order=order_by(_SORTED, sort)))


def enrolments_of(sort: str) -> TextClause:
    return text(_ENROLMENTS_OF.format(order=order_by(_SORTED, sort)))
