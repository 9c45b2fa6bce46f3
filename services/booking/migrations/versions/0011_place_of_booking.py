"""Where a booked time is, by the scheduler's number of the place."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("ALTER TABLE bookings ADD COLUMN place_id integer")
