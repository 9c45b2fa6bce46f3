"""Sessions that were ended before their time."""

from datetime import timedelta

from gateway.auth.endings import Endings
from tests.unit.gateway.conftest import OWN, URL, token_of


def test_an_ended_session_is_remembered_as_long_as_it_might_have_lasted():
    now = 1_000.0
    endings = Endings(timedelta(hours=8), clock=lambda: now)

    endings.end("first")
    now += 8 * 3600 + 1
    endings.end("second")

    assert not endings.has("first")
    assert endings.has("second")


def test_a_copied_cookie_is_worth_nothing_after_logging_out(app, browser, log_in):
    log_in()
    copy = browser.get_cookie("__Host-rampen", "rampen.example.se").value
    thief = app.test_client()
    thief.set_cookie("__Host-rampen", copy, domain="rampen.example.se", secure=True)
    assert thief.get("/api/v1/me", base_url=URL).status_code == 200

    browser.post("/logout", headers=OWN, data=token_of(browser), base_url=URL)

    assert thief.get("/api/v1/me", base_url=URL).status_code == 401
