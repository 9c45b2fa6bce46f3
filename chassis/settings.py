"""Settings from the environment, checked at start.

    AMQP_URI            the broker, amqp(s)://user:password@host:port/vhost
    AMQP_CA_FILE        for amqps: the authority that signed the broker's certificate
    AMQP_CERT_FILE, AMQP_KEY_FILE   for amqps: our own certificate, when the broker asks for one
    DATABASE_URL        the PostgreSQL server; a service's database is rampen_<service> on it
    <SERVICE>_DATABASE_URL   the whole address of one service's database, where it lies elsewhere
    SMTP_URL            smtp(s)://user:password@host:port, or smtp+starttls://…
    BLOB_URL            where files are kept: a folder, or any address that fsspec opens
    PROBE_PORT          where /healthz, /readyz and /metrics are served; 0 serves none
    MAX_WORKERS         how many messages a service process handles at once
    LOG_LEVEL           INFO unless told

TLS to the database is asked for in its address: ?sslmode=verify-full&sslrootcert=….
"""

import os
import ssl
from collections.abc import Iterable

from environs import Env, EnvError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError


class SettingError(SystemExit):
    """A setting is missing or wrong; the text names it and says what to do."""

    def __init__(self, name: str, wrong: str) -> None:
        super().__init__(f"{name} {wrong}")


def read(name: str, kind: str = "str", **options: object):
    """Return the setting `name`, read as one of environs' kinds (`int`, `bool`, `timedelta`, …).

    Raises:
        SettingError: it is missing without a default, or is not of that kind.
    """
    try:
        return getattr(Env(), kind)(name, **options)
    except EnvError as error:
        raise SettingError(name, f"is missing or wrong: {error}") from None


def positive(name: str, default: int) -> int:
    """Return the setting `name`, a whole number from 1 up."""
    value = read(name, "int", default=default)
    if value < 1:
        raise SettingError(name, "must be 1 or more")
    return value


def words(name: str, default: Iterable[str] = ()) -> frozenset[str]:
    """Return the setting `name`: words with commas between."""
    found = read(name, "list", default=list(default))
    return frozenset(word.strip() for word in found) - {""}


def amqp_uri() -> str:
    uri = read("AMQP_URI")
    if not uri.startswith(("amqp://", "amqps://")):
        raise SettingError("AMQP_URI", "must look like amqp://user:password@host:5672/")
    return uri


def amqp_tls() -> ssl.SSLContext | None:
    """The TLS context for the broker; None for a plain amqp:// address."""
    if not amqp_uri().startswith("amqps://"):
        return None
    context = ssl.create_default_context(cafile=os.environ.get("AMQP_CA_FILE"))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate := os.environ.get("AMQP_CERT_FILE"):
        context.load_cert_chain(certificate, os.environ.get("AMQP_KEY_FILE"))
    return context


def database_url(service: str) -> URL:
    """The address of `service`'s own database."""
    name = f"{service.upper()}_DATABASE_URL"
    if name in os.environ:
        return postgres(os.environ[name], name)
    return postgres(read("DATABASE_URL")).set(database=f"rampen_{service}")


def postgres(value: str, name: str = "DATABASE_URL") -> URL:
    """A PostgreSQL address, for the driver that we use."""
    try:
        url = make_url(value)
    except ArgumentError:
        raise SettingError(name, "is not a database address") from None
    if not url.drivername.startswith("postgresql"):
        raise SettingError(name, "must look like postgresql://user:password@host:5432/")
    return url.set(drivername="postgresql+psycopg2")
