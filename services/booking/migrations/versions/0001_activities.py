"""Activities with their clock, holds, bookings."""

from alembic import op

from chassis import migrations

revision = "0001"
down_revision = None

ACTIVITIES = """
CREATE TABLE activities (
    id uuid PRIMARY KEY,
    work_order_number varchar(10) NOT NULL,
    unit varchar(64) NOT NULL,
    prescriber varchar(64) NOT NULL,
    registered_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    window_rule varchar(40) NOT NULL,
    state varchar(20) NOT NULL,
    cause varchar(40),
    closed_at timestamptz,
    version integer NOT NULL,
    closes_at timestamptz GENERATED ALWAYS AS
        (CASE WHEN state IN ('registered', 'booking') THEN due_at END) STORED,
    CONSTRAINT activities_closed CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX activities_due ON activities (due_at) WHERE state = 'registered';
CREATE INDEX activities_of_unit ON activities (unit, closes_at, registered_at DESC, id);
"""

HOLDS = """
CREATE TABLE holds (
    id uuid PRIMARY KEY,
    activity_id uuid NOT NULL REFERENCES activities,
    key varchar(100) NOT NULL,
    place_id integer NOT NULL,
    service_product_id integer NOT NULL,
    consultant_id integer NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    held_by varchar(64) NOT NULL
);
CREATE INDEX holds_of_person ON holds (held_by, expires_at);
CREATE INDEX holds_of_activity ON holds (activity_id);
CREATE INDEX holds_expired ON holds (expires_at);
"""

BOOKINGS = """
CREATE TABLE bookings (
    id uuid PRIMARY KEY,
    activity_id uuid NOT NULL REFERENCES activities,
    state varchar(20) NOT NULL,
    hold_key varchar(100) NOT NULL,
    scheduler_id bigint,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    telephone varchar(20) NOT NULL,
    place_name text NOT NULL,
    service_product_name text NOT NULL,
    consultant_name text NOT NULL,
    booked_by varchar(64) NOT NULL,
    booked_at timestamptz,
    cancelled_at timestamptz,
    sequence integer NOT NULL,
    asked_command_id uuid NOT NULL,
    asked_mark bytea NOT NULL,
    asked_by varchar(64) NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bookings_end_after_start CHECK (ends_at > starts_at)
);
CREATE UNIQUE INDEX bookings_current ON bookings (activity_id)
    WHERE state IN ('attempted', 'booked', 'cancelling');
CREATE INDEX bookings_of_activity ON bookings (activity_id);
CREATE INDEX bookings_unsettled ON bookings (asked_at) WHERE state IN ('attempted', 'cancelling');
"""


def upgrade() -> None:
    migrations.create_chassis_tables(op)
    for statements in (ACTIVITIES, HOLDS, BOOKINGS):
        op.execute(statements)
