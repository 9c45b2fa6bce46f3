"""What goes wrong, as HTTP answers; and the probes, which say whether anything does."""

import logging

from flask import Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from services.booking.local_scheduler.model.errors import Refused
from services.booking.local_scheduler.reading import Unreadable
from services.booking.zoezi_time import NoSuchTime, WrongFormat

log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Answer errors as Zoezi does, in JSON, and answer probes."""
    app.register_error_handler(Refused, _refused)
    for habit in (Unreadable, WrongFormat, NoSuchTime):
        app.register_error_handler(habit, _unreadable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)
    app.add_url_rule("/healthz", view_func=healthz)
    app.add_url_rule("/readyz", view_func=readyz)


def healthz() -> ResponseReturnValue:
    return jsonify(status="ok")


def readyz() -> ResponseReturnValue:
    """Whether the database answers."""
    try:
        with current_app.config["ENGINE"].connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="database does not answer"), 503
    return jsonify(status="ok")


def _refused(error: Refused) -> ResponseReturnValue:
    return jsonify(error=error.code, message=error.detail), error.status


def _unreadable(error: ValueError) -> ResponseReturnValue:
    """Zoezi's habit: a query in the wrong format finds nothing."""
    return jsonify([])


def _http(error: HTTPException) -> ResponseReturnValue:
    return jsonify(error=error.name.lower().replace(" ", "_")), error.code or 500


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return jsonify(error="internal_server_error"), 500
