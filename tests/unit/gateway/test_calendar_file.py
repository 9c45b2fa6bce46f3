"""A consultant's calendar at its secret address."""

import hashlib

import pytest

SECRET = "Qm9rbmluZ2Fya2FsZW5kZXJuc2hlbWxpZ2FhZHJlc3M"
ADDRESS = f"/calendars/{SECRET}.ics"
TEXT = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def asked(services, monkeypatch):
    """What the service is asked; it knows the one address."""
    seen = []

    def get_calendar(message):
        seen.append(message)
        return {"text": TEXT}

    monkeypatch.setattr(services, "_get_calendar", get_calendar, raising=False)
    return seen


@pytest.mark.rule("B-16")
def test_a_calendar_program_needs_no_login(app, asked):
    answer = app.test_client().get(ADDRESS)

    assert (answer.status_code, answer.text) == (200, TEXT)
    assert answer.content_type == "text/calendar; charset=utf-8"


@pytest.mark.rule("B-16")
def test_the_secret_goes_no_further_than_the_gateway(app, asked, capfd):
    app.test_client().get(ADDRESS)

    assert asked == [{"secret_hash": hashlib.sha256(SECRET.encode()).hexdigest()}]
    captured = capfd.readouterr()
    assert SECRET not in captured.err + captured.out


def test_a_calendar_that_has_not_changed_is_not_sent_again(app, asked):
    browser = app.test_client()
    etag = browser.get(ADDRESS).headers["ETag"]

    answer = browser.get(ADDRESS, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.text) == (304, "")


@pytest.mark.parametrize("secret", ["x", SECRET[:-1], SECRET + "A", SECRET[:-1] + "%2e"])
def test_what_is_no_secret_address_is_not_even_asked_for(app, asked, secret):
    assert app.test_client().get(f"/calendars/{secret}.ics").status_code == 404
    assert asked == []
