"""A work order may be opened again, and says which kind of device it concerns."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("ALTER TABLE work_orders ADD COLUMN iso_code varchar(11)")
    op.execute("ALTER TABLE work_orders ADD COLUMN reopened_at timestamptz")
