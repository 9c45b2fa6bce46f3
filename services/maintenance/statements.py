"""The statements of the repository; each reads, or makes its whole change, at once."""

from sqlalchemy import TextClause, text

from chassis.sorting import order_by

_HISTORY = """
    (SELECT jsonb_agg(
        jsonb_build_array(what, at, recorded_at, recorded_by, cause, technician) ORDER BY position
    ) FROM happenings WHERE work_order_id = o.id) AS history
"""
_ORDER = f"""
    o.id, o.number, o.kind, o.individual_number, o.unit, o.prescriber, o.agreement, o.basic_need,
    o.start_limit, o.finish_limit, o.version, o.adaptation_id, {_HISTORY}
"""
_SEEN = "(CAST(:unit AS varchar) IS NULL OR o.unit = :unit)"
_DETAILS = """
    d.description, d.place_on_device, d.contacts, d.address, d.door_code, d.patient_can_come_in,
    d.stand_in_needed
"""


def _logged(action: str, source: str) -> str:
    """SQL that logs `action` for each row of `source`.

    Source: HSLF-FS 2016:40 4 kap. 9 §
    """
    return f"""
        INSERT INTO access_log (action, work_order_id, person, role, unit, request_id)
        SELECT '{action}', id, :log_person, :log_role, :log_unit, :log_request FROM {source}
    """


_HAPPENED = """
    INSERT INTO happenings
        (work_order_id, position, what, at, recorded_at, recorded_by, cause, technician)
    SELECT {source}.id, h.position, h.what, h.at, h.recorded_at, h.recorded_by, h.cause,
        h.technician
    FROM {source}, jsonb_to_recordset(CAST(:happened AS jsonb)) AS h(
        position smallint, what text, at timestamptz, recorded_at timestamptz, recorded_by text,
        cause text, technician text
    )
"""
ADD = text(f"""
    WITH added AS (
        INSERT INTO work_orders (number, adaptation_id,
            id, kind, individual_number, unit, prescriber, agreement,
            basic_need, start_limit, finish_limit, version, state, start_due_at, start_soon_at,
            finish_due_at, finish_soon_at)
        VALUES (
            coalesce(CAST(:number AS bigint), nextval('work_orders_number_seq')), :adaptation_id,
            :id, :kind, :individual_number, :unit, :prescriber, :agreement,
            :basic_need, :start_limit, :finish_limit, 1, :state, :start_due_at, :start_soon_at,
            :finish_due_at, :finish_soon_at)
        RETURNING id, number
    ), happened AS ({_HAPPENED.format(source="added")}
    ), detailed AS (
        INSERT INTO details (work_order_id, description, place_on_device, contacts, address,
            door_code, patient_can_come_in, stand_in_needed)
        SELECT id, :description, :place_on_device, CAST(:contacts AS jsonb), :address,
            :door_code, :patient_can_come_in, :stand_in_needed FROM added
    ), logged AS ({_logged("work_order.registered", "added")})
    SELECT number FROM added
""")
SAVE = text(f"""
    WITH saved AS (
        UPDATE work_orders SET version = version + 1, state = :state, technician = :technician,
            finished_at = :finished_at, start_due_at = :start_due_at,
            start_soon_at = :start_soon_at, finish_due_at = :finish_due_at,
            finish_soon_at = :finish_soon_at
        WHERE id = :id AND version = :version
        RETURNING id
    ), happened AS ({_HAPPENED.format(source="saved")})
    SELECT id FROM saved
""")
GET = text(f"SELECT {_ORDER} FROM work_orders o WHERE o.number = :number AND {_SEEN}")
LOOK_AT = text(f"""
    WITH seen AS (
        SELECT {_ORDER}, {_DETAILS} FROM work_orders o JOIN details d ON d.work_order_id = o.id
        WHERE o.number = :number AND {_SEEN}
    ), logged AS ({_logged("work_order.read", "seen")})
    SELECT * FROM seen
""")

#: What a list may be narrowed by.
WANTED = ("state", "kind", "individual_number", "technician")


#: What a list may be sorted by; `{0}` is the table. No clock runs: last, either way.
SORTED = {
    "due": "LEAST({0}start_due_at, {0}finish_due_at)",
    "start_due": "{0}start_due_at",
    "finish_due": "{0}finish_due_at",
    "work_order_number": "{0}number",
    "individual_number": "{0}individual_number",
}


def page(wanted: tuple[str, ...], of_unit: bool, sort: str) -> TextClause:
    """A list narrowed by these columns; its history is read for what is shown alone."""
    conditions = [f"{name} = :{name}" for name in wanted] + ["unit = :unit"] * of_unit
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    order = f"{order_by(SORTED, sort)} NULLS LAST, {{0}}number DESC"
    return text(f"""
        SELECT {_ORDER} FROM (
            SELECT * FROM work_orders {where}
            ORDER BY {order.format("")} LIMIT :limit OFFSET :offset
        ) o ORDER BY {order.format("o.")}
    """)


