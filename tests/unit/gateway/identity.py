"""An identity provider without a network: its keys, its people, its tokens."""

import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

ISSUER = "https://login.example.se"
CLIENT = "rampen-portal"
LOA3 = "http://id.sambi.se/loa/loa3"
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
ANNA = {
    "sub": "SE2321009314-P000000000101",
    "employeeHsaId": "SE2321009314-P000000000101",
    "given_name": "Anna",
    "family_name": "Lindqvist",
    "email": "anna.lindqvist@example.se",
    "acr": LOA3,
    "commissionHsaId": "SE2321009314-U000000000001",
    "healthCareUnitHsaId": "SE2321009314-E000000000001",
    "healthCareUnitName": "Habilitering Borås",
    "healthCareProviderHsaId": "SE2321009314-E000000000000",
    "role": "prescriber",
}
MACHINE = {"sub": "demo-journal", "client_id": "demo-journal", "role": "orderer"}


def introduce(app: Any) -> None:
    """Let the gateway know the provider, as if it had asked it."""
    provider = app.extensions["identity"]
    provider.client.server_metadata.update(
        issuer=ISSUER,
        authorization_endpoint=f"{ISSUER}/authorize",
        token_endpoint=f"{ISSUER}/token",
        end_session_endpoint=f"{ISSUER}/end_session",
        jwks=public_keys().as_dict(),
        id_token_signing_alg_values_supported=["RS256"],
        _loaded_at=time.time(),
    )
    provider._keys = public_keys()


def public_keys(*keys: RSAKey) -> KeySet:
    found = [key.as_dict(private=False) for key in keys or (KEY,)]
    return KeySet.import_key_set({"keys": found})


def access_token(claims: dict[str, Any] = ANNA, key: Any = KEY, **changes: Any) -> str:
    """A token as the provider issues it, save for `changes`; None takes a claim away."""
    header = changes.pop("header", {"alg": "RS256", "kid": "first", "typ": "at+jwt"})
    return _signed(header, {"aud": "rampen"} | claims, key, changes)


def id_token(sent: str, claims: dict[str, Any] = ANNA, key: Any = KEY, **changes: Any) -> str:
    header = changes.pop("header", {"alg": "RS256", "kid": "first"})
    return _signed(header, {"aud": CLIENT, "nonce": sent} | claims, key, changes)


def _signed(header: dict, claims: dict, key: Any, changes: dict) -> str:
    now = int(time.time())
    whole = {"iss": ISSUER, "iat": now, "exp": now + 300} | claims | changes
    told = {name: value for name, value in whole.items() if value is not None}
    return jwt.encode(header, told, key, algorithms=[header["alg"]])
