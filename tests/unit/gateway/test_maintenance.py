"""The page of a work order: each form stands for itself; an adaptation leads to what to build."""

import pytest

from contracts.errors.maintenance import TIME_IN_FUTURE
from gateway.api.openapi import EXAMPLES
from tests.unit.gateway import identity
from tests.unit.gateway.conftest import OWN, URL, token_of

ORDER = EXAMPLES["MaintenanceOrderView"]
PAGE = f"/maintenance/{ORDER['work_order_number']}"
LATER = "2126-05-21T13:30"
ADAPTATION = EXAMPLES["AdaptationView"]


@pytest.fixture
def services(services):
    services.answers |= {
        "maintenance.get_maintenance_order": ORDER,
        "ordering.find_names": {"names": {}},
        "ordering.get_adaptation": ADAPTATION,
        "signing.list_signing_cases": EXAMPLES["SigningCasePage"],
        "signing.list_signing_jobs": EXAMPLES["SigningJobSummaryPage"],
    }
    return services


@pytest.fixture
def technician(browser, log_in, services):
    log_in(lambda nonce: identity.id_token(nonce, role="technician"))
    return browser


def send(browser, what, **values):
    sent = token_of(browser) | values
    return browser.post(f"{PAGE}/{what}", data=sent, headers=OWN, base_url=URL)


def look(browser, address=PAGE):
    return browser.get(address, base_url=URL, headers={"Accept": "text/html"}).text


def form_of(page, what):
    """The part of the page with the form that is sent to say that."""
    start = page.index(f'action="{PAGE}/{what}"')
    before = page.rindex('class="card"', 0, start)
    return page[before : page.index("</form>", start)]


def test_a_refused_pause_stays_a_pause(technician, services):
    services.failing["maintenance.pause_work"] = TIME_IN_FUTURE()

    page = send(technician, "pause", at=LATER, cause="spare_part").text

    pause, completion = form_of(page, "pause"), form_of(page, "completion")
    assert 'id="error-at-pause"' in pause
    assert "<details open>" in pause
    assert f'value="{LATER}"' in pause
    assert LATER not in completion
    assert "wrong" not in completion
    assert "open" not in completion[: completion.index("<summary>")]
    assert 'href="#field-at-pause"' in page


def test_a_refused_completion_stays_unfolded(technician, services):
    services.failing["maintenance.finish_work"] = TIME_IN_FUTURE()

    page = send(technician, "completion", at=LATER).text

    completion = form_of(page, "completion")
    assert " open" in completion[: completion.index("<summary>")]
    assert f'value="{LATER}"' in completion
    assert LATER not in form_of(page, "pause")


def test_nobody_has_chosen_a_cause_until_she_does(technician):
    page = look(technician)

    for what in ("pause", "cancellation"):
        form = form_of(page, what)
        assert '<option value="">Välj orsak</option>' in form
        assert "selected" not in form


def test_no_two_parts_of_the_page_have_the_same_id(technician):
    ids = [one.partition('"')[0] for one in look(technician).split(' id="')[1:]]

    assert len(ids) == len(set(ids))


@pytest.mark.rule("U-10")
def test_an_adaptations_work_order_leads_to_what_is_to_be_built(technician, services):
    adaptation = f"/adaptations/{ADAPTATION['adaptation_id']}"
    services.answers["maintenance.get_maintenance_order"] = ORDER | {
        "kind": "adaptation",
        "adaptation_id": ADAPTATION["adaptation_id"],
        "contacts": [],
        "address": "",
    }

    order, page = look(technician), look(technician, adaptation)

    assert f'href="{adaptation}"' in order
    assert "<dt>Kontakt</dt>" not in order
    assert "<dt>Adress</dt>" not in order
    assert ADAPTATION["instruction"] in page
    assert ADAPTATION["risks"][0]["measure"] in page
    assert f'href="/signing/cases/{ADAPTATION["adaptation_id"]}/document"' in page


@pytest.mark.rule("U-10")
def test_a_prescriber_reads_her_instruction_and_sends_no_document(browser, log_in, services):
    log_in()

    page = look(browser, f"/adaptations/{ADAPTATION['adaptation_id']}")

    assert ADAPTATION["instruction"] in page
    assert "/document" not in page
    assert [name for name, _, _ in services.asked if name.startswith("signing.")] == [
        "signing.list_signing_jobs"
    ]
