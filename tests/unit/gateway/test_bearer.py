"""Access tokens: whose they are, and which are refused."""

import pytest
from joserfc.jwk import OctKey, RSAKey

from tests.unit.gateway import identity


def ask(client, token):
    return client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


def test_a_persons_token_is_hers(browser):
    answer = ask(browser, identity.access_token())

    assert answer.json["hsa_id"] == "SE2321009314-P000000000101"


def test_a_machines_token_is_the_machines(browser):
    answer = ask(browser, identity.access_token(identity.MACHINE))

    assert answer.json["hsa_id"] == "demo-journal"
    assert answer.json["role"] == "orderer"


HOSTILE = {
    "another key": lambda: identity.access_token(key=identity.OTHER_KEY),
    "no signature": lambda: ".".join([*identity.access_token().split(".")[:2], ""]),
    "symmetric signature": lambda: identity.access_token(
        key=OctKey.import_key("x" * 32), header={"alg": "HS256", "kid": "first", "typ": "at+jwt"}
    ),
    "another issuer": lambda: identity.access_token(iss="https://evil.example"),
    "another audience": lambda: identity.access_token(aud="another-api"),
    "no audience": lambda: identity.access_token(aud=None),
    "expired": lambda: identity.access_token(exp=1_700_000_000),
    "without end": lambda: identity.access_token(exp=None),
    "not yet": lambda: identity.access_token(nbf=4_000_000_000),
    "nobody": lambda: identity.access_token(sub=None),
    "an ID token": lambda: identity.id_token("nonce", aud="rampen"),
    "too low assurance": lambda: identity.access_token(acr="http://id.sambi.se/loa/loa2"),
    "no role": lambda: identity.access_token(role=None),
    "a machine without role": lambda: identity.access_token(identity.MACHINE, role=None),
    "a person as a machine": lambda: identity.access_token(employeeHsaId=None, acr=None),
    "not a token": lambda: "wrong",
    "nothing": lambda: "",
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_token_is_refused(browser, make):
    answer = ask(browser, make())

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_basic_authentication_is_refused(browser):
    answer = browser.get("/api/v1/me", auth=("anna", "secret"))

    assert (answer.status_code, answer.json["code"]) == (401, "token.wrong")


def test_a_token_is_verified_once(app, browser):
    token = identity.access_token()
    ask(browser, token)

    app.extensions["identity"]._keys = identity.public_keys(identity.OTHER_KEY)

    assert ask(browser, token).status_code == 200


def test_a_remembered_token_still_expires(browser, monkeypatch):
    token = identity.access_token()
    ask(browser, token)

    monkeypatch.setattr("gateway.auth.bearer.time.time", lambda: 4_000_000_000)

    assert ask(browser, token).status_code == 401


def test_a_new_key_of_the_provider_is_fetched(app, browser):
    new = RSAKey.generate_key(2048, {"kid": "second", "use": "sig", "alg": "RS256"})
    keys = identity.public_keys(identity.KEY, new).as_dict()
    provider = app.extensions["identity"]
    provider._asked_at = -1000.0
    provider.client.fetch_jwk_set = lambda force: keys

    header = {"alg": "RS256", "kid": "second", "typ": "at+jwt"}
    answer = ask(browser, identity.access_token(key=new, header=header))

    assert answer.status_code == 200


def test_tokens_that_name_unknown_keys_cannot_make_us_ask_without_end(app, browser):
    asked = []
    provider = app.extensions["identity"]
    provider._asked_at = -1000.0
    provider.client.fetch_jwk_set = lambda force: (
        asked.append(force) or identity.public_keys().as_dict()
    )

    for n in range(5):
        header = {"alg": "RS256", "kid": f"unknown {n}", "typ": "at+jwt"}
        assert ask(browser, identity.access_token(header=header)).status_code == 401

    assert len(asked) == 1
