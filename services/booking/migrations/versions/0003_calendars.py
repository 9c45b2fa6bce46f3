"""Consultants as people, their calendars' secret addresses, and the calendars that we read."""

from alembic import op

revision = "0003"
down_revision = "0002"

# Source: B-16
CALENDARS = """
CREATE TABLE consultants (
    hsa_id varchar(64) PRIMARY KEY,
    consultant_id integer NOT NULL,
    CONSTRAINT consultants_consultant_id UNIQUE (consultant_id)
);
CREATE TABLE calendar_addresses (
    id uuid PRIMARY KEY,
    consultant_id integer NOT NULL,
    secret_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT calendar_addresses_secret UNIQUE (secret_hash)
);
CREATE UNIQUE INDEX calendar_addresses_valid ON calendar_addresses (consultant_id)
    WHERE revoked_at IS NULL;
CREATE TABLE calendar_feeds (
    id uuid PRIMARY KEY,
    consultant_id integer NOT NULL,
    address text NOT NULL,
    added_at timestamptz NOT NULL,
    removed_at timestamptz,
    next_at timestamptz NOT NULL DEFAULT now(),
    leased_until timestamptz,
    etag text,
    read_at timestamptz,
    checked_at timestamptz,
    busy_periods integer,
    failures integer NOT NULL DEFAULT 0,
    problem varchar(60),
    problem_at timestamptz
);
CREATE INDEX calendar_feeds_consultant ON calendar_feeds (consultant_id);
CREATE INDEX calendar_feeds_due ON calendar_feeds (next_at);
"""


def upgrade() -> None:
    op.execute(CALENDARS)
