"""Maintenance as its callers see it: its process over the broker."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from chassis.context import Context
from chassis.rpc_client import RpcClient
from contracts.errors import ContractError
from tests.fixtures.processes import Process, wait_until
from tests.integration.maintenance.conftest import made
from tests.unit.maintenance.asks import FOR_ANNA, SECRETS, message, refused
from tests.unit.maintenance.world import ANNA, CENTRE, JOHAN, KARIN, STRANGER

FORGET = "TRUNCATE work_orders, happenings, details, access_log, outbox, mails, inbox, commands"
GUARDED = ("access_log", "happenings")


class Service:
    """The process, and those who call it."""

    def __init__(self, world, rpc, process):
        self.world, self.rpc, self.process = world, rpc, process

    def call(self, method, actor=ANNA, **sent):
        return self.rpc.call("maintenance", method, sent, Context(actor))

    def command(self, method, actor=JOHAN, **sent):
        return self.call(method, actor, **({"command_id": str(uuid4())} | sent))

    def register(self, **changes):
        return self.call("register_maintenance", **message(**changes))["work_order_number"]

    def told(self):
        return [event_type.split(".")[2] for event_type, _ in self.world.told()]


@pytest.fixture(scope="module")
def running(database_url, module_vhost, tmp_path_factory):
    """One service process for the tests of this module."""
    with made(database_url) as world:
        process = Process(
            "-m", "chassis.cli", "serve", "maintenance",
            folder=tmp_path_factory.mktemp("maintenance"),
            AMQP_URI=module_vhost.uri, MAINTENANCE_DATABASE_URL=world.url,
            SUPPLY_CENTRE_UNITS=CENTRE, WORK_ORDER_SWEEP="1",
        )  # fmt: skip
        process.start()
        rpc = RpcClient(module_vhost.uri)
        rpc.start()
        wait_until(rpc.link.up.is_set, "the RPC client is connected")
        yield Service(world, rpc, process)
        rpc.stop()
        process.kill()


@pytest.fixture
def service(running):
    yield running
    for state in ("DISABLE", "ENABLE"):
        for table in GUARDED:
            running.world.do(f"ALTER TABLE {table} {state} TRIGGER USER")
        if state == "DISABLE":
            running.world.do(FORGET)


@pytest.mark.rule("M-1")
@pytest.mark.rule("M-3")
@pytest.mark.rule("M-4")
def test_work_is_registered_assigned_paused_and_finished(service):
    number = service.register()
    order = {"work_order_number": number}
    service.command("assign_technician", **order, technician=JOHAN.hsa_id)
    service.command("start_work", **order)
    paused = service.command("pause_work", **order, cause="spare_part")
    service.command("resume_work", **order)
    finished = service.command("finish_work", **order)

    assert (paused["state"], paused["cause"]) == ("paused", "spare_part")
    assert finished["finish_clock"]["state"] == "met"
    assert service.call("list_maintenance_orders")["items"] == [finished]
    assert len(service.call("get_maintenance_order", **order)["history"]) == 6
    (row,) = service.call("get_fulfilment", KARIN)["items"]
    assert (row["finished"], row["finish_percent"]) == (1, 100.0)
    assert service.told() == ["started", "paused", "resumed", "finished"]


def test_the_same_command_ten_times_at_once_is_one_work_order_and_one_answer(service):
    sent = message()

    with ThreadPoolExecutor(10) as callers:
        answers = list(
            callers.map(lambda _: service.call("register_maintenance", **sent), range(10))
        )

    first = answers[0] | {"start_clock": None, "finish_clock": None}
    assert [one | {"start_clock": None, "finish_clock": None} for one in answers] == [first] * 10
    assert len(service.call("list_maintenance_orders")["items"]) == 1


def test_a_pause_told_ten_times_at_once_is_one_pause(service):
    number = service.register()
    sent = {
        "command_id": str(uuid4()),
        "work_order_number": number,
        "cause": "supplier",
        "at": datetime.now(UTC).isoformat(),
    }

    with ThreadPoolExecutor(10) as callers:
        answers = list(callers.map(lambda _: service.call("pause_work", JOHAN, **sent), range(10)))

    assert answers == answers[:1] * 10
    assert service.told() == ["paused"]


def test_of_five_who_start_the_same_work_one_does(service):
    number = service.register()

    def start(_):
        try:
            return service.command("start_work", work_order_number=number)["state"]
        except ContractError as refusal:
            return refusal.code

    with ThreadPoolExecutor(5) as callers:
        outcomes = sorted(callers.map(start, range(5)))

    assert outcomes.count("started") == 1
    assert set(outcomes) <= {"started", "maintenance.work.state", "changed_meanwhile"}
    assert service.told() == ["started"]


@pytest.mark.rule("M-1")
def test_technician_and_prescriber_are_told_by_the_sweeps(service):
    when = (datetime.now(UTC) - timedelta(days=30)).isoformat()
    sent = message(**FOR_ANNA, reported_at=when)
    number = service.call("register_maintenance", KARIN, **sent)["work_order_number"]

    service.command("assign_technician", work_order_number=number, technician=JOHAN.hsa_id)

    wait_until(lambda: len(service.world.mailed()) == 3, "both have their mails")
    told = sorted(mail[0] for mail in service.world.mailed())
    assert told == sorted([JOHAN.hsa_id, JOHAN.hsa_id, ANNA.hsa_id])


def test_work_goes_on_after_the_process_was_killed(service):
    number = service.register()
    service.command("start_work", work_order_number=number)

    service.process.kill()
    service.process.start()

    finished = service.command("finish_work", work_order_number=number)
    assert finished["state"] == "finished"


def test_names_addresses_and_door_codes_stay_where_they_are(service):
    """They are in no event, mail, log, refusal or kept answer, nor shown to another unit."""
    number = service.register()
    order = {"work_order_number": number}
    said = [
        service.command("start_work", **order),
        service.command("cancel_work", **order, cause="patient_not_reached"),
        service.call("list_maintenance_orders", JOHAN),
    ]
    with refused("not_found"):
        service.call("get_maintenance_order", STRANGER, **order)
    with refused("message.invalid"):
        service.call("register_maintenance", **message(typo=SECRETS[0], kind=SECRETS[2]))

    tables = service.world.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'details'"
    )
    rows = [service.world.rows(f'SELECT CAST(t AS text) FROM "{name}" t') for (name,) in tables]
    everything = json.dumps([said, rows], default=str) + service.process.log.read_text()
    assert number in everything
    assert [secret for secret in SECRETS if secret in everything] == []


@pytest.mark.parametrize("table", GUARDED)
def test_what_has_happened_and_been_seen_is_never_changed(service, table):
    service.register()

    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET at = now()"):
        with pytest.raises(Exception, match="append-only"):
            service.world.do(change)
