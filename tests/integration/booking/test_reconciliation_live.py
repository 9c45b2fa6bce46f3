"""Ordering and booking as they run, asked by an operator."""

from dataclasses import replace

import pytest

from chassis.context import Context
from contracts.errors import Forbidden
from tests.fixtures.processes import wait_until
from tests.integration.ordering.conftest import made
from tests.unit.booking.world import PRESCRIBER
from tests.unit.ordering.asks import consultation_message
from tests.unit.ordering.world import ANNA

OPERATOR = replace(PRESCRIBER, role="operator")


@pytest.fixture
def ordering(database_url, lone, processes):
    """Ordering beside booking; no relay tells the one of the other."""
    with made(database_url) as ordering:
        process = processes(
            "-c",
            "from chassis.cli import main; main()",
            "serve",
            "ordering",
            AMQP_URI=lone.amqp_uri,
            ORDERING_DATABASE_URL=ordering.url,
        )
        process.start()
        yield ordering


@pytest.mark.rule("B-16")
def test_an_operator_finds_a_work_order_that_booking_never_heard_of(lone, ordering):
    registered = lone.rpc.call(
        "ordering", "register_consultation", consultation_message(), Context(ANNA)
    )
    lone.start(RECONCILIATION_GRACE="1", SWEEP_EVERY="1")
    number = registered["work_order_number"]

    run = lone.command("start_reconciliation", OPERATOR, timeout=60)
    run_id = run["reconciliation_id"]
    wait_until(
        lambda: (
            lone.call("get_reconciliation", OPERATOR, reconciliation_id=run_id)["state"] == "done"
        ),
        "both looks are done",
        timeout=120,
    )

    (found,) = lone.call("list_differences", OPERATOR)["items"]
    assert (found["kind"], found["work_order_number"]) == ("unknown_to_booking", number)
    assert found["ordering_says"] == "open"
    assert [
        one["reconciliation_id"] for one in lone.call("list_reconciliations", OPERATOR)["items"]
    ] == [run_id]
    with pytest.raises(Forbidden):
        lone.command("start_reconciliation")
