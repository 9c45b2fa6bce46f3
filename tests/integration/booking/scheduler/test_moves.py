"""Moving a booking at a scheduler that can, and at one that cannot."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.booking.schedule import SchedulerRefused, SlotTaken
from services.booking.scheduler import ZoeziScheduler
from services.booking.zoezi_http import ZoeziClient
from tests.integration.booking.scheduler.data import ANNA, BORAS, WHEELCHAIR
from tests.integration.booking.scheduler.process import KEY, SchedulerProcess

START = datetime(2037, 5, 18, 5, 30, tzinfo=UTC)  # 07:30 in Stockholm
LATER = datetime(2037, 5, 18, 6, 15, tzinfo=UTC)
DAY = START.date()


class Killed(BaseException):
    pass


class Client(ZoeziClient):
    """A client of a scheduler without the call that moves, and that is killed on its way.

    Args:
        can_move: whether the scheduler has the call.
        killed_at: the end of the path at whose call, once, the process is gone.
    """

    can_move = True
    killed_at: str | None = None

    def post(self, path, body, *, repeatable=False):
        if self.killed_at and path.endswith(self.killed_at):
            self.killed_at = None
            raise Killed
        if not self.can_move and path.endswith("/rebook"):
            raise SchedulerRefused("http_404", "not JSON")
        return super().post(path, body, repeatable=repeatable)


@pytest.fixture
def client(scheduler_process: SchedulerProcess) -> Iterator[Client]:
    scheduler_process.forget_bookings()
    made = Client(scheduler_process.url, KEY)
    yield made
    made.close()


@pytest.fixture
def scheduler(client) -> ZoeziScheduler:
    return ZoeziScheduler(client)


@pytest.fixture
def booking(scheduler):
    return book(scheduler, START)


def book(scheduler, start):
    activity_id = str(uuid4())
    held = scheduler.hold(BORAS, WHEELCHAIR, start, ANNA, activity_id=activity_id)
    return scheduler.book(
        held.key,
        start=start,
        activity_id=activity_id,
        work_order_number="1042001",
        telephone="+4633100000",
    )


def move(scheduler, booking, start=LATER, consultant_id=ANNA):
    return scheduler.move(
        booking.id, start=start, consultant_id=consultant_id, key="move", telephone="+4633100000"
    )


@pytest.mark.rule("X-25")
@pytest.mark.parametrize("can_move", [True, False])
def test_a_booking_is_moved_and_moving_again_is_harmless(client, scheduler, booking, can_move):
    client.can_move = can_move

    moved = move(scheduler, booking)

    assert (moved.start, moved.activity_id) == (LATER, booking.activity_id)
    assert scheduler.booked(DAY, DAY) == [moved]
    assert move(scheduler, booking) == moved


@pytest.mark.rule("X-25")
@pytest.mark.parametrize("can_move", [True, False])
def test_when_the_new_time_is_taken_the_old_one_stands(client, scheduler, booking, can_move):
    client.can_move = can_move
    other = book(scheduler, LATER)

    with pytest.raises(SlotTaken):
        move(scheduler, booking)

    assert scheduler.booked(DAY, DAY) == [booking, other]


@pytest.mark.rule("X-25")
@pytest.mark.parametrize("killed_at", ["/add_resourcebooking", "/add", "/resourcebooking/cancel"])
def test_killed_on_the_way_the_old_time_or_the_new_is_had(client, scheduler, booking, killed_at):
    client.can_move, client.killed_at = False, killed_at
    with pytest.raises(Killed):
        move(scheduler, booking)

    assert booking in scheduler.booked(DAY, DAY)
    moved = move(scheduler, booking)

    assert moved.start == LATER
    assert scheduler.booked(DAY, DAY) == [moved]


def test_what_staff_have_cancelled_is_not_moved(scheduler, booking):
    scheduler.cancel(booking.id)

    with pytest.raises(SchedulerRefused, match="booking_changed"):
        move(scheduler, booking)
    with pytest.raises(SchedulerRefused, match="booking_changed"):
        scheduler.move(999_999, start=LATER, consultant_id=None, key="move", telephone="")
