"""Opening what was closed, windows by agreement, and who sees the figure."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contracts.errors import Conflict, Forbidden, Invalid, NotFound
from services.booking import clock
from services.booking.ports import Scope
from services.booking.window import Window, midnight
from tests.unit.booking.world import PRESCRIBER, START, STRANGER, World

CENTRE = frozenset({"SE2321000131-HMC"})


def closed(world):
    activity_id = world.register()
    world.clock.advance(timedelta(days=4))
    world.sweep()
    return activity_id


@pytest.mark.rule("B-6")
def test_a_closed_activity_is_opened_again_with_a_new_window(world):
    activity_id = closed(world)

    opened = world.reopen(activity_id)

    assert (opened["state"], opened["cause"]) == ("registered", None)
    assert opened["closes_at"] == "2026-05-28T06:00:00+00:00"
    start = world.clock.now() + timedelta(days=1)
    assert world.book(world.hold(activity_id, start))["state"] == "booked"


@pytest.mark.rule("B-6")
def test_the_old_closing_stays_in_the_history(world):
    activity_id = closed(world)
    closed_at = world.clock.now()
    world.clock.advance(timedelta(hours=1))
    world.reopen(activity_id)
    world.clock.advance(timedelta(days=3))
    world.sweep()

    first, second = world.activity(activity_id)["closings"]

    assert (first["closed_at"], first["cause"]) == (closed_at.isoformat(), "not_booked")
    assert first["reopened_at"] == (closed_at + timedelta(hours=1)).isoformat()
    assert second["reopened_at"] is None


def test_opening_again_is_told(world):
    world.reopen(closed(world))

    (told,) = world.told("ActivityReopened")
    assert told.closes_at - told.reopened_at == timedelta(days=3)


def test_what_is_not_closed_is_not_opened(world):
    activity_id = world.register()

    with pytest.raises(Conflict, match=r"booking\.activity\.not_closed"):
        world.reopen(activity_id)


def test_only_who_books_for_the_unit_opens_again(world):
    activity_id = closed(world)

    with pytest.raises(NotFound):
        world.acting(STRANGER).reopen(activity_id)
    with pytest.raises(Forbidden):
        world.acting(replace(PRESCRIBER, role="technician")).reopen(activity_id)


@pytest.mark.rule("X-5")
def test_an_agreement_may_have_a_window_of_its_own():
    world = World(by_agreement={"general": Window.parse("3 working days")})

    own = world.register(agreement="general")
    usual = world.register(agreement="other")

    assert world.activity(own)["closes_at"] == "2026-05-26T06:00:00+00:00"
    assert world.activity(usual)["closes_at"] == "2026-05-24T06:00:00+00:00"


@pytest.mark.parametrize(
    ("changes", "scope"),
    [
        ({"role": "manager"}, Scope(unit=PRESCRIBER.unit)),
        ({"role": "device_coordinator"}, Scope(principal=PRESCRIBER.principal)),
        ({"role": "customer_service", "unit": "SE2321000131-HMC"}, Scope()),
        ({"role": "operator"}, Scope()),
    ],
)
def test_who_coordinates_or_manages_sees_the_figure(changes, scope):
    assert clock.scope(replace(PRESCRIBER, **changes), CENTRE) == scope


def test_others_do_not_see_the_figure():
    with pytest.raises(Forbidden):
        clock.scope(PRESCRIBER, CENTRE)


@pytest.mark.parametrize("months", [("2026-05", "2026-04"), ("2024-05", "2026-05")])
def test_months_in_the_wrong_order_or_too_many_are_refused(world, months):
    query = {"first_month": months[0], "last_month": months[1]}

    world.acting(replace(PRESCRIBER, role="manager"))
    with world.database.reading() as tx, pytest.raises(Invalid):
        clock.count_unbooked(tx, query, CENTRE, midnight)


def test_a_window_begins_when_it_is_started(world):
    activity_id = closed(world)
    world.reopen(activity_id)

    assert world.store.activities[activity_id].started_at == START + timedelta(days=4)
