"""Fixtures for all tests: a real broker and a real database, started when first asked for."""

pytest_plugins = [
    "tests.fixtures.nodes",
    "tests.fixtures.broker",
    "tests.fixtures.databases",
    "tests.fixtures.processes",
    "tests.fixtures.toys",
    "tests.fixtures.suite",
]
