"""Ordering in memory; tests/integration/ordering runs the same tests on the database."""

import pytest

from tests.unit.ordering.fakes import InMemoryOrdering


@pytest.fixture
def ordering():
    return InMemoryOrdering()
