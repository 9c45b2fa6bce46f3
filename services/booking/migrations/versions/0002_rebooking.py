"""A booking may be moved: where to, why, how often."""

from alembic import op

revision = "0002"
down_revision = "0001"

MOVED = """
ALTER TABLE bookings
    ADD COLUMN wished_start timestamptz,
    ADD COLUMN wished_consultant_id integer,
    ADD COLUMN wished_cause varchar(40),
    ADD COLUMN rebookings integer NOT NULL DEFAULT 0,
    ADD COLUMN rebooked_at timestamptz;
"""

#: The same indexes as before, of one state more.
INDEXES = """
CREATE UNIQUE INDEX bookings_now ON bookings (activity_id)
    WHERE state IN ('attempted', 'booked', 'rebooking', 'cancelling');
DROP INDEX bookings_current;
ALTER INDEX bookings_now RENAME TO bookings_current;
DROP INDEX bookings_unsettled;
CREATE INDEX bookings_unsettled ON bookings (asked_at)
    WHERE state IN ('attempted', 'rebooking', 'cancelling');
"""


def upgrade() -> None:
    for statements in (MOVED, INDEXES):
        op.execute(statements)
