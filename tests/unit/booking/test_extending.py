"""Holding a time longer, but not for ever."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.errors import Conflict, NotFound
from tests.unit.booking.world import COLLEAGUE

NINE = timedelta(minutes=9)


@pytest.mark.rule("B-9")
def test_a_hold_is_kept_while_the_form_is_filled_in(world):
    hold_id = world.hold(world.register())
    for _ in range(2):
        world.clock.advance(NINE)
        world.extend(hold_id)
    world.clock.advance(NINE)

    assert world.book(hold_id)["state"] == "booked"


def test_nobody_keeps_a_time_for_ever(world):
    hold_id = world.hold(world.register())
    assert world.extend(hold_id)["extensible"] is True
    assert world.extend(hold_id)["extensible"] is False

    with pytest.raises(Conflict, match=r"booking\.hold\.extended_enough") as refused:
        world.extend(hold_id)

    assert refused.value.params == {"limit": 2}


def test_what_is_over_is_not_extended(world):
    hold_id = world.hold(world.register())
    world.clock.advance(timedelta(minutes=10))

    with pytest.raises(Conflict, match=r"booking\.hold\.expired"):
        world.extend(hold_id)


def test_the_same_command_again_extends_once(world):
    hold_id, command_id = world.hold(world.register()), uuid4()

    first = world.extend(hold_id, command_id)
    world.extend(hold_id)

    assert world.extend(hold_id, command_id) == first


def test_another_persons_hold_is_not_extended(world):
    hold_id = world.hold(world.register())

    with pytest.raises(NotFound):
        world.acting(COLLEAGUE).extend(hold_id)
