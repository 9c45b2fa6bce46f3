"""What the scheduler offers."""

from datetime import date, timedelta

import pytest

from contracts.errors import ContractError, Unavailable
from services.booking import use_cases
from services.booking.schedule import SchedulerRefused
from tests.unit.booking.fakes import DOWN

DAY = date(2026, 5, 25)
WISH = {"place_id": 1, "service_product_id": 11, "first_day": DAY, "last_day": DAY}


def service_products(world, place_id, offered=None):
    return use_cases.list_service_products(world.scheduler, offered or world.scheduler, place_id)


def free_times(world, offered=None, **wish):
    return use_cases.list_free_times(world.scheduler, offered or world.scheduler, **wish)


@pytest.mark.rule("B-8")
def test_places_and_their_service_products(world):
    assert [one.name for one in use_cases.list_places(world.scheduler)] == ["Borås"]
    assert [one.id for one in service_products(world, 1)] == [11]


@pytest.mark.rule("B-8")
def test_a_place_that_does_not_exist_is_refused(world):
    with pytest.raises(ContractError, match=r"booking\.place\.unknown"):
        service_products(world, 99)


@pytest.mark.rule("B-10")
def test_free_times_name_the_consultants(world):
    times, consultants = free_times(world, **WISH)

    assert [one.consultant_ids for one in times] == [(101, 102)]
    assert [one.id for one in consultants] == [101, 102]


class Stale:
    """What was offered a while ago: nothing, and nobody."""

    def service_products(self, _place_id):
        return []

    def consultants(self, _place_id, _service_product_id):
        return []


@pytest.mark.rule("B-8")
def test_a_place_that_is_new_is_not_refused_from_memory(world):
    assert [one.id for one in service_products(world, 1, Stale())] == [11]


@pytest.mark.rule("B-10")
def test_a_consultant_who_is_new_is_named_with_her_times(world):
    _times, consultants = free_times(world, Stale(), **WISH)

    assert [one.id for one in consultants] == [101, 102]


@pytest.mark.rule("B-10")
def test_a_consultant_who_is_new_can_be_chosen(world):
    times, consultants = free_times(world, Stale(), **WISH, consultant_id=102)

    assert times
    assert 102 in {one.id for one in consultants}


@pytest.mark.parametrize("days", [-1, 62])
def test_too_many_days_are_refused(world, days):
    wish = WISH | {"last_day": DAY + timedelta(days=days)}

    with pytest.raises(ContractError, match=r"message\.invalid") as refused:
        free_times(world, **wish)

    assert list(refused.value.fields) == ["last_day"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DOWN, "service.unavailable"),
        (SchedulerRefused("service_unknown"), "booking.service_product.unknown"),
        (SchedulerRefused("answer_unreadable"), "service.unavailable"),
    ],
)
def test_errors_of_the_scheduler_are_refusals_of_ours(world, error, code):
    world.scheduler.trouble = [("before", error)]

    with pytest.raises(ContractError, match=code):
        free_times(world, **WISH)


def test_when_the_scheduler_is_down_holding_is_refused_and_nothing_changed(world):
    activity_id = world.register()
    world.scheduler.trouble = [("before", DOWN)]

    with pytest.raises(Unavailable):
        world.hold(activity_id)

    assert not world.store.holds
