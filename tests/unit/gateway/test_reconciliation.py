"""The operator's page about what differs between ordering, booking and the scheduler."""

from functools import partial

import pytest

from contracts import booking_reconciliation as contracts
from contracts.errors.booking_reconciliation import RECONCILIATION_GOES_ON
from contracts.errors.common import DEADLINE_PASSED
from gateway.api.openapi import EXAMPLES
from gateway.web import codes
from gateway.web.reconciliation import STEPS, said_by
from tests.unit.gateway import identity
from tests.unit.gateway.conftest import OWN, URL, token_of

PAGE = {"Accept": "text/html"}
RUN = EXAMPLES["ReconciliationView"]
MOVED = EXAMPLES["DifferenceViewPage"]["items"][0]
pytestmark = pytest.mark.rule("B-16")


@pytest.fixture
def compared(services, monkeypatch):
    """Services that know one run and one difference; the questions are held against contracts."""
    services.runs, services.differences = [RUN], [MOVED]
    answers = {
        "list_reconciliations": (contracts.ListReconciliations, lambda: services.runs),
        "list_differences": (contracts.ListDifferences, lambda: services.differences),
    }

    def answer(contract, rows, message):
        contract.read(message)
        return {"items": rows(), "more": False}

    for name, (contract, rows) in answers.items():
        monkeypatch.setattr(services, f"_{name}", partial(answer, contract, rows), raising=False)

    def start(message):
        contracts.StartReconciliation.read(message)
        return RUN

    monkeypatch.setattr(services, "_start_reconciliation", start, raising=False)
    return services


@pytest.fixture
def operator(browser, log_in):
    log_in(partial(identity.id_token, role="operator"))
    return browser


def page(client, address="/reconciliations"):
    return client.get(address, base_url=URL, headers=PAGE)


def asked(services, method):
    return [message for name, message, _ in services.asked if name == f"booking.{method}"]


def test_an_operator_sees_the_runs_and_what_differs_in_words(compared, operator):
    text = page(operator).text

    assert "2026-11-24 03:00" in text
    assert "1840" in text
    assert codes.DIFFERENCE_MEANINGS["moved_in_scheduler"] in text
    assert "Arbetsorder 20000417" in text
    assert "Bokad, 2026-11-26 09:00, Borås" in text
    assert "Bokad, 2026-11-26 10:00, Borås" in text
    assert "Behöver dig" in text


def test_who_is_to_come_is_left_out(compared, operator):
    assert "Maria Ek" not in page(operator).text


def test_a_move_that_shows_in_neither_time_nor_place_says_what_it_may_be(compared, operator):
    compared.differences = [MOVED | {"scheduler_says": MOVED["booking_says"]}]

    assert "Konsulenten eller längden skiljer." in page(operator).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "ingenting"),
        ("closed not_booked", "Stängd, Ingen tid bokades i tid"),
        ("booked 2026-11-26T08:00:00+00:00", "Bokad, 2026-11-26 09:00"),
        ("held, 2026-07-26T08:00:00+00:00, Borås, Maria Ek", "Genomförd, 2026-07-26 10:00, Borås"),
    ],
)
def test_what_each_says_is_told_in_words(app, text, told):
    with app.test_request_context():
        assert said_by(text) == told


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "Behöver dig"),
        ({"repaired_at": "2026-11-24T02:02:29+00:00"}, "Åtgärdad, ses efter"),
        ({"gone_at": "2026-11-24T02:02:29+00:00"}, "Stämmer nu"),
    ],
)
def test_each_difference_says_whether_somebody_is_needed(compared, operator, changes, status):
    compared.differences = [MOVED | changes]

    assert f">{status}</span>" in page(operator).text


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_goes_on_says_how_far_it_has_come(compared, operator, step):
    state, stage = step.split(" ")
    compared.runs = [RUN | {"state": state, "stage": stage, "finished_at": None}]

    text = page(operator).text

    assert codes.RECONCILING[step] in text
    assert 'hx-get="/reconciliations"' in text


def test_a_run_that_waits_for_somebody_says_so(compared, operator):
    going = {"state": "first_look", "stage": "ordering", "finished_at": None}
    compared.runs = [RUN | going | {"trouble": "SchedulerUnavailable"}]

    assert "(SchedulerUnavailable)" in page(operator).text


def test_the_address_chooses_kind_state_and_page(compared, operator):
    text = page(operator, "/reconciliations?kind=only_in_scheduler&state=all&page=2").text

    wanted = {"kind": "only_in_scheduler", "state": "all", "page": "2"}
    assert {
        name: str(value) for name, value in asked(compared, "list_differences")[-1].items()
    } == (wanted)
    assert "Sida 2" in text


def test_one_is_started_by_a_press(compared, operator):
    data = {**token_of(operator), "key": "one"}

    answer = operator.post("/reconciliations", data=data, base_url=URL, headers=OWN | PAGE)

    assert (answer.status_code, answer.location) == (303, "/reconciliations")
    assert len(asked(compared, "start_reconciliation")) == 1
    assert "Avstämningen är beställd" in page(operator).text


def test_a_start_that_is_refused_says_why(compared, operator):
    compared.failing["booking.start_reconciliation"] = DEADLINE_PASSED()
    data = {**token_of(operator), "key": "one"}

    answer = operator.post("/reconciliations", data=data, base_url=URL, headers=OWN | PAGE)

    assert answer.status_code == 504
    assert "Svaret kom inte i tid." in answer.text


def test_while_one_goes_on_another_is_not_started_and_the_page_says_what_to_do(compared, operator):
    compared.failing["booking.start_reconciliation"] = RECONCILIATION_GOES_ON()
    data = {**token_of(operator), "key": "one"}

    answer = operator.post("/reconciliations", data=data, base_url=URL, headers=OWN | PAGE)

    assert answer.status_code == 409
    assert "En avstämning pågår redan" in answer.text
    assert "Följ den tills den är klar." in answer.text


def test_the_differences_are_shown_where_the_runs_are_not_known(compared, operator):
    compared.failing["booking.list_reconciliations"] = DEADLINE_PASSED()

    answer = page(operator)

    assert answer.status_code == 200
    assert "Svaret kom inte i tid." in answer.text
    assert "Arbetsorder 20000417" in answer.text


def test_all_runs_come_a_page_at_a_time(compared, operator):
    text = page(operator, "/reconciliations/runs?page=3").text

    assert [str(one["page"]) for one in asked(compared, "list_reconciliations")] == ["3"]
    assert "Sida 3" in text


@pytest.mark.rule("P-2")
@pytest.mark.parametrize("address", ["/reconciliations", "/reconciliations/runs"])
def test_nobody_but_an_operator_sees_the_pages(compared, browser, log_in, address):
    log_in()

    assert page(browser, address).status_code == 403
    assert compared.asked == []


def test_every_kind_has_its_sentences():
    kinds = set(contracts.KINDS)

    assert kinds == set(codes.DIFFERENCES)
    assert kinds == set(codes.DIFFERENCE_MEANINGS) == set(codes.DIFFERENCE_REMEDIES)
