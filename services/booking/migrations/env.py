"""Runs booking's migrations in the connection that `chassis.migrations` has opened."""

from alembic import context

from chassis import migrations
from services.booking.calendars import tables

migrations.run(context, tables.metadata)
