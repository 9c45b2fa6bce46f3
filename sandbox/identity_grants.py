"""What Authlib's authorization server needs to know: clients, codes, grants and tokens."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, ClientCredentialsGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from authlib.oidc.core import AuthorizationCodeMixin
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import KeySet

from sandbox.people import Login

ALGORITHM = "RS256"
AUDIENCE = "rampen"
CODE_LIFETIME = 60  # seconds
TOKEN_LIFETIME = 3600  # seconds
ASSURANCE = {"acr": "http://id.sambi.se/loa/loa3", "amr": ["hwk", "pin"]}  # a card and its PIN


class Addresses(tuple):
    """The addresses that a client may be sent back to: these and what lies under them."""

    def __contains__(self, address: object) -> bool:
        return any(f"{address}".startswith(f"{base.rstrip('/')}/") for base in self)


@dataclass(frozen=True)
class Client(ClientMixin):
    """An application that logs people in, or itself.

    Args:
        claims: what the client's own tokens say beside its id.
    """

    client_id: str
    name: str
    secret: str
    grant_types: list[str]
    scope: str
    addresses: Addresses = field(default_factory=Addresses)
    claims: dict[str, Any] = field(default_factory=dict)

    id_token_signed_response_alg = ALGORITHM

    @property
    def client_metadata(self) -> dict[str, Any]:
        return {"post_logout_redirect_uris": self.addresses}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(word for word in (scope or self.scope).split() if word in self.scope)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.addresses

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == self.secret

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in self.grant_types


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):
    """What a login ends with; worth a token once, within a minute."""

    client_id: str
    login: Login
    auth_time: int
    data: dict[str, str]  # the authorization request
    born: float = field(default_factory=time.monotonic)

    @property
    def code_challenge(self) -> str:
        return self.data["code_challenge"]

    code_challenge_method = "S256"

    def get_redirect_uri(self) -> str:
        return self.data["redirect_uri"]

    def get_scope(self) -> str:
        return self.data.get("scope", "")

    def get_nonce(self) -> str | None:
        return self.data.get("nonce")

    def get_auth_time(self) -> int:
        return self.auth_time


class CodeGrant(AuthorizationCodeGrant):
    """The authorization code flow; a code is gone at the first attempt to use it."""

    codes: dict[str, Code]

    def save_authorization_code(self, code, request):
        client_id, auth_time = request.client.get_client_id(), request.auth_time
        self.codes[code] = Code(client_id, request.user, auth_time, dict(request.payload.data))

    def query_authorization_code(self, code, client):
        kept = self.codes.pop(code, None)
        if kept and kept.client_id == client.client_id and _age(kept) < CODE_LIFETIME:
            return kept
        return None

    def delete_authorization_code(self, authorization_code):
        pass  # it is gone already

    def authenticate_user(self, authorization_code):
        return replace(authorization_code.login, auth_time=authorization_code.auth_time)


class S256Only(CodeChallenge):
    """PKCE, demanded of everybody; the plain method is refused."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant, redirect_uri):
        if grant.request.payload.data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("'code_challenge' with method S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class IdToken(OpenIDCode):
    """The ID token: who logged in, in which commission, how and when."""

    def __init__(self, issuer: str, keys: KeySet) -> None:
        super().__init__()
        self.issuer, self.keys = issuer, keys

    def exists_nonce(self, nonce, request):
        return False  # a code is used once, and its nonce with it

    def resolve_client_private_key(self, client):
        return self.keys

    def get_client_claims(self, client):
        return {"iss": self.issuer, "aud": client.get_client_id()}

    def generate_user_info(self, user, scope):
        return user.claims() | ASSURANCE


class AccessToken(JWTBearerTokenGenerator):
    """Access tokens that Rampen can check by itself.

    Source: RFC 9068
    """

    def __init__(self, issuer: str, keys: KeySet) -> None:
        super().__init__(issuer, alg=ALGORITHM, expires_generator=TOKEN_LIFETIME)
        self.keys = keys

    def get_jwks(self):
        return self.keys

    def get_audiences(self, client, user, scope):
        return AUDIENCE

    def get_auth_time(self, user):
        return user.auth_time if user else None

    def get_extra_claims(self, client, grant_type, user, scope):
        return user.claims() | ASSURANCE if user else client.claims


def authorization_server(
    app, issuer: str, keys: KeySet, clients: Iterable[Client]
) -> AuthorizationServer:
    """The authorization server of `app`; `issuer` is the address it is known under."""
    by_id = {client.client_id: client for client in clients}
    server = AuthorizationServer(app, by_id.get, lambda token, request: None)
    grant = type("CodeGrant", (CodeGrant,), {"codes": {}})
    server.register_grant(grant, [S256Only(), IdToken(issuer, keys)])
    server.register_grant(ClientCredentialsGrant)
    server.register_token_generator("default", AccessToken(issuer, keys))
    return server


def _age(code: Code) -> float:
    return time.monotonic() - code.born
