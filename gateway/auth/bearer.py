"""Bearer tokens: JWT access tokens of the identity provider, for programs.

Source: RFC 6750, RFC 9068
"""

import time
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from joserfc import jws, jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from gateway import refusals
from gateway.auth import claims
from gateway.auth.claims import Person
from gateway.auth.provider import Provider

TYPES = ("at+jwt", "application/at+jwt")
REMEMBERED = 10_000  # tokens
LEEWAY = 30  # seconds that clocks may differ


class _Known(NamedTuple):
    person: Person
    expires_at: float


class Bearers:
    """Whom access tokens belong to; a token once verified is remembered until it expires."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        identity = provider.identity
        self._registry = jws.JWSRegistry(algorithms=list(identity.algorithms))
        self._rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": identity.issuer},
            aud={"essential": True, "value": identity.audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    def person(self, token: str) -> Person:
        """Whom `token` belongs to.

        Raises:
            Unknown: it is no valid token, or not assured enough.
            Unavailable: the identity provider does not tell its keys.
        """
        digest = sha256(token.encode()).digest()
        known = self._known.get(digest)
        if known is None or known.expires_at < time.time():
            found = self._verified(token)
            person = claims.bearer(found, self._provider.identity)
            known = self._remember(digest, _Known(person, float(found["exp"])))
        return known.person

    def _remember(self, digest: bytes, known: _Known) -> _Known:
        self._known[digest] = known
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known

    def _verified(self, token: str) -> Mapping[str, Any]:
        try:
            return self._claims(token, self._provider.keys())
        except InvalidKeyIdError:
            pass  # perhaps the provider has changed keys
        except (JoseError, ValueError, TypeError):
            raise refusals.TOKEN_WRONG() from None
        try:
            return self._claims(token, self._provider.keys(fresh=True))
        except (JoseError, ValueError, TypeError):
            raise refusals.TOKEN_WRONG() from None

    def _claims(self, token: str, keys: KeySet) -> Mapping[str, Any]:
        found = jwt.decode(token, keys, registry=self._registry)
        if str(found.header.get("typ", "")).lower() not in TYPES:
            raise ValueError("no access token")  # an ID token is not for us to act on
        self._rules.validate(found.claims)
        return found.claims
