"""Runs alembic for a service's own database: services/<name>/migrations."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

import services
from chassis import tables

_REVISION = sa.text("SELECT version_num FROM alembic_version")
_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtext('migrate'))")


def folder(service: str) -> Path:
    (parent,) = services.__path__
    return Path(parent) / service / "migrations"


def upgrade(service: str, url: URL) -> None:
    """Bring the database to the newest version, making it first when it is not there."""
    from alembic import command
    from alembic.config import Config

    create_database(url)
    engine = sa.create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(folder(service)))
    with engine.begin() as connection:
        connection.execute(_LOCK)  # another process may be migrating too
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def is_current(service: str, engine: Engine) -> bool:
    """Whether the database is at the newest version.

    Asked without alembic, which is 13 MB in a process that only wants to know this: a revision is
    named by the number that its file's name begins with.
    """
    newest = max(path.name.partition("_")[0] for path in folder(service).glob("versions/*_*.py"))
    with engine.connect() as connection:
        return connection.execute(_REVISION).scalar_one_or_none() == newest


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
