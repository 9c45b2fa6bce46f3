"""A scheduler for the tests of one module, empty of bookings at the start of each."""

from collections.abc import Iterator

import pytest

from services.booking.scheduler import ZoeziScheduler
from tests.integration.booking.scheduler.process import KEY, SchedulerProcess, running


@pytest.fixture(scope="module")
def running_scheduler(database_url: str) -> Iterator[SchedulerProcess]:
    with running(database_url) as process:
        yield process


@pytest.fixture
def scheduler_process(running_scheduler: SchedulerProcess) -> SchedulerProcess:
    running_scheduler.forget_bookings()
    return running_scheduler


@pytest.fixture
def scheduler(scheduler_process: SchedulerProcess) -> Iterator[ZoeziScheduler]:
    scheduler = ZoeziScheduler.at(scheduler_process.url, KEY)
    yield scheduler
    scheduler.close()
