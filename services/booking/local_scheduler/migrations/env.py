"""Runs the scheduler's migrations in the connection that `chassis.migrations` has opened."""

from alembic import context

from chassis import migrations
from services.booking.local_scheduler.tables import metadata

migrations.run(context, metadata)
