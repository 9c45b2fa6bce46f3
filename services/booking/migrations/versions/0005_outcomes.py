"""What became of a visit, noted by the consultant or the prescriber."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("""
        ALTER TABLE bookings
            ADD COLUMN outcome_at timestamptz,
            ADD COLUMN outcome_by varchar(64),
            ADD COLUMN outcome_note text NOT NULL DEFAULT '',
            ADD COLUMN follow_up boolean NOT NULL DEFAULT false
    """)
