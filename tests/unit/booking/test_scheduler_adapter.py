"""The adapter against answers that a scheduler should not give, or gives in other words."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import httpx
import pytest

from services.booking.schedule import (
    OutcomeUnknown,
    SchedulerRefused,
    SchedulerUnavailable,
    SlotTaken,
)
from services.booking.scheduler import ZoeziScheduler
from services.booking.zoezi_http import ZoeziClient

START = datetime(2026, 5, 18, 5, 30, tzinfo=UTC)
DAY = date(2026, 5, 18)
SERVICE = {"id": 11, "name": "Förväntningssamtal", "duration": 30, "sites": [1]}


@pytest.fixture
def scheduler_that():
    """A scheduler whose answers are made by a function of the request."""
    made = []

    def make(answer: Callable[[httpx.Request], httpx.Response]) -> ZoeziScheduler:
        client = ZoeziClient("http://zoezi.test", "key", transport=httpx.MockTransport(answer))
        made.append(ZoeziScheduler(client))
        return made[-1]

    yield make
    for scheduler in made:
        scheduler.close()


def answers(**by_path: object):
    """Answer each path, named by its last part, with this JSON or response."""

    def answer(request: httpx.Request) -> httpx.Response:
        found = by_path[request.url.path.rpartition("/")[2]]
        return found if isinstance(found, httpx.Response) else httpx.Response(200, json=found)

    return answer


def test_the_key_and_days_are_sent_as_zoezi_wants_them(scheduler_that):
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(200, json=[SERVICE])

    with pytest.raises(SchedulerRefused):
        scheduler_that(answer).free_times(1, 11, DAY, DAY)

    assert seen[0].headers["Authorization"] == "Zoezi key"
    assert seen[0].url.params["start"] == "2026-05-18"


def test_no_free_times_is_believed_of_a_service_that_the_place_offers(scheduler_that):
    def answer(request):
        return httpx.Response(200, json=[SERVICE] if "service" in request.url.path else [])

    assert scheduler_that(answer).free_times(1, 11, DAY, DAY) == []


@pytest.mark.parametrize(("place", "service"), [(2, 11), (1, 12)])
def test_an_empty_list_for_what_is_not_offered_is_an_error(scheduler_that, place, service):
    def answer(request):
        return httpx.Response(200, json=[SERVICE] if "service" in request.url.path else [])

    with pytest.raises(SchedulerRefused, match="service_unknown"):
        scheduler_that(answer).free_times(place, service, DAY, DAY)


def test_a_day_with_time_is_never_sent(scheduler_that):
    with pytest.raises(ValueError, match="day without time"):
        scheduler_that(answers()).free_times(1, 11, START, START)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<h1>Logga in</h1>"),
        httpx.Response(200, json={"error": "?"}),
        httpx.Response(200, json=[{"id": 1}]),
        httpx.Response(302, headers={"Location": "/login"}),
        httpx.Response(401, json={"error": "unauthorized"}),
        httpx.Response(403),
    ],
)
def test_what_cannot_be_read_is_refused(scheduler_that, answer):
    with pytest.raises(SchedulerRefused):
        scheduler_that(lambda _: answer).places()


@pytest.mark.parametrize(("free", "error"), [(False, SlotTaken), (True, SchedulerRefused)])
def test_a_refusal_without_reason_is_looked_into(scheduler_that, free, error):
    scheduler = scheduler_that(
        answers(add_resourcebooking=httpx.Response(400), isfree={"free": free, "staffs": []})
    )

    with pytest.raises(error):
        scheduler.hold(1, 11, START, activity_id="a")


def test_a_question_is_asked_again_and_then_given_up(scheduler_that):
    asked = []

    def answer(request):
        asked.append(request)
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(SchedulerUnavailable) as error:
        scheduler_that(answer).places()

    assert len(asked) == 2
    assert not isinstance(error.value, OutcomeUnknown)


@pytest.mark.parametrize("add", [400, 404, 500], ids=["used", "gone", "no answer"])
@pytest.mark.parametrize(
    "lookup",
    [httpx.Response(500), httpx.Response(403), httpx.Response(200, html="<h1>Logga in</h1>")],
    ids=["no answer", "refused", "unreadable"],
)
def test_while_nobody_can_say_whether_it_is_booked_that_is_what_is_said(
    scheduler_that, add, lookup
):
    refusal = httpx.Response(add, json={"error": "reservation_expired"})
    scheduler = scheduler_that(answers(add=refusal, booked=lookup))

    with pytest.raises(OutcomeUnknown):
        scheduler.book("key", start=START, activity_id="a", work_order_number="1", telephone="2")


def test_a_booking_is_not_sent_again_unless_it_is_known_to_be_missing(scheduler_that):
    sent = []

    def answer(request):
        sent.append(request.url.path)
        return httpx.Response(500)

    scheduler = scheduler_that(answer)
    with pytest.raises(OutcomeUnknown):
        scheduler.book("key", start=START, activity_id="a", work_order_number="1", telephone="2")

    assert sent.count("/api/resourcebooking/add") == 1
