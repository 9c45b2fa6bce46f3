"""Adaptations, their signing jobs with assessments and signatures, the diary and the access log."""

from alembic import op

from chassis import migrations

revision = "0001"
down_revision = None

# Source: S-1, S-12
CASES = """
CREATE TABLE cases (
    id uuid PRIMARY KEY,
    work_order_number varchar(10) NOT NULL,
    individual_number varchar(20) NOT NULL,
    unit varchar(31) NOT NULL,
    prescriber varchar(31) NOT NULL,
    technician varchar(31) NOT NULL,
    built_at timestamptz NOT NULL,
    diary_number varchar(20) UNIQUE,
    version integer NOT NULL
);
CREATE INDEX cases_built_at ON cases (built_at, id);
CREATE INDEX cases_of_unit ON cases (unit, built_at);
CREATE TABLE diary (
    year smallint PRIMARY KEY,
    latest integer NOT NULL
);
CREATE TABLE documents (
    id uuid PRIMARY KEY,
    key varchar(64) NOT NULL,
    size bigint NOT NULL,
    sha256 varchar(64) NOT NULL,
    pages integer NOT NULL,
    uploaded_by varchar(31) NOT NULL,
    uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX documents_key ON documents (key);
"""

# Source: S-4, S-7, S-10
JOBS = """
CREATE TABLE jobs (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES cases,
    version integer NOT NULL,
    medium varchar(10) NOT NULL,
    state varchar(10) NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    document_id uuid NOT NULL REFERENCES documents,
    signatories varchar(31)[] NOT NULL,
    sent_by varchar(31) NOT NULL,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz,
    signed_day date,
    assessment_in_scan boolean NOT NULL,
    closed_at timestamptz,
    closed_by varchar(31),
    reason text,
    UNIQUE (case_id, version),
    CONSTRAINT jobs_medium CHECK (medium IN ('digital', 'paper')),
    CONSTRAINT jobs_state
        CHECK (state IN ('open', 'signed', 'declined', 'recalled', 'expired')),
    CONSTRAINT jobs_closed CHECK ((state = 'open') = (closed_at IS NULL)),
    CONSTRAINT jobs_expire CHECK ((medium = 'digital') = (expires_at IS NOT NULL)),
    CONSTRAINT jobs_signed_day CHECK ((medium = 'paper') = (signed_day IS NOT NULL)),
    CONSTRAINT jobs_signatories CHECK (cardinality(signatories) > 0)
);
CREATE UNIQUE INDEX jobs_one_open ON jobs (case_id) WHERE state = 'open';
CREATE UNIQUE INDEX jobs_released_once ON jobs (case_id) WHERE state = 'signed';
CREATE INDEX jobs_expires_at ON jobs (expires_at) WHERE state = 'open';
CREATE INDEX jobs_sent_at ON jobs (sent_at DESC, id);
CREATE INDEX jobs_signatories ON jobs USING gin (signatories);
CREATE TABLE assessments (
    job_id uuid NOT NULL REFERENCES jobs,
    version integer NOT NULL,
    risks jsonb NOT NULL,
    conclusion varchar(30) NOT NULL,
    made_by varchar(31) NOT NULL,
    made_at timestamptz NOT NULL,
    sha256 varchar(64) NOT NULL,
    PRIMARY KEY (job_id, version)
);
CREATE TABLE signatures (
    job_id uuid NOT NULL REFERENCES jobs,
    position smallint NOT NULL,
    hsa_id varchar(31) NOT NULL,
    signed_at timestamptz NOT NULL,
    assessment_version integer NOT NULL,
    key varchar(64) NOT NULL,
    size bigint NOT NULL,
    sha256 varchar(64) NOT NULL,
    PRIMARY KEY (job_id, position),
    UNIQUE (job_id, hsa_id),
    FOREIGN KEY (job_id, assessment_version) REFERENCES assessments (job_id, version)
);
"""

# Source: HSLF-FS 2016:40 4 kap. 9 §
ACCESS_LOG = """
CREATE TABLE access_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    action varchar(40) NOT NULL,
    case_id uuid NOT NULL REFERENCES cases,
    job_id uuid NOT NULL,
    person varchar(64) NOT NULL,
    role varchar(40) NOT NULL,
    unit varchar(31) NOT NULL,
    request_id varchar(100) NOT NULL
);
CREATE INDEX access_log_case_id ON access_log (case_id, id);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""
APPEND_ONLY = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    migrations.create_chassis_tables(op)
    for statements in (CASES, JOBS, ACCESS_LOG):
        op.execute(statements)
    for table in ("documents", "assessments", "signatures", "access_log"):
        op.execute(APPEND_ONLY.format(table=table))
