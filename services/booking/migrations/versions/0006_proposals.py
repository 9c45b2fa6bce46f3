"""Which service product was proposed, and which was taken."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE activities ADD COLUMN proposed_product_id integer")
    op.execute("ALTER TABLE bookings ADD COLUMN service_product_id integer")
