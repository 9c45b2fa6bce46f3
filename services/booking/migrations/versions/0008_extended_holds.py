"""A hold may be extended, so many times."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("ALTER TABLE holds ADD COLUMN extensions integer NOT NULL DEFAULT 0")
