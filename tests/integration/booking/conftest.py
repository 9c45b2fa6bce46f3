"""Booking on a database of its own, and as a running service."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from chassis import migrations, settings
from chassis.rpc_client import RpcClient
from services.booking.scheduler import ZoeziScheduler
from tests.fault_proxy import FaultProxy, fault_proxy
from tests.fixtures.databases import execute
from tests.fixtures.processes import wait_until
from tests.integration.booking.database import BookingDatabase, counted
from tests.integration.booking.live import Live
from tests.integration.booking.scheduler.process import KEY, SchedulerProcess, running
from tests.integration.booking.three import Three


@pytest.fixture
def booking_database(service_database: Callable[[str], str]) -> Iterator[BookingDatabase]:
    with counted(service_database("booking")) as made:
        yield made


@pytest.fixture
def three(
    booking_database: BookingDatabase, running_scheduler: SchedulerProcess
) -> Iterator[Three]:
    running_scheduler.forget_bookings()
    with_key = ZoeziScheduler.at(running_scheduler.url, KEY)
    yield Three(booking_database, with_key)
    with_key.close()


@pytest.fixture(scope="module")
def shared_database(database_url: str) -> Iterator[BookingDatabase]:
    """A database that the tests of one module share."""
    name = f"test_booking_{uuid4().hex[:8]}"
    migrations.upgrade("booking", settings.postgres(f"{database_url}/{name}"))
    with counted(f"{database_url}/{name}") as made:
        yield made
    execute(database_url, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def running_scheduler(database_url: str) -> Iterator[SchedulerProcess]:
    with running(database_url) as process:
        yield process


@pytest.fixture(scope="module")
def shared_proxy(running_scheduler: SchedulerProcess) -> Iterator[FaultProxy]:
    with fault_proxy(running_scheduler.url) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def shared_live(
    shared_database, module_vhost, running_scheduler, shared_proxy, module_processes
) -> Iterator[Live]:
    ends = shared_database, module_vhost.uri, running_scheduler, shared_proxy, module_processes
    with _live(*ends) as live:
        live.start()
        yield live


@pytest.fixture
def live(shared_live: Live, running_scheduler: SchedulerProcess) -> Live:
    """Booking as it runs for all tests of the module, with nothing in it."""
    shared_live.database.forget()
    running_scheduler.forget_bookings()
    shared_live.proxy.lose(matching="")
    return shared_live


@pytest.fixture
def lone(booking_database, vhost, running_scheduler, processes) -> Iterator[Live]:
    """Booking, not yet started, to be killed or set otherwise."""
    running_scheduler.forget_bookings()
    with (
        fault_proxy(running_scheduler.url) as proxy,
        _live(booking_database, vhost.uri, running_scheduler, proxy, processes) as live,
    ):
        yield live


@contextmanager
def _live(database, amqp_uri, scheduler_process, proxy, processes) -> Iterator[Live]:
    """Booking, and the scheduler behind a proxy that can lose answers."""
    scheduler = ZoeziScheduler.at(scheduler_process.url, KEY)
    rpc = RpcClient(amqp_uri)
    rpc.start()
    wait_until(rpc.link.up.is_set, "the RPC client is connected")
    yield Live(database, amqp_uri, proxy, scheduler, rpc, processes)
    rpc.stop()
    scheduler.close()
