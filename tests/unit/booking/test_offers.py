"""What the scheduler offers."""

from datetime import date, timedelta

import pytest

from contracts.errors import ContractError, Unavailable
from services.booking import use_cases
from services.booking.schedule import SchedulerRefused
from tests.unit.booking.fakes import DOWN

DAY = date(2026, 5, 25)
WISH = {"place_id": 1, "service_product_id": 11, "first_day": DAY, "last_day": DAY}


@pytest.mark.rule("B-8")
def test_places_and_their_service_products(world):
    assert [one.name for one in use_cases.list_places(world.scheduler)] == ["Borås"]
    assert [one.id for one in use_cases.list_service_products(world.scheduler, 1)] == [11]


@pytest.mark.rule("B-8")
def test_a_place_that_does_not_exist_is_refused(world):
    with pytest.raises(ContractError, match=r"booking\.place\.unknown"):
        use_cases.list_service_products(world.scheduler, 99)


@pytest.mark.rule("B-10")
def test_free_times_name_the_consultants(world):
    times, consultants = use_cases.list_free_times(world.scheduler, **WISH)

    assert [one.consultant_ids for one in times] == [(101, 102)]
    assert [one.id for one in consultants] == [101, 102]


@pytest.mark.parametrize("days", [-1, 62])
def test_too_many_days_are_refused(world, days):
    wish = WISH | {"last_day": DAY + timedelta(days=days)}

    with pytest.raises(ContractError, match=r"message\.invalid") as refused:
        use_cases.list_free_times(world.scheduler, **wish)

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
        use_cases.list_free_times(world.scheduler, **WISH)


def test_when_the_scheduler_is_down_holding_is_refused_and_nothing_changed(world):
    activity_id = world.register()
    world.scheduler.trouble = [("before", DOWN)]

    with pytest.raises(Unavailable):
        world.hold(activity_id)

    assert not world.store.holds
