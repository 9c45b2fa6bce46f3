"""Which scheduler the tests talk to: ZOEZI_URL with ZOEZI_KEY, else the local one, started here.

At a real Zoezi, use a tenant for tests: bookings are made, moved and cancelled.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from services.booking.zoezi_time import STOCKHOLM
from tests.integration.booking.scheduler.process import KEY, running

SEARCHED = timedelta(days=30)


@dataclass(frozen=True)
class Zoezi:
    """A scheduler, and a service product of a place that has free times soon."""

    url: str
    key: str
    site: int
    service: int
    duration: int  # minutes

    @property
    def first_day(self) -> str:
        return f"{_tomorrow():%Y-%m-%d}"

    @property
    def last_day(self) -> str:
        return f"{_tomorrow() + SEARCHED:%Y-%m-%d}"


@pytest.fixture(scope="session")
def address(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    if "ZOEZI_URL" in os.environ:
        yield os.environ["ZOEZI_URL"], os.environ["ZOEZI_KEY"]
        return
    with running(request.getfixturevalue("database_url")) as process:
        yield process.url, KEY


@pytest.fixture(scope="session")
def zoezi(address: tuple[str, str]) -> Zoezi:
    url, key = address
    with httpx.Client(base_url=f"{url}/api") as http:
        for service in http.get("/public/resourcebooking/service/get").json():
            for site in service["sites"]:
                found = Zoezi(url, key, site, service["id"], service["duration"])
                if len(_free(http, found)) > 1:
                    return found
    pytest.skip("the scheduler has no service with free times within 30 days")


@pytest.fixture
def http(zoezi: Zoezi) -> Iterator[httpx.Client]:
    """A client with the integration's key, for the API itself."""
    headers = {"Authorization": f"Zoezi {zoezi.key}"}
    with httpx.Client(base_url=f"{zoezi.url}/api", headers=headers) as client:
        yield client


@pytest.fixture
def free(http: httpx.Client, zoezi: Zoezi) -> list[dict]:
    """The free times of the service, as the API gives them."""
    return _free(http, zoezi)


def _free(http: httpx.Client, zoezi: Zoezi) -> list[dict]:
    query = {"services": zoezi.service, "site": zoezi.site}
    period = {"start": zoezi.first_day, "end": zoezi.last_day}
    return http.get("/public/resourcebooking/get", params=query | period).json()


def _tomorrow() -> datetime:
    return datetime.now(UTC).astimezone(STOCKHOLM) + timedelta(days=1)
