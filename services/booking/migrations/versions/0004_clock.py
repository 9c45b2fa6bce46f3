"""The clock in full: windows by agreement, warnings, closings that stay known, figures."""

from alembic import op

revision = "0004"
down_revision = "0003"

ACTIVITIES = """
ALTER TABLE activities
    ADD COLUMN principal varchar(64) NOT NULL DEFAULT '',
    ADD COLUMN agreement varchar(30),
    ADD COLUMN iso_code varchar(11),
    ADD COLUMN started_at timestamptz,
    ADD COLUMN warned_until timestamptz;
CREATE INDEX activities_by_registration ON activities (registered_at);
"""

CLOSINGS = """
CREATE TABLE closings (
    activity_id uuid NOT NULL REFERENCES activities,
    closed_at timestamptz NOT NULL,
    cause varchar(40) NOT NULL,
    reopened_at timestamptz,
    reopened_by varchar(64),
    PRIMARY KEY (activity_id, closed_at)
);
CREATE INDEX closings_by_time ON closings (closed_at);
INSERT INTO closings (activity_id, closed_at, cause)
    SELECT id, closed_at, coalesce(cause, 'not_booked') FROM activities WHERE state = 'closed';
"""

WARNINGS = """
CREATE TABLE warnings (
    person varchar(64),
    day date,
    PRIMARY KEY (person, day)
);
"""


def upgrade() -> None:
    for statements in (ACTIVITIES, CLOSINGS, WARNINGS):
        op.execute(statements)
