import pytest

from tests.unit.booking.world import World


@pytest.fixture
def world() -> World:
    return World()
