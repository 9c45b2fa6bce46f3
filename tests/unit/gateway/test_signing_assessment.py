"""What is said of a risk, and that nothing is said beforehand."""

import re

import pytest

from gateway.api.openapi import EXAMPLES
from tests.unit.gateway.conftest import OWN, URL, token_of

JOB = EXAMPLES["SigningJobView"]
PAGE = f"/signing/{JOB['job_id']}/assessment"
NEW = JOB | {"assessment": None, "assessment_version": None}
SAID = {
    "area_0": "Förflyttning",
    "description_0": "Plattan tar i tröskeln",
    "probability_0": "2",
    "severity_0": "3",
    "acceptable_0": "no",
    "conclusion": "not_acceptable",
}

pytestmark = pytest.mark.rule("U-11")


@pytest.fixture
def services(services):
    services.answers |= {"signing.get_signing_job": NEW, "signing.assess_risk": JOB}
    return services


@pytest.fixture
def page(browser, log_in, services):
    log_in()
    return lambda: browser.get(PAGE, base_url=URL, headers={"Accept": "text/html"}).text


@pytest.fixture
def send(browser, log_in, services):
    log_in()

    def send(**values):
        sent = token_of(browser) | values
        return browser.post(PAGE, data=sent, headers=OWN, base_url=URL)

    return send


def risks(services):
    return next(message for name, message, _ in services.asked if name == "signing.assess_risk")[
        "risks"
    ]


def test_of_a_new_assessment_nothing_is_chosen_beforehand(page):
    form = page()

    assert not re.findall(r"<(?:option|input)[^>]* (?:selected|checked)", form)


def test_an_assessment_is_changed_from_what_it_was(page, services):
    services.answers["signing.get_signing_job"] = JOB

    form = page()

    assert '<option value="2" selected>' in form
    assert re.search(r'name="acceptable_0" value="yes" checked', form)


@pytest.mark.parametrize(("said", "sent"), [("yes", True), ("no", False)])
def test_a_risk_is_acceptable_as_was_said(send, services, said, sent):
    assert send(**SAID | {"acceptable_0": said}).status_code == 303

    assert risks(services) == [
        {
            "area": "Förflyttning",
            "description": "Plattan tar i tröskeln",
            "probability": 2,
            "severity": 3,
            "acceptable": sent,
        }
    ]


@pytest.mark.parametrize("name", ["probability", "severity", "acceptable"])
def test_what_was_not_said_is_not_made_up(send, services, name):
    send(**SAID | {f"{name}_0": ""})

    assert name not in risks(services)[0]
