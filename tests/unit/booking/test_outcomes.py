"""What became of a visit."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from contracts.errors import Conflict, Forbidden, NotFound
from tests.unit.booking.world import CENTRE, COLLEAGUE, PRESCRIBER, SLOT, STRANGER

(HMC,) = CENTRE
CONSULTANT = replace(PRESCRIBER, hsa_id="SE2321000131-K001", role="device_consultant", unit=HMC)


@pytest.fixture
def over(world):
    """A booking whose visit has been."""
    booked = world.booked()
    world.clock.set(SLOT + timedelta(hours=1))
    return booked


@pytest.mark.rule("B-9")
@pytest.mark.parametrize("actor", [PRESCRIBER, COLLEAGUE, CONSULTANT])
@pytest.mark.parametrize(("outcome", "event"), [("held", "Held"), ("no_show", "Missed")])
def test_a_visit_is_noted_by_the_unit_or_a_consultant(world, over, actor, outcome, event):
    noted = world.acting(actor).outcome(over["booking_id"], outcome, note="Provade två.")

    assert (noted["state"], noted["outcome_note"]) == (outcome, "Provade två.")
    (told,) = world.told(f"Activity{event}")
    assert (told.booking_id, told.follow_up) == (UUID(noted["booking_id"]), False)
    assert world.acting(PRESCRIBER).activity(over["activity_id"])["booking"] == noted


def test_a_follow_up_is_told(world, over):
    world.outcome(over["booking_id"], follow_up=True)

    (told,) = world.told("ActivityHeld")
    assert told.follow_up


def test_no_event_carries_the_note(world, over):
    world.outcome(over["booking_id"], note="Anna mår bättre")

    assert "Anna" not in repr(world.store.told)


def test_a_visit_to_come_has_no_outcome(world):
    booking_id = world.booked()["booking_id"]

    with pytest.raises(Conflict, match=r"booking\.visit\.to_come"):
        world.outcome(booking_id)


def test_an_outcome_is_noted_once_and_ends_the_activity(world, over):
    world.outcome(over["booking_id"])

    for change in (world.outcome, world.cancel):
        with pytest.raises(Conflict, match=r"booking\.booking\.state"):
            change(over["booking_id"])
    world.clock.advance(timedelta(days=30))
    assert world.sweep() == 0


def test_others_do_not_note_it(world, over):
    elsewhere = replace(CONSULTANT, unit="SE2321000131-X")

    with pytest.raises(NotFound):
        world.acting(STRANGER).outcome(over["booking_id"])
    with pytest.raises(Forbidden):
        world.acting(elsewhere).outcome(over["booking_id"])
