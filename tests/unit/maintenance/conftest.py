"""Maintenance in memory; tests/integration/maintenance runs the same tests on the database."""

import pytest

from tests.unit.maintenance.fakes import InMemoryMaintenance


@pytest.fixture
def world():
    return InMemoryMaintenance()
