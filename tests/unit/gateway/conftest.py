"""The gateway with services and identity provider in memory."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from limits import parse

from gateway.app import create_app
from gateway.settings import Identity, Settings
from tests.unit.gateway import identity
from tests.unit.gateway.services import InMemoryServices

URL = "https://rampen.example.se"
OWN = {"Sec-Fetch-Site": "same-origin"}  # what a browser says of our own pages


def token_of(browser):
    """What a form of the browser's session carries."""
    page = browser.get("/", base_url=URL, headers={"Accept": "text/html"}).text
    return {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page)[1]}


@pytest.fixture
def settings():
    return Settings(
        public_url=URL,
        session_secret="a secret that only tests may know",
        identity=Identity(identity.ISSUER, identity.CLIENT, "secret"),
        login_rate=parse("3/minute"),
    )


@pytest.fixture
def services():
    return InMemoryServices()


@pytest.fixture
def app(settings, services):
    app = create_app(settings, services)
    app.testing = False  # errors are answered, not raised
    identity.introduce(app)
    return app


@pytest.fixture
def browser(app):
    """A browser without a login."""
    return app.test_client()


@pytest.fixture
def program(app):
    """A program with Anna's access token."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {identity.access_token()}"
    return client


@pytest.fixture
def log_in(app, browser):
    """Log the browser in, with an ID token made by `make` from the nonce that was sent."""

    def log_in(make=identity.id_token, address="/login"):
        sent = parse_qs(urlsplit(browser.get(address, base_url=URL).location).query)
        token = {"id_token": make(sent["nonce"][0]), "access_token": "unused"}
        app.extensions["identity"].client.fetch_access_token = lambda **_: token
        answer = {"code": "one", "state": sent["state"][0]}
        return browser.get("/login/callback", query_string=answer, base_url=URL)

    return log_in


@pytest.fixture
def order():
    """What to send to place an order."""
    return {
        "customer_number": "104512",
        "recipient": {"kind": "unit"},
        "lines": [{"article_number": "SE-1042", "quantity": 2}],
    }


@pytest.fixture
def placed(program, order):
    """An order that has been placed."""
    return program.post("/api/v1/orders", json=order, headers={"Idempotency-Key": "first"}).json
