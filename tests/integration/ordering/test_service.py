"""The service as it runs: over the broker, on the database, with its relay."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, text

from chassis.context import Context
from chassis.relay import Relay
from chassis.rpc_client import RemoteFailure, RpcClient
from chassis.tables import outbox
from contracts.booking import ActivityBookedV1, ActivityClosedV1
from contracts.errors import ContractError
from tests.fixtures.processes import Process, wait_until
from tests.integration.ordering.conftest import made
from tests.unit.ordering.asks import (
    TO_PATIENT,
    TO_UNIT,
    consultation_message,
    order_message,
    refused,
)
from tests.unit.ordering.world import (
    ANNA,
    BOOKING,
    HMC_NUMBER,
    SKOVDE_NUMBER,
    STRANGER,
    TOLVAN,
)

FORGET = "TRUNCATE orders, order_lines, work_orders, access_log, outbox, inbox, commands"


class Service:
    """Ordering as its callers see it."""

    def __init__(self, ordering, rpc, process):
        self.ordering, self.rpc, self.process = ordering, rpc, process

    def call(self, method, actor=ANNA, **message):
        return self.rpc.call("ordering", method, message, Context(actor))

    def orders(self):
        return self.call("list_orders")["items"]

    def told(self, contract, **event):
        """Tell an event as booking would: it is in an outbox, and a relay publishes it."""
        row = {
            "event_type": contract.event_type,
            "data": contract.write(event),
            "headers": Context(BOOKING).told(),
        }
        with self.ordering.engine.begin() as connection:
            connection.execute(insert(outbox).values(row))


@pytest.fixture(scope="module")
def running(database_url, module_vhost, tmp_path_factory):
    """One service process for the tests of this module."""
    with made(database_url) as ordering:
        process = Process(
            "-m", "chassis.cli", "serve", "ordering", folder=tmp_path_factory.mktemp("ordering"),
            AMQP_URI=module_vhost.uri, ORDERING_DATABASE_URL=ordering.url,
        )  # fmt: skip
        process.start()
        rpc = RpcClient(module_vhost.uri)
        rpc.start()
        wait_until(rpc.link.up.is_set, "the RPC client is connected")
        yield Service(ordering, rpc, process)
        rpc.stop()
        process.kill()


@pytest.fixture
def service(running):
    yield running
    with running.ordering.engine.begin() as connection:
        connection.execute(text("ALTER TABLE access_log DISABLE TRIGGER USER"))
        connection.execute(text(FORGET))
        connection.execute(text("ALTER TABLE access_log ENABLE TRIGGER USER"))


@pytest.fixture
def relay(running, module_vhost):
    """A relay of what stands in the outbox."""
    relay = Relay("booking", running.ordering.engine, module_vhost.uri)
    relay.start()
    yield relay
    relay.stop()


def test_an_order_is_placed_seen_and_taken_back(service):
    placed = service.call("place_order", **order_message(recipient=TO_PATIENT))

    seen = service.call("get_order", order_id=placed["order_id"])
    cancelled = service.call("cancel_order", command_id=str(uuid4()), order_id=placed["order_id"])

    assert seen["recipient"]["patient_name"] == "Tolvan Tolvansson"
    assert [line["quantity"] for line in seen["lines"]] == [2, 1]
    assert cancelled == placed | {"state": "cancelled"}
    assert [order["state"] for order in service.orders()] == ["cancelled"]


def test_the_same_command_again_is_one_order_and_the_same_answer(service):
    message = order_message()

    answers = [service.call("place_order", **message) for _ in range(3)]

    assert answers[1:] == answers[:1] * 2
    assert len(service.orders()) == 1
    assert len(service.ordering.told()) == 1


def test_the_same_command_ten_times_at_once_is_one_order(service):
    message = order_message(recipient=TO_PATIENT)

    with ThreadPoolExecutor(10) as callers:
        answers = list(callers.map(lambda _: service.call("place_order", **message), range(10)))

    assert answers == answers[:1] * 10
    assert len(service.orders()) == 1
    assert len(service.ordering.told()) == 1
    assert [entry[0] for entry in service.ordering.logged()] == ["order.placed"]


def test_a_key_that_was_used_for_another_order_is_refused(service):
    message = order_message()
    service.call("place_order", **message)

    with refused("command.key_reused"):
        service.call("place_order", **message | {"reference": "another"})
    with refused("command.key_reused"):
        service.call("place_order", STRANGER, **message | {"customer_number": SKOVDE_NUMBER})
    assert len(service.orders()) == 1


def test_an_order_that_was_refused_may_be_sent_again_with_the_same_key(service):
    message = order_message(lines=[{"article_number": "20103", "quantity": 1}])
    with refused("ordering.article.ended", article_number="20103"):
        service.call("place_order", **message)
    with service.ordering.engine.begin() as connection:
        connection.execute(text("UPDATE articles SET status = 'active' WHERE number = '20103'"))

    assert service.call("place_order", **message)["state"] == "placed"
    with service.ordering.engine.begin() as connection:
        connection.execute(text("UPDATE articles SET status = 'ended' WHERE number = '20103'"))


def test_orders_at_once_take_numbers_of_their_own(service):
    with ThreadPoolExecutor(10) as callers:
        placed = list(
            callers.map(lambda _: service.call("place_order", **order_message()), range(30))
        )

    assert len({answer["order_number"] for answer in placed}) == 30


def test_an_order_taken_back_by_two_at_once_is_taken_back_once(service):
    order_id = service.call("place_order", **order_message())["order_id"]

    def cancel(_):
        try:
            return service.call("cancel_order", command_id=str(uuid4()), order_id=order_id)["state"]
        except ContractError as refusal:
            return refusal.code

    with ThreadPoolExecutor(5) as callers:
        outcomes = sorted(callers.map(cancel, range(5)))

    assert outcomes == ["cancelled", *["ordering.order.state"] * 4]
    assert len(service.ordering.told()) == 2


@pytest.mark.rule("B-4")
@pytest.mark.rule("A-7")
def test_who_is_acute_is_told_where_to_ring(service):
    with refused(
        "ordering.consultation.acute",
        telephone="031-390 06 00",
        opening_hours="08:00–12:00 och 13:00–16:30",
    ):
        service.call("register_consultation", **consultation_message(acute=True))


@pytest.mark.rule("B-5")
@pytest.mark.rule("B-6")
def test_a_work_order_follows_what_booking_tells(service, relay):
    opened = service.call("register_consultation", **consultation_message())
    now = datetime.now(UTC)
    facts = {key: opened[key] for key in ("activity_id", "work_order_number")}

    def state():
        return service.call("get_work_order", work_order_number=opened["work_order_number"])

    booked = {"booking_id": uuid4(), "start": now, "end": now, "booked_at": now}
    service.told(ActivityBookedV1, **facts, **booked)
    wait_until(lambda: state()["state"] == "booked", "the work order is booked")
    service.told(ActivityClosedV1, **facts, cause="not_booked", closed_at=now + timedelta(hours=1))
    wait_until(lambda: state()["state"] == "closed", "the work order is closed")

    assert state()["cause"] == "not_booked"
    assert service.call("list_work_orders", state="closed")["items"] == [state()]


def test_the_other_questions_are_answered(service):
    customers = service.call("list_customers")["items"]
    articles = service.call("list_articles", search="rullstol", limit=2)
    patient = service.call("find_patient", personal_identity_number=TOLVAN, reason="Ny rullstol")
    contacts = service.call("find_contacts", BOOKING, hsa_ids=[ANNA.hsa_id])

    assert [customer["customer_number"] for customer in customers] == [HMC_NUMBER, "270001"]
    assert (len(articles["items"]), articles["more"]) == (2, True)
    assert patient["name"] == "Tolvan Tolvansson"
    assert contacts == {"mail": {ANNA.hsa_id: "p01@example.se"}}


def test_the_personal_identity_number_stays_where_it_is(service):
    """It is in no answer, refusal, event, log, or row but the patient's own."""
    orders = [
        service.call("place_order", **order_message(recipient=TO_PATIENT)),
        service.call("register_consultation", **consultation_message()),
        service.call("find_patient", personal_identity_number=TOLVAN, reason="Ny rullstol"),
    ]
    orders.append(service.call("get_order", order_id=orders[0]["order_id"]))
    refusals = [
        refusal(service, order_message(recipient=TO_PATIENT, customer_number="9999")),
        refusal(service, order_message(recipient=TO_UNIT | TO_PATIENT | {"store_number": TOLVAN})),
        refusal(service, order_message(recipient=TO_PATIENT, typo=TOLVAN)),
        refusal(service, order_message(recipient=TO_PATIENT, customer_number=TOLVAN)),
    ]
    with broken_down(service), pytest.raises(RemoteFailure) as failure:
        service.call("place_order", **order_message(recipient=TO_PATIENT))
    assert "UndefinedColumn" in service.process.log.read_text()

    said = [*orders, *(error.args for error in refusals), failure.value.args]
    for text_ in (json.dumps(said, default=str), service.process.log.read_text(), dump(service)):
        assert TOLVAN not in text_
        assert "19121212-1212" not in text_


def refusal(service, message):
    with pytest.raises(ContractError) as error:
        service.call("place_order", **message)
    return error.value


@contextmanager
def broken_down(service):
    """Every order to a patient fails with an error of the database, which the service logs."""
    rename = "ALTER TABLE patients RENAME {} TO {}"
    names = ("personal_identity_number", "number")
    for old, new in (names, names[::-1]):
        with service.ordering.engine.begin() as connection:
            connection.execute(text(rename.format(old, new)))
        if old == names[0]:
            yield


def dump(service):
    """Every row of every table but `patients`."""
    names = text(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'patients'"
    )
    tables = [name for (name,) in service.ordering.rows(names)]
    assert {"outbox", "commands", "access_log", "orders", "work_orders"} <= set(tables)
    rows = [
        service.ordering.rows(text(f'SELECT CAST(t AS text) FROM "{name}" t')) for name in tables
    ]
    return json.dumps(rows, default=str)
