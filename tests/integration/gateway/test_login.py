"""Login of people and programs, at the sandbox's identity provider."""

import re

import httpx
import pytest

from tests.fixtures.processes import wait_until

ANNA = "SE2321009314-P000000000101"
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser(site):
    with httpx.Client(base_url=site.url, follow_redirects=True, timeout=30) as browser:
        yield browser


def log_in(site, browser):
    """Choose Anna on the provider's page."""
    page = browser.get("/login")
    assert str(page.url).startswith(f"{site.issuer}/authorize")
    commission = f"{ANNA}/SE2321009314-U000000000001"
    return browser.post(str(page.url), data={"login": commission})


def test_a_prescriber_logs_in_and_sees_her_page(site, browser):
    page = log_in(site, browser)

    assert str(page.url) == f"{site.url}/"
    assert "Anna Lindqvist" in page.text
    assert "Habilitering Borås" in page.text
    assert browser.get("/api/v1/me").json()["hsa_id"] == ANNA


def test_a_part_of_her_page_that_does_not_answer_spoils_no_other(site, browser):
    page = log_in(site, browser)

    assert "Enheten har inga öppna beställningar." in page.text
    assert "En del av systemet svarar inte just nu." in page.text  # nobody hosts booking here


def test_she_logs_out_here_and_at_the_provider(site, browser):
    page = log_in(site, browser)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]

    browser.post("/logout", headers=OWN, data={"csrf_token": token})

    assert browser.get("/api/v1/me").status_code == 401
    assert str(browser.get("/login").url).startswith(site.issuer)  # she is asked again


def test_who_has_logged_out_is_out_at_every_gateway_also_one_started_later(site, browser):
    page = log_in(site, browser)
    copied = {"Cookie": "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)}
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    with site.another() as other:
        assert other.get("/api/v1/me", headers=copied).status_code == 200

        browser.post("/logout", headers=OWN, data={"csrf_token": token})

        wait_until(
            lambda: other.get("/api/v1/me", headers=copied).status_code == 401,
            lambda: "the other gateway knows that the session has ended",
        )
    with site.another() as later:
        assert later.get("/api/v1/me", headers=copied).status_code == 401


def test_a_program_brings_a_token(program):
    answer = program.get("/api/v1/me").json()

    assert (answer["hsa_id"], answer["role"]) == ("demo-journal", "orderer")


def test_without_either_nothing_is_shown(browser):
    assert browser.get("/api/v1/me").status_code == 401
