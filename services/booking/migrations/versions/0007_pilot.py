"""Who books on the web from when, and what they thought of the visit."""

from alembic import op

revision = "0007"
down_revision = "0006"

# Source: B-3
PILOT = """
CREATE TABLE customer_groups (
    name varchar(100) PRIMARY KEY,
    units varchar(64)[] NOT NULL,
    first_day date NOT NULL,
    last_day date,
    CONSTRAINT customer_groups_days CHECK (first_day <= last_day)
);
CREATE TABLE questionnaires (
    booking_id uuid PRIMARY KEY,
    sent_at timestamptz NOT NULL
);
CREATE TABLE evaluations (
    booking_id uuid,
    person varchar(64),
    asked_as varchar(20) NOT NULL,
    place_name text NOT NULL,
    visited_at timestamptz NOT NULL,
    answers jsonb NOT NULL,
    comment varchar(500) NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (booking_id, person)
);
CREATE INDEX evaluations_visited ON evaluations (visited_at);
CREATE INDEX bookings_over ON bookings (ends_at) WHERE state IN ('booked', 'held');
"""


def upgrade() -> None:
    op.execute(PILOT)
