"""The statements of the repository; each reads, or makes its whole change, at once."""

from sqlalchemy import TextClause, text

from chassis.sorting import order_by

_CASE = """
    c.id, c.work_order_number, c.individual_number, c.unit, c.prescriber, c.technician, c.built_at,
    c.diary_number, c.version
"""
_JOB = """
    to_jsonb(j) AS job, to_jsonb(d) AS document,
    (SELECT jsonb_agg(to_jsonb(a) ORDER BY a.version) FROM assessments a WHERE a.job_id = j.id)
        AS assessments,
    (SELECT jsonb_agg(to_jsonb(s) ORDER BY s.position) FROM signatures s WHERE s.job_id = j.id)
        AS signatures
"""
_LATEST = """
    LEFT JOIN LATERAL (
        SELECT * FROM jobs WHERE case_id = c.id ORDER BY version DESC LIMIT 1
    ) j ON true
    LEFT JOIN documents d ON d.id = j.document_id
"""
_WITH_JOB = """
    FROM jobs j JOIN cases c ON c.id = j.case_id JOIN documents d ON d.id = j.document_id
"""
_SEEN_CASE = "(:everything OR c.unit = :unit)"
_SEEN_JOB = "(:everything OR c.unit = :unit OR j.signatories @> ARRAY[CAST(:person AS varchar)])"
_OF_JOB = f"SELECT {_CASE}, {_JOB} {_WITH_JOB} WHERE j.id = :job_id AND {_SEEN_JOB}"


def _logged(action: str, case: str, job: str, source: str) -> str:
    """SQL that logs `action` for each row of `source`.

    Source: HSLF-FS 2016:40 4 kap. 9 §
    """
    return f"""
        INSERT INTO access_log (action, case_id, job_id, person, role, unit, request_id)
        SELECT {action}, {case}, {job}, :log_person, :log_role, :log_unit, :log_request
        FROM {source}
    """


OPEN = text("""
    INSERT INTO cases (id, work_order_number, individual_number, unit, prescriber, technician,
        built_at, version)
    VALUES (:id, :work_order_number, :individual_number, :unit, :prescriber, :technician,
        :built_at, 1)
    ON CONFLICT (id) DO NOTHING
""")
GET = text(f"SELECT {_CASE}, {_JOB} FROM cases c {_LATEST} WHERE c.id = :id AND {_SEEN_CASE}")
OF_JOB = text(_OF_JOB)
LOOK_AT = text(f"""
    WITH seen AS ({_OF_JOB}), logged AS (
        {_logged("CAST(:action AS varchar)", "id", "CAST(:job_id AS uuid)", "seen")}
    )
    SELECT * FROM seen
""")
_STATE = """
    CASE WHEN j.state = 'signed' THEN 'released'
        WHEN j.state = 'open' AND j.medium = 'paper' THEN 'awaits_verification'
        WHEN j.state = 'open' THEN 'awaits_signatures'
        ELSE 'awaits_document' END
"""
_PAGE = f"""
    SELECT {_CASE}, {_JOB} FROM cases c {_LATEST}
    WHERE {_SEEN_CASE}
        AND (CAST(:adaptation_id AS uuid) IS NULL OR c.id = :adaptation_id)
        AND (CAST(:state AS varchar) IS NULL OR {_STATE} = :state)
    ORDER BY {{order}}, c.built_at, c.id LIMIT :limit OFFSET :offset
"""
_JOBS = f"""
    SELECT {_CASE}, {_JOB} {_WITH_JOB}
    WHERE {_SEEN_JOB}
        AND (CAST(:adaptation_id AS uuid) IS NULL OR j.case_id = :adaptation_id)
        AND (CAST(:state AS varchar) IS NULL OR j.state = :state)
        AND (CAST(:waits_for AS varchar) IS NULL OR (
            j.state = 'open' AND j.medium = 'digital'
            AND j.signatories @> ARRAY[CAST(:waits_for AS varchar)]
            AND NOT EXISTS (
                SELECT FROM signatures s WHERE s.job_id = j.id AND s.hsa_id = :waits_for
            )
        ))
    ORDER BY {{order}}, j.sent_at DESC, j.id LIMIT :limit OFFSET :offset
"""
_SORTED = {
    "built_at": "c.built_at",
    "sent_at": "j.sent_at",
    "work_order_number": "CAST(c.work_order_number AS bigint)",
    "individual_number": "c.individual_number",
}


def page(sort: str) -> TextClause:
    return text(_PAGE.format(order=order_by(_SORTED, sort)))


def jobs(sort: str) -> TextClause:
    return text(_JOBS.format(order=order_by(_SORTED, sort)))


