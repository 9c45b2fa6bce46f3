"""Login and logout of people: OpenID Connect's code flow with PKCE, state and nonce."""

import logging
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from authlib.integrations.base_client import OAuthError
from flask import Blueprint, Flask, g, redirect, request, session
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from contracts.errors.signing import LOGIN_OTHER
from gateway import refusals
from gateway.auth import claims, csrf, step_up
from gateway.auth.guard import public
from gateway.auth.provider import Provider
from gateway.auth.sessions import Sessions
from gateway.limits import LoginLimit
from gateway.settings import Settings
from gateway.web import way_back

_log = logging.getLogger("gateway.security")


class Login:
    """The addresses of login and logout, and of the fresh login that a signature wants."""

    def __init__(self, settings: Settings, provider: Provider, sessions: Sessions) -> None:
        self._settings, self._provider, self._sessions = settings, provider, sessions
        self._callback = f"{settings.public_url}/login/callback"
        self._limit = LoginLimit(settings.login_rate)

    def register(self, app: Flask) -> None:
        pages = Blueprint("login", __name__)
        pages.add_url_rule("/login", "begin", public(lambda: self.begin()))
        pages.add_url_rule("/login/signing/<uuid:job_id>", "step_up", self.step_up)
        pages.add_url_rule("/login/callback", "finish", public(lambda: self.finish()))
        pages.add_url_rule("/logout", "logout", public(lambda: self.logout()), methods=["POST"])
        app.register_blueprint(pages)

    def begin(self) -> ResponseReturnValue:
        """Send the person to the identity provider.

        Raises:
            TooMany: the same address has begun too many logins.
            Unavailable: the identity provider does not answer.
        """
        self._limit.check(request.remote_addr or "")
        if request.host_url.rstrip("/") != self._settings.public_url:
            # where the cookie will be
            return redirect(self._settings.public_url + request.full_path.rstrip("?"))
        self._provider.metadata()
        session.clear()
        way_back.begin()
        return self._redirect()

    def step_up(self, job_id: UUID) -> ResponseReturnValue:
        """Send who is logged in to the identity provider again, to sign that job.

        Raises:
            TooMany, Unavailable: as for `begin`.

        Source: S-8
        """
        self._limit.check(request.remote_addr or "")
        self._provider.metadata()
        step_up.begin(str(job_id))
        return self._redirect(**step_up.WANTED)

    def finish(self) -> ResponseReturnValue:
        """Take the person in whom the identity provider has sent back.

        Raises:
            Unknown: the login failed, or does not suffice.
            Forbidden: the login for a signature is another person's.
        """
        job_id = step_up.wanted_for()
        found = self._claims()
        if job_id:
            return self._note(job_id, found)
        person, page = claims.person(found, self._settings.identity), way_back.take()
        self._sessions.begin(session, person)
        _log.info("login", extra={"role": person.actor.role, "unit": person.actor.unit})
        return way_back.lead(*page)

    def _note(self, job_id: str, found: dict) -> ResponseReturnValue:
        """Keep the session as it is, with the login for that job beside it."""
        login = claims.login(found, self._settings.identity)
        if login.hsa_id != g.person.actor.hsa_id:
            raise LOGIN_OTHER()
        step_up.note(job_id, login)
        _log.info("login for a signature", extra={"role": g.person.actor.role})
        return redirect(f"/signing/{job_id}")

    def _redirect(self, **more: Any) -> ResponseReturnValue:
        wanted = {"acr_values": " ".join(self._settings.identity.levels), **more}
        return self._provider.client.authorize_redirect(self._callback, **wanted)

    def _claims(self) -> dict:
        identity = self._settings.identity
        self._provider.metadata()
        expected = {"iss": identity.issuer, "aud": identity.client_id}
        try:
            token = self._provider.client.authorize_access_token(
                claims_options={
                    name: {"essential": True, "value": value} for name, value in expected.items()
                },
                leeway=30,  # seconds that clocks may differ
            )
            return token["userinfo"]
        except (OAuthError, JoseError, RequestException, LookupError, ValueError) as error:
            _log.warning("a login failed: %s", type(error).__name__)
            session.clear()
            raise refusals.LOGIN_FAILED() from None

    def logout(self) -> ResponseReturnValue:
        """End the session, here and, where it offers that, at the identity provider.

        Raises:
            Forbidden: another page than our own sent this.
        """
        if "person" in session:
            csrf.check()
        self._sessions.end(session)
        ends_at = self._provider.client.server_metadata.get("end_session_endpoint")
        if not ends_at:
            return redirect("/", 303)
        back = {
            "client_id": self._settings.identity.client_id,
            "post_logout_redirect_uri": f"{self._settings.public_url}/",
        }
        return redirect(f"{ends_at}?{urlencode(back)}", 303)
