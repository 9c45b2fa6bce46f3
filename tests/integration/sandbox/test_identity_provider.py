"""The identity provider logs people in as SITHS does: by code, with PKCE, in a commission."""

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from sandbox.files import client_secret, free_port
from tests.fixtures.nodes import ROOT

PEOPLE = ROOT / "tests" / "fixtures" / "people.json"
PORTAL = "http://127.0.0.1:8000"
CALLBACK = f"{PORTAL}/login/callback"
ASA = "SE2321000131-E000000000001"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=")
REQUEST = {
    "response_type": "code",
    "client_id": "rampen-portal",
    "redirect_uri": CALLBACK,
    "scope": "openid profile email",
    "state": "a-state",
    "nonce": "a-nonce",
    "code_challenge": CHALLENGE.decode(),
    "code_challenge_method": "S256",
}


class Browser(httpx.Client):
    """A person's browser, before she is back at the portal."""

    def authorize(self, **parameters):
        return self.get("/authorize", params=REQUEST | parameters)

    def secret(self, client_id):
        return client_id, client_secret(self.folder, client_id)

    def redeem(self, code, **parameters):
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        form |= {"code_verifier": VERIFIER} | parameters
        return self.post("/token", data=form, auth=self.secret("rampen-portal"))

    def read(self, token):
        keys = KeySet.import_key_set(self.get("/jwks").json())
        return jwt.decode(token, keys, ["RS256"]).claims


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("identity")


@pytest.fixture(scope="module")
def arguments(folder):
    return ["--people", PEOPLE, "--folder", folder, "--portal", PORTAL]


@pytest.fixture(scope="module")
def provider(run_module, arguments):
    with run_module("sandbox.identity_provider", *arguments) as address:
        yield address


@pytest.fixture
def browser(provider, folder):
    with Browser(base_url=provider) as browser:
        browser.folder = folder
        yield browser


def answer(response):
    """What the portal is told in the address that the person is sent back to."""
    assert response.status_code == 302, response.text
    assert response.headers["location"].startswith(CALLBACK)
    return {
        key: values[0]
        for key, values in parse_qs(urlsplit(response.headers["location"]).query).items()
    }


def test_a_hint_logs_in_and_the_token_tells_the_commission(browser):
    told = answer(browser.authorize(login_hint=ASA))
    token = browser.redeem(told["code"]).json()
    claims = browser.read(token["id_token"])

    assert told["state"] == "a-state"
    assert abs(claims["auth_time"] - time.time()) < 10
    expected = {
        "iss": str(browser.base_url).rstrip("/"),
        "aud": "rampen-portal",
        "nonce": "a-nonce",
        "sub": ASA,
        "employeeHsaId": ASA,
        "name": "Åsa Öberg",
        "email": "asa.oberg@example.se",
        "role": "prescriber",
        "healthCareUnitHsaId": "SE2321000131-U000000000001",
        "healthCareProviderHsaId": "SE2321000131-G000000000001",
        "commissionHsaId": "SE2321000131-M000000000001",
        "acr": "http://id.sambi.se/loa/loa3",
    }
    assert expected.items() <= claims.items()


def test_the_page_offers_every_commission_and_one_click_logs_in(browser):
    page = browser.authorize()
    choice = {"login": f"{ASA}/SE2321000131-M000000000002"}
    told = answer(browser.post("/authorize", params=REQUEST, data=choice))
    claims = browser.read(browser.redeem(told["code"]).json()["id_token"])

    assert "Förskrivare" in page.text
    assert "Kostnadsansvarig" in page.text
    assert claims["role"] == "cost_responsible"


def test_who_is_logged_in_comes_back_without_a_page_unless_a_fresh_login_is_asked_for(browser):
    browser.authorize(login_hint=ASA)

    assert "code" in answer(browser.authorize())
    assert "code" in answer(browser.authorize(max_age="3600"))
    assert browser.authorize(prompt="login").status_code == 200  # the page
    assert browser.authorize(max_age="0").status_code == 200


def test_nobody_logged_in_and_no_page_wanted_is_an_answer(browser):
    assert answer(browser.authorize(prompt="none"))["error"] == "login_required"


def test_a_wrong_verifier_is_refused_and_spends_the_code(browser):
    code = answer(browser.authorize(login_hint=ASA))["code"]

    wrong = browser.redeem(code, code_verifier="w" * 43)
    right = browser.redeem(code)

    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")
    assert right.json()["error"] == "invalid_grant"


def test_a_code_is_worth_a_token_once(browser):
    code = answer(browser.authorize(login_hint=ASA))["code"]

    assert browser.redeem(code).is_success
    assert browser.redeem(code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("challenge", [{"code_challenge": ""}, {"code_challenge_method": "plain"}])
def test_pkce_with_s256_is_demanded(browser, challenge):
    assert answer(browser.authorize(login_hint=ASA, **challenge))["error"] == "invalid_request"


def test_no_one_is_sent_to_an_unknown_address(browser):
    response = browser.authorize(login_hint=ASA, redirect_uri="http://127.0.0.1:8000.example/")

    assert response.status_code == 400


def test_a_wrong_secret_is_refused(browser):
    form = {"grant_type": "client_credentials"}

    response = browser.post("/token", data=form, auth=("demo-operator", "wrong"))

    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


def test_a_machine_gets_a_token_of_its_own(browser):
    form = {"grant_type": "client_credentials", "scope": "rampen"}
    token = browser.post("/token", data=form, auth=browser.secret("demo-operator")).json()
    claims = browser.read(token["access_token"])

    expected = {"sub": "demo-operator", "client_id": "demo-operator", "aud": "rampen"}
    assert (expected | {"role": "operator"}).items() <= claims.items()


def test_userinfo_wants_a_person_s_token(browser):
    token = browser.redeem(answer(browser.authorize(login_hint=ASA))["code"]).json()
    bearer = {"Authorization": f"Bearer {token['access_token']}"}

    assert browser.get("/userinfo", headers=bearer).json()["name"] == "Åsa Öberg"
    assert browser.get("/userinfo").status_code == 401
    assert browser.get("/userinfo", headers={"Authorization": "Bearer x.y.z"}).status_code == 401


def test_logout_forgets_the_person_and_leads_back(browser):
    token = browser.redeem(answer(browser.authorize(login_hint=ASA))["code"]).json()
    logout = {"id_token_hint": token["id_token"], "post_logout_redirect_uri": f"{PORTAL}/"}

    response = browser.get("/end_session", params=logout)

    assert response.headers["location"] == f"{PORTAL}/"
    assert browser.authorize().status_code == 200  # the page


def test_keys_secrets_and_logins_outlive_a_restart(run_module, arguments, folder):
    port = free_port()
    with Browser(base_url=f"http://127.0.0.1:{port}") as browser:
        browser.folder = folder
        with run_module("sandbox.identity_provider", *arguments, port=port):
            token = browser.redeem(answer(browser.authorize(login_hint=ASA))["code"]).json()

        with run_module("sandbox.identity_provider", *arguments, port=port):
            assert browser.read(token["id_token"])["sub"] == ASA
            assert "code" in answer(browser.authorize())
