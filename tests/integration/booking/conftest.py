"""Booking on a database of its own, and as a running service."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event

from chassis import settings
from chassis.database import connect
from chassis.rpc_client import RpcClient
from services.booking.scheduler import ZoeziScheduler
from tests.fault_proxy import FaultProxy, fault_proxy
from tests.fixtures.processes import wait_until
from tests.integration.booking.database import BookingDatabase
from tests.integration.booking.live import Live
from tests.integration.booking.scheduler.process import KEY, SchedulerProcess, running


@pytest.fixture
def booking_database(service_database: Callable[[str], str]) -> Iterator[BookingDatabase]:
    engine = connect(settings.postgres(service_database("booking")), connections=8)
    made = BookingDatabase(engine)
    event.listen(
        engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: made.statements.append(statement),
    )
    yield made
    engine.dispose()


@pytest.fixture(scope="module")
def running_scheduler(database_url: str) -> Iterator[SchedulerProcess]:
    with running(database_url) as process:
        yield process


@pytest.fixture
def proxy(running_scheduler: SchedulerProcess) -> Iterator[FaultProxy]:
    running_scheduler.forget_bookings()
    with fault_proxy(running_scheduler.url) as proxy:
        yield proxy


@pytest.fixture
def live(
    booking_database: BookingDatabase, vhost, running_scheduler, proxy, processes
) -> Iterator[Live]:
    """Booking, not yet started, and the scheduler behind a proxy that can lose answers."""
    scheduler = ZoeziScheduler.at(running_scheduler.url, KEY)
    rpc = RpcClient(vhost.uri)
    rpc.start()
    wait_until(rpc.link.up.is_set, "the RPC client is connected")
    yield Live(booking_database, vhost.uri, proxy.url, scheduler, rpc, processes)
    rpc.stop()
    scheduler.close()
