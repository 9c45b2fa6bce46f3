"""Runs alembic for a service's own database: services/<name>/migrations."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

import services
from chassis import tables

_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtext('migrate'))")


def scripts(service: str) -> Config:
    """alembic's configuration for `service`."""
    (folder,) = services.__path__
    config = Config()
    config.set_main_option("script_location", str(Path(folder) / service / "migrations"))
    return config


def upgrade(service: str, url: URL) -> None:
    """Bring the database to the newest version, making it first when it is not there."""
    create_database(url)
    engine = sa.create_engine(url)
    config = scripts(service)
    with engine.begin() as connection:
        connection.execute(_LOCK)  # another process may be migrating too
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def is_current(service: str, engine: Engine) -> bool:
    """Whether the database is at the newest version."""
    newest = ScriptDirectory.from_config(scripts(service)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def create_database(url: URL) -> None:
    """Make the database that `url` names, unless it is there."""
    assert url.database
    server = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        there = sa.text("SELECT true FROM pg_database WHERE datname = :name")
        if connection.execute(there, {"name": url.database}).first() is None:
            name = connection.dialect.identifier_preparer.quote(url.database)
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    server.dispose()


def create_chassis_tables(op: Any) -> None:
    """To be called by a service's first migration, with `alembic.op`."""
    tables.metadata.create_all(op.get_bind())


def run(context, metadata: sa.MetaData) -> None:
    """All that a service's migrations/env.py has to do."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata)
    context.run_migrations()
