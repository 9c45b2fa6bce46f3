"""Curriculum, completions with their gates, occasions with their enrolments, rows of imports."""

from alembic import op

from chassis import migrations

revision = "0001"
down_revision = None

# Source: T-1, T-12, T-13, T-20, T-29, X-12, X-31
CURRICULUM = """
CREATE TABLE competences (
    code varchar(40) PRIMARY KEY,
    title varchar(200) NOT NULL
);
CREATE TABLE courses (
    code varchar(40) PRIMARY KEY,
    title varchar(200) NOT NULL,
    kinds varchar(40)[] NOT NULL,
    responsible varchar(64) NOT NULL,
    plan text NOT NULL,
    requires varchar(40)[] NOT NULL,
    CONSTRAINT courses_kinds CHECK (
        cardinality(kinds) > 0
        AND kinds <@ ARRAY['basic_offer', 'extra_offer', 'commissioned', 'web', 'film']::varchar[]
    )
);
CREATE TABLE course_versions (
    course varchar(40) REFERENCES courses,
    number smallint,
    first_day date NOT NULL,
    last_day date,
    gives varchar(40)[] NOT NULL,
    PRIMARY KEY (course, number),
    CONSTRAINT course_versions_days CHECK (first_day <= last_day)
);
CREATE TABLE equivalences (
    counts_as varchar(40) REFERENCES competences,
    held varchar(40)[],
    PRIMARY KEY (counts_as, held)
);
CREATE TABLE requirement_sets (
    requirement_set_id uuid PRIMARY KEY,
    product_area varchar(40) NOT NULL,
    title varchar(200) NOT NULL,
    prefixes varchar(8)[] NOT NULL,
    role varchar(40) NOT NULL,
    legal_area varchar(40) NOT NULL,
    first_day date NOT NULL,
    last_day date,
    competences varchar(40)[] NOT NULL,
    version integer NOT NULL,
    CONSTRAINT requirement_sets_days CHECK (first_day <= last_day),
    CONSTRAINT requirement_sets_legal_area
        CHECK (legal_area IN ('health_care', 'social_services'))
);
"""

# Source: T-1
COMPLETIONS = """
CREATE TABLE people (
    hsa_id varchar(64) PRIMARY KEY,
    known_since timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE completions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    hsa_id varchar(64) NOT NULL REFERENCES people,
    course varchar(40) NOT NULL,
    version smallint NOT NULL,
    completed_day date NOT NULL,
    source varchar(10) NOT NULL,
    recorded_by varchar(64) NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    revoked_by varchar(64),
    revoked_at timestamptz,
    FOREIGN KEY (course, version) REFERENCES course_versions,
    CONSTRAINT completions_source CHECK (source IN ('admin', 'import')),
    CONSTRAINT completions_revoked CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX completions_once ON completions (hsa_id, course, version)
    WHERE revoked_at IS NULL;
CREATE TABLE gates (
    hsa_id varchar(64) REFERENCES people,
    requirement_set_id uuid REFERENCES requirement_sets,
    missing varchar(40)[] NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (hsa_id, requirement_set_id)
);
"""

# Source: T-35, T-38, T-39, T-41
OCCASIONS = """
CREATE TABLE occasions (
    id uuid PRIMARY KEY,
    course varchar(40) NOT NULL REFERENCES courses,
    place varchar(200) NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    seats smallint NOT NULL,
    smallest_number smallint NOT NULL,
    taken smallint NOT NULL DEFAULT 0,
    state varchar(40) NOT NULL,
    cause varchar(40),
    sequence integer NOT NULL DEFAULT 0,
    offered_until timestamptz,
    CONSTRAINT occasions_times CHECK (starts_at < ends_at),
    CONSTRAINT occasions_never_oversold CHECK (taken BETWEEN 0 AND seats),
    CONSTRAINT occasions_smallest_number CHECK (smallest_number BETWEEN 1 AND seats),
    CONSTRAINT occasions_state CHECK (state IN ('announced', 'cancelled')),
    CONSTRAINT occasions_cause CHECK ((state = 'cancelled') = (cause IS NOT NULL))
);
CREATE INDEX occasions_to_come ON occasions (starts_at, id) WHERE state = 'announced';
CREATE INDEX occasions_offers ON occasions (offered_until) WHERE offered_until IS NOT NULL;
CREATE TABLE enrolments (
    id uuid PRIMARY KEY,
    occasion_id uuid NOT NULL REFERENCES occasions,
    participant varchar(64) NOT NULL REFERENCES people,
    enrolled_by varchar(64) NOT NULL,
    position integer NOT NULL,
    state varchar(40) NOT NULL,
    changed_at timestamptz NOT NULL,
    offered_until timestamptz,
    sequence integer NOT NULL,
    CONSTRAINT enrolments_position UNIQUE (occasion_id, position),
    CONSTRAINT enrolments_state CHECK (
        state IN ('enrolled', 'waiting', 'offered', 'cancelled', 'expired', 'withdrawn')
    ),
    CONSTRAINT enrolments_offered CHECK ((state = 'offered') = (offered_until IS NOT NULL))
);
CREATE UNIQUE INDEX enrolments_once ON enrolments (occasion_id, participant)
    WHERE state IN ('enrolled', 'waiting', 'offered');
CREATE INDEX enrolments_of_participant ON enrolments (participant, changed_at DESC);
"""

IMPORTS = """
CREATE TABLE import_rows (
    id uuid PRIMARY KEY,
    line integer NOT NULL,
    written varchar(100) NOT NULL,
    course varchar(40) NOT NULL,
    version smallint NOT NULL,
    completed_day date NOT NULL,
    imported_by varchar(64) NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    participant varchar(64) REFERENCES people,
    settled_by varchar(64),
    settled_at timestamptz,
    FOREIGN KEY (course, version) REFERENCES course_versions,
    CONSTRAINT import_rows_settled CHECK ((settled_at IS NULL) = (settled_by IS NULL))
);
CREATE INDEX import_rows_waiting ON import_rows (imported_at, line) WHERE settled_at IS NULL;
"""


def upgrade() -> None:
    migrations.create_chassis_tables(op)
    for statements in (CURRICULUM, COMPLETIONS, OCCASIONS, IMPORTS):
        op.execute(statements)
