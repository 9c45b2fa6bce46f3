"""What Rampen relies on in Zoezi's HTTP API; passed by the local scheduler, to be passed by Zoezi.

ZOEZI_URL=https://test.zoezi.se ZOEZI_KEY=... pytest tests/conformance
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.booking.schedule import HoldExpired, SchedulerRefused, SlotTaken
from services.booking.scheduler import ZoeziScheduler
from services.booking.zoezi_time import STOCKHOLM, parse_instant

HOLD = "/resource/reservation/add_resourcebooking"


@pytest.fixture
def scheduler(zoezi) -> Iterator[ZoeziScheduler]:
    scheduler = ZoeziScheduler.at(zoezi.url, zoezi.key)
    yield scheduler
    scheduler.close()


@pytest.fixture
def activity_id() -> str:
    return str(uuid4())


@pytest.fixture
def hold(scheduler, zoezi, free, activity_id):
    """Hold the nth free time; let go at the end."""
    keys = []

    def make(n: int = 0, consultant_id: int | None = None, key: str | None = None):
        start = parse_instant(free[n]["start"])
        held = scheduler.hold(
            zoezi.site, zoezi.service, start, consultant_id, activity_id=activity_id, key=key
        )
        keys.append(held.key)
        return held

    yield make
    for key in keys:
        scheduler.release(key)


@pytest.fixture
def book(scheduler, hold, activity_id):
    """Book the nth free time; cancelled at the end."""
    made = []

    def make(n: int = 0):
        held = hold(n)
        made.append(_book(scheduler, held, activity_id))
        return made[-1]

    yield make
    for booking in made:
        scheduler.cancel(booking.id)


def _book(scheduler, held, activity_id, telephone="033-100 00 00"):
    return scheduler.book(
        held.key,
        start=held.start,
        activity_id=activity_id,
        work_order_number="AO-4711",
        telephone=telephone,
    )


def _day(instant) -> date:
    return instant.astimezone(STOCKHOLM).date()


@pytest.mark.parametrize("key", [None, "Zoezi wrong-key-wrong-key", "Bearer x"])
def test_only_who_has_the_key_may_see_bookings(http, key):
    http.headers.pop("Authorization")
    headers = {"Authorization": key} if key else {}

    assert http.get("/resourcebooking/get", params={"id": 1}, headers=headers).status_code == 401


def test_what_is_public_needs_no_key(http):
    http.headers.pop("Authorization")

    assert http.get("/public/site/all").status_code == 200


def test_an_unknown_address_is_not_found(http):
    assert http.get("/resourcebooking/no-such-thing").status_code == 404


@pytest.mark.rule("B-8")
def test_a_place_has_service_products_with_their_length(scheduler, zoezi):
    assert zoezi.site in {place.id for place in scheduler.places()}
    products = {one.id: one.duration for one in scheduler.service_products(zoezi.site)}
    assert products[zoezi.service] == zoezi.duration


@pytest.mark.rule("B-10")
def test_who_is_free_is_among_the_consultants_of_the_place(scheduler, zoezi, free):
    consultants = {one.id for one in scheduler.consultants(zoezi.site, zoezi.service)}

    assert consultants >= set(free[0]["staffs"])


def test_a_free_time_has_local_times_without_offset(free, zoezi):
    assert free[0].keys() >= {"start", "end", "staffs", "xstaffs", "title"}
    start, end = parse_instant(free[0]["start"]), parse_instant(free[0]["end"])
    assert (end - start).total_seconds() == zoezi.duration * 60


@pytest.mark.parametrize("day", ["21/5 2026", "2026-5-21", "tomorrow", "2026-05-21T00:00:00Z"])
def test_a_day_in_the_wrong_format_is_answered_with_an_empty_list(http, zoezi, day):
    query = {"services": zoezi.service, "site": zoezi.site, "start": day, "end": zoezi.last_day}

    answer = http.get("/public/resourcebooking/get", params=query)

    assert (answer.status_code, answer.json()) == (200, [])


@pytest.mark.parametrize("unknown", [{"services": 999999999}, {"site": 999999999}])
def test_an_unknown_id_is_answered_with_an_empty_list(http, zoezi, unknown):
    query = {"services": zoezi.service, "site": zoezi.site}
    period = {"start": zoezi.first_day, "end": zoezi.last_day}

    answer = http.get("/public/resourcebooking/get", params=query | period | unknown)

    assert (answer.status_code, answer.json()) == (200, [])


def test_an_unknown_booking_is_answered_with_an_empty_list(http):
    answer = http.get("/resourcebooking/get", params={"id": 999999999})

    assert (answer.status_code, answer.json()) == (200, [])


def test_the_first_free_time_is_the_first_of_all(http, zoezi, free):
    query = {"services": zoezi.service, "site": zoezi.site, "start": zoezi.first_day}

    assert http.get("/public/resourcebooking/get/firstfree", params=query).json() == free[0]


def test_a_held_time_is_free_no_more(http, zoezi, free, hold):
    held = hold(consultant_id=free[0]["staffs"][0])
    query = {"services": zoezi.service, "site": zoezi.site, "start": free[0]["start"]}

    answer = http.get("/public/resourcebooking/isfree", params=query).json()

    assert held.consultant_id not in answer["staffs"]
    assert answer["free"] == (len(free[0]["staffs"]) > 1)


def test_a_hold_says_until_when_and_for_whom(http, free, hold):
    held = hold()

    answer = http.post("/resource/reservation/validate", json={"key": held.key}).json()

    assert answer["key"] == held.key
    assert parse_instant(answer["expires"]) == held.expires_at
    assert held.consultant_id in free[0]["staffs"]


def test_a_held_time_is_refused_to_others(scheduler, zoezi, free, hold):
    held = hold(consultant_id=free[0]["staffs"][0])

    with pytest.raises(SlotTaken):
        scheduler.hold(
            zoezi.site, zoezi.service, held.start, held.consultant_id, activity_id="another"
        )


def test_a_hold_moves_under_its_key(scheduler, zoezi, free, hold, activity_id):
    key = uuid4().hex
    first = hold(0, free[0]["staffs"][0], key)

    second = hold(1, None, key)

    assert second.key == first.key
    assert hold(0, first.consultant_id, uuid4().hex).start == first.start


def test_a_hold_that_is_let_go_cannot_be_booked(scheduler, hold, activity_id):
    held = hold()
    scheduler.release(held.key)
    scheduler.release(held.key)

    with pytest.raises(HoldExpired):
        _book(scheduler, held, activity_id)


@pytest.mark.rule("B-9")
def test_a_booking_carries_our_answers(scheduler, book, activity_id):
    booking = book()

    assert (booking.activity_id, booking.work_order_number) == (activity_id, "AO-4711")
    assert scheduler.get(booking.id) == booking


@pytest.mark.rule("B-9")
def test_a_booking_without_telephone_number_is_refused(scheduler, hold, activity_id):
    held = hold()

    with pytest.raises(SchedulerRefused):
        _book(scheduler, held, activity_id, telephone=" ")

    booking = _book(scheduler, held, activity_id)
    scheduler.cancel(booking.id)


def test_a_key_books_once(scheduler, http, hold, activity_id):
    held = hold()
    booking = _book(scheduler, held, activity_id)

    again = http.post("/resourcebooking/add", json={"key": held.key})

    assert again.status_code in (400, 404)
    assert _book(scheduler, held, activity_id) == booking
    scheduler.cancel(booking.id)


def test_a_booking_is_found_by_our_activity_in_a_period(scheduler, book, activity_id):
    booking = book()
    day = _day(booking.start)

    assert scheduler.find_by_activity(activity_id, day, day) == booking
    assert scheduler.find_by_activity("another", day, day) is None
    assert booking in scheduler.booked(day, day)


def test_a_cancelled_booking_frees_its_time_and_can_be_read(scheduler, book, free, hold):
    booking = book()

    assert scheduler.cancel(booking.id).cancelled
    assert scheduler.cancel(booking.id).cancelled
    assert scheduler.get(booking.id).cancelled
    assert booking not in scheduler.booked(_day(booking.start), _day(booking.start))
    assert hold(0, booking.consultant_id).start == booking.start


def test_an_unknown_booking_cannot_be_cancelled(http):
    assert http.post("/resourcebooking/cancel", json={"id": 999999999}).status_code == 404


@pytest.mark.rule("B-12")
def test_a_booking_moves_with_its_answers(scheduler, book, free, activity_id, hold):
    booking = book(0)

    moved = scheduler.rebook(booking, start=parse_instant(free[1]["start"]))

    assert moved.start == parse_instant(free[1]["start"])
    assert moved.activity_id == activity_id
    assert scheduler.find_by_activity(activity_id, _day(booking.start), _day(moved.start)) == moved
    assert hold(0, booking.consultant_id, uuid4().hex).start == booking.start
    scheduler.cancel(moved.id)


@pytest.mark.rule("B-12")
def test_a_booking_that_cannot_move_stays(scheduler, book, free, hold):
    booking = book(0)
    other = hold(1, free[1]["staffs"][0], uuid4().hex)

    with pytest.raises(SlotTaken):
        scheduler.rebook(booking, start=other.start, consultant_id=other.consultant_id)

    assert scheduler.get(booking.id) == booking


def test_a_time_that_does_not_exist_is_refused(http, zoezi):
    booking = {"service": zoezi.service, "site": zoezi.site, "time": "2027-03-28 02:30"}

    assert http.post(HOLD, json={"bookings": [booking]}).status_code == 400


@pytest.mark.parametrize("body", [{}, {"bookings": []}, {"bookings": [{"service": "x"}]}, []])
def test_a_body_that_says_nothing_is_refused(http, body):
    assert http.post(HOLD, json=body).status_code == 400


@pytest.fixture
def adjoining(scheduler, zoezi):
    """Where two visits, one right after the other, are free with one consultant; both held."""
    days = date.fromisoformat(zoezi.first_day), date.fromisoformat(zoezi.last_day)
    times = scheduler.free_times(
        zoezi.site, zoezi.service, *days, other_service_product_id=zoezi.service
    )
    assert times, "no time is long enough for two: choose days on which one is"
    consultant, length = times[0].consultant_ids[0], timedelta(minutes=zoezi.duration)
    holds = {
        activity_id: scheduler.hold(
            zoezi.site, zoezi.service, start, consultant, activity_id=activity_id
        )
        for activity_id, start in (
            (str(uuid4()), times[0].start),
            (str(uuid4()), times[0].end - length),
        )
    }
    yield holds
    for held in holds.values():
        scheduler.release(held.key)


@pytest.mark.rule("B-14")
def test_two_in_one_visit_are_bookings_of_their_own(scheduler, http, adjoining):
    numbers = ("AO-4711", "AO-4712")
    first, second = (
        scheduler.book(
            held.key,
            start=held.start,
            activity_id=activity_id,
            work_order_number=number,
            telephone="033-100 00 00",
            other_work_orders=(other,),
        )
        for (activity_id, held), number, other in zip(
            adjoining.items(), numbers, reversed(numbers), strict=True
        )
    )
    assert first.consultant_id == second.consultant_id
    assert first.end <= second.start
    (record,) = http.get("/resourcebooking/get", params={"id": first.id}).json()
    assert record["extendedInfo"]["otherWorkOrders"] == "AO-4712"

    scheduler.cancel(first.id)

    assert not scheduler.get(second.id).cancelled
    scheduler.cancel(second.id)


@pytest.mark.rule("B-16")
def test_several_bookings_are_read_at_once_cancelled_or_not(scheduler, book, hold, activity_id):
    first = book(0)
    other = book(1)
    scheduler.cancel(first.id)

    found = {one.id: one.cancelled for one in scheduler.these([first.id, other.id, 999999999])}

    assert found == {first.id: True, other.id: False}
