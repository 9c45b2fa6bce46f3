"""The database goes away and comes back: the scheduler says so, and works on by itself."""

import httpx
import pytest

from services.booking.scheduler import ZoeziScheduler
from tests.integration.booking.scheduler.process import KEY, running


@pytest.fixture
def scheduler_of_its_own(private_postgres):
    with running(private_postgres.uri) as process:
        yield process


def test_it_works_again_as_soon_as_its_database_does(scheduler_of_its_own, private_postgres):
    url = scheduler_of_its_own.url
    scheduler = ZoeziScheduler.at(url, KEY)
    before = scheduler.places()

    private_postgres.kill()
    down = httpx.get(f"{url}/readyz").status_code
    scheduler_of_its_own.engine.dispose()
    private_postgres.start()

    assert down == 503
    assert scheduler.places() == before
    assert httpx.get(f"{url}/readyz").status_code == 200
    scheduler.close()
