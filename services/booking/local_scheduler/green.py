"""Makes psycopg2 wait in gevent's hub, so that one greenlet's query does not hold up the others."""

from gevent.socket import wait_read, wait_write
from psycopg2 import OperationalError, extensions


def install() -> None:
    extensions.set_wait_callback(_wait)


def _wait(connection: extensions.connection) -> None:
    while (state := connection.poll()) != extensions.POLL_OK:
        if state == extensions.POLL_READ:
            wait_read(connection.fileno())
        elif state == extensions.POLL_WRITE:
            wait_write(connection.fileno())
        else:
            raise OperationalError(f"unexpected answer to poll: {state}")
