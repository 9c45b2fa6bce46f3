"""The identity provider as the gateway knows it: its addresses, its keys, and how it is asked."""

import time
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from contracts.errors.common import SERVICE_UNAVAILABLE
from gateway.settings import Identity

TIMEOUT = 5  # seconds for one answer
REFRESH = 60  # seconds between looks for new keys, whatever tokens name


class Provider:
    """The identity provider; what it tells of itself is asked for once and kept."""

    def __init__(self, app: Flask, identity: Identity) -> None:
        self.identity = identity
        self.client: Any = OAuth(app).register(
            "identity",
            client_id=identity.client_id,
            client_secret=identity.client_secret,
            server_metadata_url=f"{identity.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": identity.scope,
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT,
            },
        )
        self._keys: KeySet | None = None
        self._asked_at = 0.0

    def metadata(self) -> dict[str, Any]:
        """What the provider tells of itself, with only the signatures that we accept.

        Raises:
            Unavailable: it does not answer, or is not the issuer that we were told of.
        """
        found = self.client.server_metadata
        if "_loaded_at" not in found:
            found = self._ask(self.client.load_server_metadata)
            if found.get("issuer") != self.identity.issuer:
                found.clear()
                raise SERVICE_UNAVAILABLE()
            found["id_token_signing_alg_values_supported"] = list(self.identity.algorithms)
        return found

    def keys(self, fresh: bool = False) -> KeySet:
        """The provider's public keys; `fresh` asks for them anew, at most once a minute.

        Raises:
            Unavailable: it does not answer.
        """
        stale = fresh and time.monotonic() - self._asked_at > REFRESH
        if self._keys is None or stale:
            self.metadata()
            self._asked_at = time.monotonic()
            found = self._ask(lambda: self.client.fetch_jwk_set(force=True))
            self._keys = KeySet.import_key_set(found)
        return self._keys

    def is_known(self) -> bool:
        """Whether the provider has told of itself; for the readiness probe."""
        return bool(self.metadata())

    @staticmethod
    def _ask(question: Any) -> Any:
        try:
            return question()
        except (RequestException, OAuthError, JoseError, ValueError, RuntimeError):
            raise SERVICE_UNAVAILABLE() from None
