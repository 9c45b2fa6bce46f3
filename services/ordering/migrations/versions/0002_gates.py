"""The copy of what training tells of gates."""

from alembic import op

revision = "0002"
down_revision = "0001"

# Source: T-1, T-2, X-12, X-31
GATES = """
CREATE TABLE gate_requirements (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    product_area varchar(40) NOT NULL,
    title varchar(200) NOT NULL,
    prefixes varchar(8)[] NOT NULL,
    role varchar(40) NOT NULL,
    legal_area varchar(30) NOT NULL,
    first_day date NOT NULL,
    last_day date,
    competences jsonb NOT NULL
);
CREATE TABLE gates (
    person varchar(64),
    requirement_id uuid,
    version integer NOT NULL,
    missing varchar(40)[] NOT NULL,
    PRIMARY KEY (person, requirement_id)
);
CREATE TABLE gate_copy (
    one boolean PRIMARY KEY DEFAULT true,
    as_of timestamptz NOT NULL,
    CONSTRAINT gate_copy_one_row CHECK (one)
);
"""


def upgrade() -> None:
    op.execute(GATES)
