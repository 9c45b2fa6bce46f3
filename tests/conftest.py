"""Fixtures for all tests: a real broker and a real database, started when first asked for."""

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/journeys/"
pytest_plugins = [
    "tests.fixtures.nodes",
    "tests.fixtures.broker",
    "tests.fixtures.databases",
    "tests.fixtures.processes",
    "tests.fixtures.toys",
    "tests.fixtures.suite",
    "tests.fixtures.authorities",
]
settings.register_profile("rampen", deadline=None)  # a machine that is busy is slow
settings.load_profile("rampen")


class Together(LoadScopeScheduling):
    """Gives one worker all tests of a file, and one all journeys: they share a running suite."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return JOURNEYS if path.startswith(JOURNEYS) else path


@pytest.hookimpl(optionalhook=True)  # xdist's
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)
