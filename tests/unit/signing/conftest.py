"""Signing in memory; tests/integration/signing runs the same tests on the database."""

import pytest

from tests.unit.signing.fakes import InMemorySigning


@pytest.fixture
def world():
    return InMemorySigning()
