"""Runs booking's migrations in the connection that `chassis.migrations` has opened."""

from alembic import context

from chassis import migrations
from services.booking.calendars import tables as calendars
from services.booking.pilot import tables as pilot
from services.booking.reconciliation import tables as reconciliation

assert (
    calendars.metadata is pilot.metadata is reconciliation.metadata
)  # one for all of booking's tables
migrations.run(context, pilot.metadata)
