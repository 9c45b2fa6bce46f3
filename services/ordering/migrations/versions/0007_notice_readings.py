"""Who has read which version of a notice; a corrected one is new again."""

from alembic import op

revision = "0007"
down_revision = "0006"

# Source: A-1
READINGS = """
CREATE TABLE notice_readings (
    person varchar(64),
    notice_id uuid,
    version integer,
    read_at timestamptz NOT NULL,
    PRIMARY KEY (person, notice_id, version),
    FOREIGN KEY (notice_id, version) REFERENCES notices
);
"""


def upgrade() -> None:
    op.execute(READINGS)
