"""The token that every form carries: what changes something was sent from a page of this session.

It is kept in the signed session and repeated in the form; the cookie's SameSite, and the guard's
look at where a request comes from, stand before it. A library (Flask-WTF) would bring forms and
settings of its own for these lines.
"""

import hmac
import secrets

from flask import request, session

from gateway import refusals

FIELD = "csrf_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def token() -> str:
    """The token of the present session, for its forms."""
    if FIELD not in session:
        session[FIELD] = secrets.token_urlsafe(24)
    return session[FIELD]


def check() -> None:
    """
    Raises:
        Forbidden: a form came without the session's token.
    """
    if request.method in SAFE:
        return
    sent = request.form.get(FIELD, "")
    if not hmac.compare_digest(sent.encode(), session.get(FIELD, "").encode()) or not sent:
        raise refusals.FORM_EXPIRED()
