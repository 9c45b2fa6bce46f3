"""Runs signing's migrations in the connection that `chassis.migrations` has opened."""

from alembic import context

from chassis import migrations
from services.signing.tables import metadata

migrations.run(context, metadata)
