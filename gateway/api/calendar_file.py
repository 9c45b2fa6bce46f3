"""A consultant's calendar at its secret address: for calendar programs, which cannot log in.

Who knows the address may read; nobody else learns whether it exists. The secret is hashed here, and
goes no further: neither to the broker nor to a log.
"""

import hashlib
import re

from flask import Flask, Response

from contracts.errors.common import NOT_FOUND
from gateway.api.operations import with_etag
from gateway.auth.guard import public
from gateway.bus import booking

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
KEPT = "private, max-age=300"  # seconds


@public
def calendar_file(secret: str) -> Response:
    """
    Raises:
        NotFound: nothing is there, or no longer.
    """
    if not SECRET.fullmatch(secret):
        raise NOT_FOUND()
    secret_hash = hashlib.sha256(secret.encode()).hexdigest()
    found = booking.get_calendar({"secret_hash": secret_hash})
    answer = Response(found["text"], content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = KEPT
    answer.headers["X-Robots-Tag"] = "noindex"
    return with_etag(answer)


def register(app: Flask) -> None:
    app.add_url_rule("/calendars/<string:secret>.ics", "calendar_file", calendar_file)
