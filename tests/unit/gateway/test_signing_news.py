"""The page of a signing job tells what has happened since it was shown."""

import re
from html import unescape

import pytest

from gateway.api.openapi import EXAMPLES
from tests.unit.gateway.conftest import URL

JOB = EXAMPLES["SigningJobView"]
PAGE = f"/signing/{JOB['job_id']}"
ASKED = re.compile(r'hx-get="([^"]+/news[^"]+)"')


@pytest.fixture
def signing(services):
    """Signing with one job; what is listed can be changed."""
    services.answers |= {"signing.get_signing_job": JOB, "ordering.find_names": {"names": {}}}

    def becomes(**changed):
        listed = EXAMPLES["SigningJobSummaryPage"]["items"][0] | changed
        services.answers["signing.list_signing_jobs"] = {"items": [listed], "more": False}

    services.becomes = becomes
    becomes()
    return services


@pytest.fixture
def get(browser, log_in, signing):
    log_in()
    return lambda address: browser.get(address, base_url=URL, headers={"Accept": "text/html"})


def asks(page):
    """The address where a page asks for news."""
    return unescape(ASKED.search(page)[1])


def test_nothing_is_shown_while_nothing_has_happened(get):
    answer = get(asks(get(PAGE).text))

    assert (answer.status_code, answer.text) == (204, "")


def test_a_signature_is_told_and_the_next_waited_for(get, signing):
    address = asks(get(PAGE).text)
    signing.becomes(signatures=1, wanted=2)

    told = get(address).text

    assert "1 av 2 underskrifter" in told
    assert f'href="{PAGE}"' in told
    assert get(asks(told)).status_code == 204


def test_an_assessment_is_told_to_who_waits_for_it(get, signing):
    signing.answers["signing.get_signing_job"] = JOB | {
        "assessment": None,
        "assessment_version": None,
    }

    told = get(asks(get(PAGE).text)).text

    assert "riskbedömning version 1" in told


def test_the_end_of_a_job_is_told_and_no_more_waited_for(get, signing):
    address = asks(get(PAGE).text)
    signing.becomes(state="declined")

    told = get(address).text

    assert "<strong>Avböjd</strong>" in told
    assert not ASKED.search(told)


def test_a_job_that_has_ended_waits_for_no_news(get, signing):
    signing.answers["signing.get_signing_job"] = JOB | {"state": "signed"}

    assert not ASKED.search(get(PAGE).text)


def test_to_ask_for_news_is_no_look_at_the_job(get, signing):
    address = asks(get(PAGE).text)
    signing.asked.clear()

    get(address)

    assert [name for name, _, _ in signing.asked] == ["signing.list_signing_jobs"]


def test_there_is_no_news_of_a_job_that_is_not_listed(get, signing):
    address = asks(get(PAGE).text)
    signing.answers["signing.list_signing_jobs"] = {"items": [], "more": False}

    assert get(address).status_code == 404
