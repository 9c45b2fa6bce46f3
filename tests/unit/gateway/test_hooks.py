"""What every request and answer carries, and what is logged of it."""

import json
import logging

import pytest

from gateway.hooks import HEADER
from tests.unit.gateway.conftest import URL


@pytest.fixture
def lines(capsys, caplog):
    """The lines of the access log."""
    caplog.set_level(logging.INFO, "gateway.access")
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_well_formed_request_id_is_kept(browser):
    answer = browser.get("/healthz", headers={HEADER: "4bf92f3577b34da6"})

    assert answer.headers[HEADER] == "4bf92f3577b34da6"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space in it", "{jndi:ldap://x}"])
def test_any_other_request_id_is_replaced(browser, given):
    answer = browser.get("/healthz", headers={HEADER: given})

    assert len(answer.headers[HEADER]) == 36


def test_a_service_is_told_the_request_id(program, services):
    answer = program.get("/api/v1/orders")

    assert services.asked[-1][2].request_id == answer.headers[HEADER]


def test_a_request_leaves_one_line_without_personal_data(program, lines):
    answer = program.get("/api/v1/articles?search=191212121212")

    (line,) = lines()
    assert line["message"] == "GET /api/v1/articles 200"
    assert line["status"] == 200
    assert line["request_id"] == answer.headers[HEADER]
    assert line["duration_ms"] >= 0
    assert len(line["actor"]) == 16
    assert "1912" not in json.dumps(line)
    assert "SE2321" not in json.dumps(line)


def test_the_same_person_has_the_same_pseudonym(program, lines):
    program.get("/api/v1/orders")
    program.get("/api/v1/me")

    first, second = lines()
    assert first["actor"] == second["actor"]


@pytest.mark.parametrize("address", ["/", "/api/v1/me", "/nothing", "/api/docs", "/healthz"])
def test_every_answer_is_guarded_against_misuse_in_a_browser(browser, address):
    headers = browser.get(address, base_url=URL).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Cache-Control"] == "no-store"


def test_style_may_be_kept(browser):
    answer = browser.get("/static/rampen.css")

    assert answer.headers.getlist("Cache-Control") == ["public, max-age=3600"]
    answer.close()


def test_files_beside_the_style_are_not_served(browser):
    assert browser.get("/static/../templates/base.html").status_code == 404
    assert browser.get("/static/%2e%2e/front.py").status_code == 404


def test_probes_tell_what_is_missing(app, browser):
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").json == {"missing": []}

    app.extensions["identity"].client.server_metadata.clear()
    app.extensions["identity"].client._server_metadata_url = "http://127.0.0.1:9/nothing"
    answer = browser.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"missing": ["identity"]})


def test_an_identity_provider_that_is_another_issuer_is_not_used(app, browser):
    client = app.extensions["identity"].client
    client.server_metadata.clear()
    client.load_server_metadata = lambda: {"issuer": "https://evil.example"}

    answer = browser.get("/login", base_url=URL)

    assert (answer.status_code, answer.json["code"]) == (503, "service.unavailable")


def test_metrics_are_not_on_the_gateways_own_port(browser):
    assert browser.get("/metrics").status_code == 404
