"""Sessions of people: a signed cookie that holds who they are, and ends by itself."""

import time
from collections.abc import Callable
from hashlib import sha256
from uuid import uuid4

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from gateway.auth.claims import Person
from gateway.auth.endings import Endings
from gateway.settings import Settings

RENEWED = 60  # seconds after which the cookie tells anew that somebody is active


class Sessions(SecureCookieSessionInterface):
    """Sessions that end after a time without requests, and in any case after some hours.

    Args:
        endings: the sessions that were ended before that, by logging out.
        clock: tells the seconds since the epoch.
    """

    digest_method = staticmethod(sha256)

    def __init__(
        self, settings: Settings, endings: Endings, clock: Callable[[], float] = time.time
    ) -> None:
        self._endings = endings
        self._idle = settings.session_idle.total_seconds()
        self._lifetime = settings.session_lifetime.total_seconds()
        self.clock = clock

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "HTTP_AUTHORIZATION" in request.environ:
            return self.session_class()  # a program: it has no session, whatever it sends
        session = super().open_session(app, request)
        if session and "person" in session:
            self._age(session)
        return session

    def begin(self, session: SessionMixin, person: Person) -> None:
        """Let nothing of the old session live on in the new one."""
        session.clear()
        now = int(self.clock())
        session.update(id=uuid4().hex, person=person.as_json(), since=now, seen=now)

    def end(self, session: SessionMixin) -> None:
        """End the session, wherever its cookie may have been copied to."""
        if session_id := session.get("id"):
            self._endings.end(session_id)
        session.clear()

    def _age(self, session: SecureCookieSession) -> None:
        now = self.clock()
        if (
            self._endings.has(session.get("id", ""))
            or now - session["seen"] > self._idle
            or now - session["since"] > self._lifetime
        ):
            session.clear()
        elif now - session["seen"] > RENEWED:
            session["seen"] = int(now)


def configure(app: Flask, settings: Settings, endings: Endings) -> Sessions:
    """Give `app` sessions; the cookie is `__Host-` wherever the address is https."""
    app.secret_key = settings.session_secret
    app.config.update(
        SESSION_COOKIE_NAME="__Host-rampen" if settings.is_https else "rampen",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )
    app.session_interface = Sessions(settings, endings)
    return app.session_interface
