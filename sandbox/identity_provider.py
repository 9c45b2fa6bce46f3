"""An OpenID Connect provider for people who have no SITHS card: one click logs them in.

    python -m sandbox.identity_provider --port 9000 --people people.json --folder var/identity \\
        --portal http://127.0.0.1:8000

It is a real provider over a real socket, with the claims of SITHS; only the card is missing.
`login_hint` (an `employeeHsaId`, with `/commissionHsaId` where the person has several) logs in
without a page. It keeps its key and its clients' secrets in its folder, so what it has issued
outlives a restart.
"""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

import click
from authlib.oauth2 import OAuth2Error
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import Flask, jsonify, redirect, render_template, request, session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from sandbox.files import client_secret, stored_secret, write_private
from sandbox.identity_grants import (
    ALGORITHM,
    AUDIENCE,
    Addresses,
    Client,
    authorization_server,
)
from sandbox.people import Login, People
from sandbox.web import serve

CLIENTS = Path(__file__).with_name("clients.json")
ENDPOINTS = {
    "authorization_endpoint": "/authorize",
    "token_endpoint": "/token",
    "userinfo_endpoint": "/userinfo",
    "jwks_uri": "/jwks",
    "end_session_endpoint": "/end_session",
}
CAPABILITIES = {
    "response_types_supported": ["code"],
    "grant_types_supported": ["authorization_code", "client_credentials"],
    "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": [ALGORITHM],
    "code_challenge_methods_supported": ["S256"],
    "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    "scopes_supported": ["openid", "profile", "email", "rampen"],
    "acr_values_supported": ["http://id.sambi.se/loa/loa3"],
    "prompt_values_supported": ["none", "login"],
}


def create_app(issuer: str, people: People, folder: Path, portals: Sequence[str] = ()) -> Flask:
    """The provider as an application.

    Args:
        folder: where its key and secrets are kept.
        portals: addresses that people may be sent back to after login and logout.
    """
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine alone
    app = Flask(__name__)
    app.secret_key = stored_secret(folder / "session_secret")
    app.config["SESSION_COOKIE_NAME"] = "sandbox_identity"  # ports do not keep cookies apart
    keys = signing_keys(folder / "keys.json")
    server = authorization_server(app, issuer, keys, read_clients(folder, portals))
    server.register_endpoint(_end_session_endpoint(keys))
    _add_login(app, server, people)
    _add_facts(app, issuer, keys)
    return app


def read_clients(folder: Path, portals: Sequence[str] = ()) -> list[Client]:
    """The clients in `clients.json`, each with its secret from `folder`."""
    return [
        Client(
            **client,
            secret=client_secret(folder, client["client_id"]),
            addresses=Addresses(portals),
        )
        for client in json.loads(CLIENTS.read_text())
    ]


def signing_keys(path: Path) -> KeySet:
    """The provider's key in `path`, generated the first time."""
    if not path.exists():
        key = RSAKey.generate_key(2048, {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
        write_private(path, json.dumps(KeySet([key]).as_dict(private=True)))
    return KeySet.import_key_set(json.loads(path.read_text()))


def _add_login(app: Flask, server, people: People) -> None:
    @app.get("/authorize")
    def authorize():
        """Send the person back with a code, or ask who she is."""
        chosen = request.form.get("login") or request.args.get("login_hint", "")
        if login := people.get(chosen):
            session["login"], session["auth_time"] = login.id, int(time.time())
        login = login or _remembered(people)
        try:
            grant = server.get_consent_grant(end_user=login)
        except OAuth2Error as error:
            return server.handle_error_response(request, error)
        if login is None:
            return render_template("login.html", people=people, client=grant.client)
        grant.request.auth_time = session["auth_time"]
        return server.create_authorization_response(grant_user=login, grant=grant)

    app.add_url_rule("/authorize", "choose", authorize, methods=["POST"])
    app.add_url_rule("/token", "token", server.create_token_response, methods=["POST"])

    @app.route("/end_session", methods=["GET", "POST"])
    def end_session():
        return server.create_endpoint_response("end_session") or render_template("logged_out.html")


def _remembered(people: People) -> Login | None:
    """Who is logged in already, unless the request wants a fresh login."""
    age = time.time() - session.get("auth_time", 0)
    fresh = age <= float(request.args.get("max_age", "inf"))
    if not fresh or "login" in request.args.get("prompt", "").split():
        return None
    return people.get(session.get("login", ""))


def _end_session_endpoint(keys: KeySet) -> type[EndSessionEndpoint]:
    class EndSession(EndSessionEndpoint):
        def get_server_jwks(self):
            return keys

        def end_session(self, end_session_request):
            session.clear()

    return EndSession


def _add_facts(app: Flask, issuer: str, keys: KeySet) -> None:
    @app.get("/.well-known/openid-configuration")
    def configuration():
        endpoints = {name: issuer + path for name, path in ENDPOINTS.items()}
        return {"issuer": issuer} | endpoints | CAPABILITIES

    @app.get("/jwks")
    def jwks():
        return keys.as_dict(private=False)

    @app.route("/userinfo", methods=["GET", "POST"])
    def userinfo():
        """The claims of the person whose access token is shown."""
        expected = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": AUDIENCE},
            employeeHsaId={"essential": True},
        )
        try:
            token = jwt.decode(_bearer(), keys, [ALGORITHM])
            expected.validate(token.claims)
        except (JoseError, ValueError):
            return jsonify(error="invalid_token"), 401, {"WWW-Authenticate": "Bearer"}
        return {name: token.claims[name] for name in token.claims if name not in ("scope", "jti")}

    @app.get("/")
    def start():
        return redirect("/.well-known/openid-configuration")


def _bearer() -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


@click.command()
@click.option("--port", type=int, required=True)
@click.option("--people", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--folder", type=click.Path(path_type=Path), required=True)
@click.option("--portal", "portals", multiple=True, help="An address to send people back to.")
def main(port: int, people: Path, folder: Path, portals: tuple[str, ...]) -> None:
    """Run the identity provider."""
    serve(create_app(f"http://127.0.0.1:{port}", People.read(people), folder, portals), port)


if __name__ == "__main__":
    main()