_TIMED = """
    SELECT o.id, o.version, o.kind, o.start_limit, o.finish_limit, h.whats, h.ats,
        o.start_due_at, o.start_soon_at, o.finish_due_at, o.finish_soon_at
    FROM work_orders o JOIN (
        SELECT work_order_id, array_agg(what ORDER BY position) AS whats,
            array_agg(at ORDER BY position) AS ats
        FROM happenings WHERE what NOT IN ('assigned', 'handed_out') {happenings}
        GROUP BY work_order_id
    ) h ON h.work_order_id = o.id
    WHERE {where}
"""
UNFINISHED = text(
    _TIMED.format(happenings="", where="o.state IN ('registered', 'started', 'paused')")
)
_IN_TIME = (
    f"o.state = 'finished' AND o.finished_at >= :since AND o.finished_at < :before AND {_SEEN}"
)
FINISHED = text(
    _TIMED.format(
        happenings=f"AND work_order_id IN (SELECT o.id FROM work_orders o WHERE {_IN_TIME})",
        where=_IN_TIME,
    )
)
#: What is being changed meanwhile gets its times from that change.
SET_DUE = text("""
    UPDATE work_orders o SET start_due_at = n.start_due_at, start_soon_at = n.start_soon_at,
        finish_due_at = n.finish_due_at, finish_soon_at = n.finish_soon_at
    FROM jsonb_to_recordset(CAST(:changed AS jsonb)) AS n(id uuid, version integer,
        start_due_at timestamptz, start_soon_at timestamptz, finish_due_at timestamptz,
        finish_soon_at timestamptz)
    WHERE o.id = n.id AND o.version = n.version RETURNING o.id
""")


def warn(clock: str) -> TextClause:
    """Mails the technicians whose clock runs out soon. Rows being changed wait for next time."""
    return text(f"""
        WITH soon AS (
            SELECT id FROM work_orders
            WHERE technician IS NOT NULL AND {clock}_warned_at IS NULL AND {clock}_soon_at <= now()
            ORDER BY {clock}_soon_at
            LIMIT :at_most
            FOR NO KEY UPDATE SKIP LOCKED
        ), warned AS (
            UPDATE work_orders SET {clock}_warned_at = now()
            FROM soon WHERE work_orders.id = soon.id
            RETURNING number, individual_number, technician, {clock}_due_at AS due_at
        ), mailed AS (
            INSERT INTO mails (recipient, subject, body)
            SELECT technician,
                replace(:subject, '{{number}}', CAST(number AS text)),
                replace(replace(replace(:body, '{{number}}', CAST(number AS text)),
                    '{{individual_number}}', individual_number),
                    '{{due_at}}',
                    to_char(due_at AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM-DD "kl." HH24:MI'))
            FROM warned
        )
        SELECT count(*) FROM warned
    """)


WARN = {clock: warn(clock) for clock in ("start", "finish")}

#: Source: U-1
TELL_OVERDUE = text("""
    WITH late AS (
        SELECT id FROM work_orders
        WHERE kind IN ('corrective', 'acute_corrective') AND overdue_told_at IS NULL
            AND finish_due_at <= now()
        ORDER BY finish_due_at
        LIMIT :at_most
        FOR NO KEY UPDATE SKIP LOCKED
    ), told AS (
        UPDATE work_orders SET overdue_told_at = now()
        FROM late WHERE work_orders.id = late.id
        RETURNING number, individual_number, prescriber
    ), mailed AS (
        INSERT INTO mails (recipient, subject, body)
        SELECT prescriber,
            replace(:subject, '{number}', CAST(number AS text)),
            replace(replace(:body, '{number}', CAST(number AS text)),
                '{individual_number}', individual_number)
        FROM told
    )
    SELECT count(*) FROM told
""")
# Whoever asks or tells of a device's blocks takes its turn.
TURN = text("SELECT pg_advisory_xact_lock(hashtext('device ' || :individual_number))")
BLOCK = text("""
    INSERT INTO device_blocks (adaptation_id, individual_number)
    VALUES (:adaptation_id, :individual_number) ON CONFLICT DO NOTHING
""")
RELEASE = text("""
    INSERT INTO device_blocks (adaptation_id, individual_number, ended_at, cause)
    VALUES (:adaptation_id, :individual_number, now(), :cause)
    ON CONFLICT (adaptation_id) DO UPDATE SET ended_at = excluded.ended_at, cause = excluded.cause
    WHERE device_blocks.ended_at IS NULL
""")
IS_BLOCKED = text("""
    SELECT EXISTS (
        SELECT FROM device_blocks WHERE individual_number = :individual_number AND ended_at IS NULL
    )
""")
