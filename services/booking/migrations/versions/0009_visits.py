"""Two work orders in one visit."""

from alembic import op

revision = "0009"
down_revision = "0008"

# Source: B-14
VISITS = """
ALTER TABLE bookings ADD COLUMN visit_id uuid;
CREATE INDEX bookings_of_visit ON bookings (visit_id) WHERE visit_id IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(VISITS)
