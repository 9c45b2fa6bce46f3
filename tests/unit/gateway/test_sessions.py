"""Login with OpenID Connect, and the session that it begins."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey

from tests.unit.gateway import identity
from tests.unit.gateway.conftest import OWN, URL, token_of


@pytest.fixture
def clock(app):
    """The clock of the sessions; `clock.now` can be set."""

    class Clock:
        now = 1_800_000_000.0

        def __call__(self):
            return self.now

    app.session_interface.clock = Clock()
    return app.session_interface.clock


def me(browser):
    return browser.get("/api/v1/me", base_url=URL)


def test_login_sends_to_the_provider_with_pkce_state_and_nonce(browser):
    answer = browser.get("/login", base_url=URL)

    sent = {name: value for name, (value,) in parse_qs(urlsplit(answer.location).query).items()}
    assert answer.location.startswith(f"{identity.ISSUER}/authorize?")
    assert sent["response_type"] == "code"
    assert sent["code_challenge_method"] == "S256"
    assert len(sent["code_challenge"]) == 43
    assert len(sent["state"]) >= 22  # 128 bits
    assert len(sent["nonce"]) >= 20
    assert sent["redirect_uri"] == f"{URL}/login/callback"


def test_a_login_begins_where_the_cookie_will_be(browser):
    answer = browser.get("/login", base_url="http://localhost:8000")

    assert answer.location == f"{URL}/login"


@pytest.mark.rule("P-7")
def test_a_login_with_siths_lets_in(browser, log_in):
    answer = log_in()

    assert (answer.status_code, answer.location) == (302, "/")
    assert me(browser).json == {
        "hsa_id": "SE2321009314-P000000000101",
        "name": "Anna Lindqvist",
        "role": "prescriber",
        "unit": "SE2321009314-E000000000001",
        "unit_name": "Habilitering Borås",
        "principal": "SE2321009314-E000000000000",
    }


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser, log_in):
    cookie = log_in().headers["Set-Cookie"]

    assert cookie.startswith("__Host-rampen=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_the_session_holds_the_actor_and_names_only(app, browser, log_in):
    log_in()

    with browser.session_transaction(base_url=URL) as session:
        assert set(session) == {"id", "person", "since", "seen"}
        assert set(session["person"]) == {"actor", "name", "unit_name"}


HOSTILE = {
    "another key": lambda nonce: identity.id_token(nonce, key=identity.OTHER_KEY),
    "no signature": lambda nonce: ".".join([*identity.id_token(nonce).split(".")[:2], ""]),
    "symmetric signature": lambda nonce: identity.id_token(
        nonce, key=OctKey.import_key("x" * 32), header={"alg": "HS256", "kid": "first"}
    ),
    "another issuer": lambda nonce: identity.id_token(nonce, iss="https://evil.example"),
    "another client": lambda nonce: identity.id_token(nonce, aud="another-client"),
    "no client": lambda nonce: identity.id_token(nonce, aud=None),
    "another nonce": lambda nonce: identity.id_token("replayed"),
    "no nonce": lambda nonce: identity.id_token(nonce, nonce=None),
    "expired": lambda nonce: identity.id_token(nonce, exp=1_700_000_000),
    "without end": lambda nonce: identity.id_token(nonce, exp=None),
    "issued tomorrow": lambda nonce: identity.id_token(nonce, iat=4_000_000_000, nbf=4_000_000_000),
    "nobody": lambda nonce: identity.id_token(nonce, sub=None),
    "no token at all": lambda nonce: "not a token",
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_id_token_lets_nobody_in(browser, log_in, make):
    answer = log_in(make)

    assert (answer.status_code, answer.json["code"]) == (401, "login.failed")
    assert me(browser).status_code == 401


@pytest.mark.rule("P-7")
@pytest.mark.parametrize("acr", ["http://id.sambi.se/loa/loa2", None, "loa3", ["x"]])
def test_a_login_of_too_low_assurance_is_refused(browser, log_in, acr):
    answer = log_in(lambda nonce: identity.id_token(nonce, acr=acr))

    assert answer.json["code"] == "login.assurance_too_low"
    assert me(browser).status_code == 401


@pytest.mark.parametrize("claim", ["employeeHsaId", "role", "healthCareUnitHsaId"])
def test_a_login_without_commission_is_refused(browser, log_in, claim):
    answer = log_in(lambda nonce: identity.id_token(nonce, **{claim: None}))

    assert answer.json["code"] == "login.commission_missing"


def test_a_callback_with_another_state_is_refused(browser):
    browser.get("/login", base_url=URL)

    answer = browser.get("/login/callback?code=one&state=forged", base_url=URL)

    assert answer.json["code"] == "login.failed"


def test_a_login_that_the_provider_refused_ends_with_a_page_that_says_so(browser):
    answer = browser.get(
        "/login/callback?error=access_denied", base_url=URL, headers={"Accept": "text/html"}
    )

    assert answer.status_code == 401
    assert "Inloggningen gick inte att slutföra." in answer.text


def test_a_session_ends_when_nothing_is_asked_for_long(browser, log_in, clock, settings):
    log_in()

    clock.now += settings.session_idle.total_seconds() + 1

    assert me(browser).status_code == 401


def test_a_session_lives_on_while_it_is_used(browser, log_in, clock, settings):
    log_in()

    for _ in range(4):
        clock.now += settings.session_idle.total_seconds() * 0.9
        assert me(browser).status_code == 200


def test_a_session_ends_at_last_however_much_it_is_used(browser, log_in, clock, settings):
    log_in()

    steps = settings.session_lifetime // timedelta(minutes=20)
    for _ in range(steps):
        clock.now += timedelta(minutes=20).total_seconds()
        assert me(browser).status_code == 200
    clock.now += timedelta(minutes=20).total_seconds()

    assert me(browser).status_code == 401


def test_a_changed_cookie_is_worth_nothing(browser, log_in):
    log_in()
    cookie = browser.get_cookie("__Host-rampen", "rampen.example.se")

    browser.set_cookie(
        "__Host-rampen", f"{cookie.value[:-3]}abc", domain="rampen.example.se", secure=True
    )

    assert me(browser).status_code == 401


def test_logging_out_ends_the_session_here_and_at_the_provider(browser, log_in):
    log_in()

    answer = browser.post("/logout", headers=OWN, data=token_of(browser), base_url=URL)

    assert answer.status_code == 303
    assert answer.location.startswith(f"{identity.ISSUER}/end_session?client_id=rampen-portal")
    assert me(browser).status_code == 401


def test_logging_out_takes_a_form_of_this_session(browser, log_in):
    log_in()

    answer = browser.post("/logout", headers=OWN, data={"csrf_token": "made up"}, base_url=URL)

    assert answer.json["code"] == "request.form_expired"
    assert me(browser).status_code == 200


def test_no_other_site_can_log_one_out(browser, log_in):
    log_in()

    browser.post("/logout", headers={"Sec-Fetch-Site": "cross-site"}, base_url=URL)

    assert me(browser).status_code == 200


def test_too_many_logins_from_one_address_must_wait(browser):
    answers = [browser.get("/login", base_url=URL) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert answers[-1].json["code"] == "login.too_many"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
