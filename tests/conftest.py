"""Fixtures for all tests: a real broker and a real database, started when first asked for."""

import pytest

pytest_plugins = [
    "tests.fixtures.nodes",
    "tests.fixtures.broker",
    "tests.fixtures.databases",
    "tests.fixtures.processes",
    "tests.fixtures.toys",
    "tests.fixtures.suite",
    "tests.fixtures.authorities",
]


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker have all tests of a file, and one all those that need the suite."""
    for item in items:
        group = "suite" if "suite" in getattr(item, "fixturenames", ()) else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))
