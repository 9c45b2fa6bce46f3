"""A time that was refused a moment ago is refused at once."""

from datetime import timedelta

import pytest

from services.booking.rush import REMEMBERED, RushScheduler
from services.booking.schedule import SchedulerRefused, SlotTaken
from tests.unit.booking.world import SLOT

LATER = SLOT + timedelta(hours=1)


class Client:
    """Refuses every hold, and counts them."""

    def __init__(self) -> None:
        self.asked = 0

    def post(self, path, body, *, repeatable=False):
        self.asked += 1
        raise SchedulerRefused("slot_taken")


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def scheduler(client, now):
    return RushScheduler(client, clock=lambda: now[0])


def hold(scheduler, start=SLOT, consultant_id=None):
    with pytest.raises(SlotTaken):
        scheduler.hold(1, 11, start, consultant_id, activity_id="a", key="k")


def test_the_scheduler_is_asked_once_for_many(scheduler, client):
    for _ in range(200):
        hold(scheduler)

    assert client.asked == 1


def test_other_times_and_consultants_are_asked_for(scheduler, client):
    hold(scheduler)
    hold(scheduler, LATER)
    hold(scheduler, SLOT, 101)

    assert client.asked == 3


def test_after_a_moment_it_is_asked_again(scheduler, client, now):
    hold(scheduler)
    now[0] += REMEMBERED

    hold(scheduler)

    assert client.asked == 2
