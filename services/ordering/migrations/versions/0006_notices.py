"""Dated messages to all who use Rampen; every version is kept."""

from alembic import op

revision = "0006"
down_revision = "0004"

# Source: A-1
NOTICES = """
CREATE TABLE notices (
    notice_id uuid,
    version integer,
    kind varchar(10) NOT NULL,
    title varchar(120) NOT NULL,
    text varchar(4000) NOT NULL,
    english_title varchar(120),
    english_text varchar(4000),
    valid_from date NOT NULL,
    valid_until date,
    roles varchar(40)[] NOT NULL,
    is_withdrawn boolean NOT NULL,
    written_by varchar(64) NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (notice_id, version),
    CONSTRAINT notices_kind CHECK (kind IN ('safety', 'message', 'news')),
    CONSTRAINT notices_version CHECK (version > 0),
    CONSTRAINT notices_period CHECK (valid_until >= valid_from),
    CONSTRAINT notices_english CHECK ((english_title IS NULL) = (english_text IS NULL))
);
CREATE TRIGGER notices_append_only BEFORE UPDATE OR DELETE ON notices
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    op.execute(NOTICES)