#: Whoever comes second waits for the case, finds its number, and takes none.
KEEP_NUMBER = text("""
    WITH mine AS (
        SELECT id FROM cases WHERE id = :id AND diary_number IS NULL FOR NO KEY UPDATE
    ), next AS (
        INSERT INTO diary (year, latest) SELECT :year, 1 FROM mine
        ON CONFLICT (year) DO UPDATE SET latest = diary.latest + 1
        RETURNING latest
    )
    UPDATE cases SET diary_number = 'HMC ' || :year || '-' || lpad(CAST(latest AS text), 6, '0')
    FROM next, mine WHERE cases.id = mine.id
    RETURNING diary_number
""")
NUMBER = text("SELECT diary_number FROM cases WHERE id = :id")
SAVE = text(f"""
    WITH saved AS (
        UPDATE cases SET version = version + 1 WHERE id = :id AND version = :version RETURNING id
    ), job AS (
        INSERT INTO jobs (id, case_id, version, medium, state, title, description, document_id,
            signatories, sent_by, sent_at, expires_at, signed_day, assessment_in_scan, closed_at,
            closed_by, reason)
        SELECT :job_id, saved.id, :job_version, :medium, :state, :title, :description,
            :document_id, CAST(:signatories AS varchar[]), :sent_by, :sent_at, :expires_at,
            :signed_day, :assessment_in_scan, :closed_at, :closed_by, :reason
        FROM saved
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, closed_at = excluded.closed_at,
            closed_by = excluded.closed_by, reason = excluded.reason
        RETURNING id, case_id
    ), assessed AS (
        INSERT INTO assessments (job_id, version, risks, conclusion, made_by, made_at, sha256)
        SELECT job.id, a.version, a.risks, a.conclusion, a.made_by, a.made_at, a.sha256
        FROM job, jsonb_to_recordset(CAST(:assessments AS jsonb)) AS a(version integer,
            risks jsonb, conclusion text, made_by text, made_at timestamptz, sha256 text)
        ON CONFLICT (job_id, version) DO NOTHING
    ), signed AS (
        INSERT INTO signatures
            (job_id, position, hsa_id, signed_at, assessment_version, key, size, sha256)
        SELECT job.id, s.position, s.hsa_id, s.signed_at, s.assessment_version, s.key, s.size,
            s.sha256
        FROM job, jsonb_to_recordset(CAST(:signatures AS jsonb)) AS s(position smallint,
            hsa_id text, signed_at timestamptz, assessment_version integer, key text, size bigint,
            sha256 text)
        ON CONFLICT (job_id, position) DO NOTHING
    ), logged AS ({_logged("'job.changed'", "case_id", "id", "job")})
    SELECT id FROM saved
""")
ADD_DOCUMENT = text("""
    INSERT INTO documents (id, key, size, sha256, pages, uploaded_by)
    VALUES (:id, :key, :size, :sha256, :pages, :uploaded_by)
""")
DOCUMENT = text("SELECT id, key, size, sha256, pages FROM documents WHERE id = :id")
KNOWS = text("SELECT EXISTS (SELECT FROM documents WHERE key = :key)")

#: Closes what is over, and tells of it. Jobs that somebody is changing are left for next time.
EXPIRE = text("""
    WITH due AS (
        SELECT j.id FROM jobs j JOIN cases c ON c.id = j.case_id
        WHERE j.state = 'open' AND j.expires_at <= now()
        ORDER BY j.expires_at
        LIMIT :at_most
        FOR NO KEY UPDATE OF c, j SKIP LOCKED
    ), expired AS (
        UPDATE jobs SET state = 'expired', closed_at = now()
        FROM due WHERE jobs.id = due.id
        RETURNING jobs.id AS job_id, case_id, jobs.version, sent_by, signatories, closed_at
    ), changed AS (
        UPDATE cases SET version = cases.version + 1
        FROM expired WHERE cases.id = expired.case_id
        RETURNING expired.*, work_order_number, individual_number, unit, technician
    ), told AS (
        INSERT INTO outbox (event_type, data, headers)
        SELECT :event_type,
            jsonb_build_object(
                'adaptation_id', case_id, 'job_id', job_id, 'version', version,
                'work_order_number', work_order_number, 'individual_number', individual_number,
                'unit', unit, 'expired_at', closed_at
            ),
            CAST(:headers AS jsonb)
        FROM changed ORDER BY closed_at
    ), mailed AS (
        INSERT INTO mails (recipient, subject, body)
        SELECT DISTINCT recipient,
            replace(:subject, '{number}', work_order_number),
            replace(
                replace(:body, '{number}', work_order_number), '{job_id}', CAST(job_id AS text)
            )
        FROM changed, unnest(signatories || sent_by || technician) AS recipient
    )
    SELECT count(*) FROM changed
""")
