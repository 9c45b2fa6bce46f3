"""Articles in the order of their names and ISO codes, a page at a time."""

from alembic import op

revision = "0008"
down_revision = "0007"

INDEXES = """
CREATE INDEX articles_by_name ON articles (name, number);
CREATE INDEX articles_by_iso_code ON articles (iso_code, number);
"""


def upgrade() -> None:
    op.execute(INDEXES)
