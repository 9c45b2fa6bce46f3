"""Login and logout of people: OpenID Connect's code flow with PKCE, state and nonce."""

import logging
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError
from flask import Blueprint, Flask, redirect, request, session
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from gateway import refusals
from gateway.auth import claims, csrf
from gateway.auth.guard import public
from gateway.auth.provider import Provider
from gateway.auth.sessions import Sessions
from gateway.limits import LoginLimit
from gateway.settings import Settings

_log = logging.getLogger("gateway.security")


class Login:
    """The three addresses of login and logout."""

    def __init__(self, settings: Settings, provider: Provider, sessions: Sessions) -> None:
        self._settings, self._provider, self._sessions = settings, provider, sessions
        self._callback = f"{settings.public_url}/login/callback"
        self._limit = LoginLimit(settings.login_rate)

    def register(self, app: Flask) -> None:
        pages = Blueprint("login", __name__)
        pages.add_url_rule("/login", "begin", public(lambda: self.begin()))
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
            return redirect(f"{self._settings.public_url}/login")  # where the cookie will be
        self._provider.metadata()
        session.clear()
        wanted = {"acr_values": " ".join(self._settings.identity.levels)}
        return self._provider.client.authorize_redirect(self._callback, **wanted)

    def finish(self) -> ResponseReturnValue:
        """Take the person in whom the identity provider has sent back.

        Raises:
            Unknown: the login failed, or does not suffice.
        """
        person = claims.person(self._claims(), self._settings.identity)
        self._sessions.begin(session, person)
        _log.info("login", extra={"role": person.actor.role, "unit": person.actor.unit})
        return redirect("/")

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
