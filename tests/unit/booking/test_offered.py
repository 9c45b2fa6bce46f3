"""Lists to choose from are kept for a while; nothing else is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier

import httpx
import pytest

from services.booking.offered import RememberingClient
from services.booking.schedule import SchedulerRefused
from services.booking.scheduler import ZoeziScheduler
from tests.unit.booking.world import START

KEPT = timedelta(minutes=1)
DAY = START.date()
AT_ONCE = 8
SERVICES = "/api/public/resourcebooking/service/get"


@dataclass
class Zoezi:
    """Offers what is in `services` at the moment, and counts what it is asked.

    Args:
        at_each: what happens while an answer is on its way.
    """

    services: list = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refuses: bool = False
    at_each: list = field(default_factory=list)
    now: float = 1000.0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        answer = httpx.Response(403 if self.refuses else 200, json=list(self._found(request)))
        for happens in self.at_each:
            happens()
        return answer

    def _found(self, request):
        return self.services if request.url.path == SERVICES else []

    def offer(self, *numbers: int) -> None:
        self.services = [
            {"id": one, "name": "Samtal", "duration": 30, "sites": [1]} for one in numbers
        ]

    def tick(self, passed: timedelta) -> None:
        self.now += passed.total_seconds()


@pytest.fixture
def zoezi():
    made = Zoezi()
    made.offer(11)
    return made


@pytest.fixture
def offered(zoezi):
    client = RememberingClient(
        "http://zoezi.test",
        "key",
        kept=KEPT,
        clock=lambda: zoezi.now,
        transport=httpx.MockTransport(zoezi),
    )
    made = ZoeziScheduler(client)
    yield made
    made.close()


def numbers(offered, place_id=1):
    return [one.id for one in offered.service_products(place_id)]


def test_a_list_is_asked_for_once_a_while_for_all_places(zoezi, offered):
    assert (numbers(offered), numbers(offered, place_id=2)) == ([11], [])
    zoezi.tick(KEPT / 2)
    assert numbers(offered) == [11]

    assert zoezi.asked == [SERVICES]


def test_what_changed_is_offered_when_the_while_is_over_and_not_before(zoezi, offered):
    numbers(offered)
    zoezi.offer(11, 12)
    zoezi.tick(KEPT - timedelta(milliseconds=1))
    assert numbers(offered) == [11]

    zoezi.tick(timedelta(milliseconds=1))

    assert numbers(offered) == [11, 12]


def test_an_answer_is_as_old_as_its_question(zoezi, offered):
    zoezi.at_each.append(lambda: zoezi.tick(KEPT))
    numbers(offered)
    zoezi.offer(12)

    assert numbers(offered) == [12]


def test_a_refusal_is_not_kept(zoezi, offered):
    zoezi.refuses = True
    with pytest.raises(SchedulerRefused):
        numbers(offered)
    zoezi.refuses = False

    assert numbers(offered) == [11]


def test_when_it_is_refused_anew_the_old_list_is_not_given(zoezi, offered):
    numbers(offered)
    zoezi.tick(KEPT)
    zoezi.refuses = True

    with pytest.raises(SchedulerRefused):
        numbers(offered)


def test_lists_do_not_mix(zoezi, offered):
    assert (offered.places(), numbers(offered), offered.consultants(1, 11)) == ([], [11], [])
    assert len(zoezi.asked) == 3


def test_free_times_are_asked_for_each_time(zoezi, offered):
    for _ in range(2):
        offered.free_times(1, 11, DAY, DAY)

    assert zoezi.asked.count("/api/public/resourcebooking/get") == 2


def test_many_who_ask_at_once_are_all_answered(zoezi, offered):
    together = Barrier(AT_ONCE)
    zoezi.at_each.append(lambda: together.wait(60))

    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = list(threads.map(lambda _: numbers(offered), range(AT_ONCE)))
    zoezi.at_each.clear()

    assert found == [[11]] * AT_ONCE
    assert numbers(offered) == [11]
    assert len(zoezi.asked) == AT_ONCE
