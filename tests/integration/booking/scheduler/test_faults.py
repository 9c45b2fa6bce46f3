"""The adapter over a network that loses answers: one booking, found again by our activity."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest

from services.booking.schedule import Hold, HoldExpired, OutcomeUnknown, SchedulerUnavailable
from services.booking.scheduler import ZoeziScheduler
from services.booking.zoezi_http import ZoeziClient
from tests.fault_proxy import Fault, FaultProxy, fault_proxy
from tests.integration.booking.scheduler.data import ANNA, BORAS, WHEELCHAIR
from tests.integration.booking.scheduler.process import KEY, SchedulerProcess

START = datetime(2037, 5, 18, 5, 30, tzinfo=UTC)  # 07:30 in Stockholm
LATER = datetime(2037, 5, 18, 6, 15, tzinfo=UTC)
DAY = START.date()
SHORT = httpx.Timeout(connect=2, read=0.3, write=2, pool=2)  # seconds

FAULTS = [Fault.SILENCE, Fault.CUT, Fault.DROP]


@pytest.fixture
def proxy(scheduler_process: SchedulerProcess) -> Iterator[FaultProxy]:
    with fault_proxy(scheduler_process.url) as proxy:
        yield proxy


@pytest.fixture
def scheduler(proxy: FaultProxy) -> Iterator[ZoeziScheduler]:
    scheduler = ZoeziScheduler(ZoeziClient(proxy.url, KEY, timeout=SHORT))
    yield scheduler
    scheduler.close()


@pytest.fixture
def activity_id() -> str:
    return str(uuid4())


def hold(scheduler: ZoeziScheduler, activity_id: str) -> Hold:
    return scheduler.hold(BORAS, WHEELCHAIR, START, ANNA, activity_id=activity_id)


def book(scheduler: ZoeziScheduler, key: str, activity_id: str):
    return scheduler.book(
        key,
        start=START,
        activity_id=activity_id,
        work_order_number="AO-1",
        telephone="033-100 00 00",
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_booking_whose_answer_is_lost_is_made_once_and_found(
    scheduler, proxy, activity_id, fault
):
    held = hold(scheduler, activity_id)
    proxy.lose(fault, matching="/resourcebooking/add")

    booking = book(scheduler, held.key, activity_id)

    assert proxy.answered.is_set()
    assert (booking.activity_id, booking.start) == (activity_id, START)
    assert scheduler.booked(DAY, DAY) == [booking]


def test_a_booking_that_never_arrived_is_sent_again(scheduler, proxy, activity_id):
    held = hold(scheduler, activity_id)
    proxy.lose(Fault.NEVER_ARRIVES, matching="/resourcebooking/add")

    booking = book(scheduler, held.key, activity_id)

    assert scheduler.booked(DAY, DAY) == [booking]


def test_booking_twice_gives_the_same_booking(scheduler, activity_id):
    held = hold(scheduler, activity_id)

    first = book(scheduler, held.key, activity_id)

    again = book(scheduler, held.key, activity_id)

    assert again == first
    assert scheduler.booked(DAY, DAY) == [first]


def test_a_booking_that_nobody_answers_for_is_unknown_and_not_guessed(
    scheduler, proxy, activity_id
):
    held = hold(scheduler, activity_id)
    proxy.lose(*[Fault.DROP] * 10, matching="/resourcebooking")

    with pytest.raises(OutcomeUnknown):
        book(scheduler, held.key, activity_id)

    proxy.lose(matching="")
    assert book(scheduler, held.key, activity_id).activity_id == activity_id
    assert len(scheduler.booked(DAY, DAY)) == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_hold_whose_answer_is_lost_is_made_again_under_the_same_key(
    scheduler, proxy, activity_id, fault
):
    proxy.lose(fault, matching="add_resourcebooking")

    held = hold(scheduler, activity_id)

    assert book(scheduler, held.key, activity_id).consultant_id == ANNA


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rebooking_whose_answer_is_lost_is_found_at_its_new_time(
    scheduler, proxy, activity_id, fault
):
    booking = book(scheduler, hold(scheduler, activity_id).key, activity_id)
    proxy.lose(fault, matching="/resourcebooking/rebook")

    moved = scheduler.rebook(booking, start=LATER)

    assert moved.start == LATER
    assert scheduler.booked(DAY, DAY) == [moved]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_cancellation_whose_answer_is_lost_is_sent_again(scheduler, proxy, activity_id, fault):
    booking = book(scheduler, hold(scheduler, activity_id).key, activity_id)
    proxy.lose(fault, matching="/resourcebooking/cancel")

    assert scheduler.cancel(booking.id).cancelled
    assert scheduler.booked(DAY, DAY) == []


def test_a_scheduler_that_is_not_there_did_nothing(activity_id):
    nobody = ZoeziScheduler(ZoeziClient("http://127.0.0.1:9", KEY))

    with pytest.raises(SchedulerUnavailable) as error:
        hold(nobody, activity_id)

    assert not isinstance(error.value, OutcomeUnknown)
    nobody.close()


def test_a_hold_that_has_run_out_is_not_booked(scheduler, scheduler_process, activity_id):
    held = hold(scheduler, activity_id)
    scheduler_process.expire_holds()

    with pytest.raises(HoldExpired):
        book(scheduler, held.key, activity_id)
