"""One JSON object a line, with the request id from HTTP through RPC and events."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter

from chassis import settings

request_id: ContextVar[str] = ContextVar("request_id", default="")


def configure(process: str) -> None:
    """Log to standard error as `process`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            static_fields={"process": process},
        )
    )
    handler.addFilter(_add_request_id)
    logging.basicConfig(level=settings.read("LOG_LEVEL", default="INFO"), handlers=[handler])
    logging.getLogger("nameko.containers").setLevel(logging.ERROR)  # refusals are no warnings
    for chatty in ("httpx", "httpcore", "kombu", "amqp", "alembic.runtime"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


@contextmanager
def request(id_: str) -> Iterator[None]:
    """Everything logged inside carries this request id."""
    token = request_id.set(id_)
    try:
        yield
    finally:
        request_id.reset(token)


def _add_request_id(record: logging.LogRecord) -> bool:
    record.request_id = request_id.get()
    return True
