"""How many works were done in time, per kind and month."""

from datetime import timedelta

import pytest

from tests.unit.maintenance.asks import ACUTE, cancel, do, fulfilment, refused, reported
from tests.unit.maintenance.world import ANNA, CARE, KARIN, STRANGER, at


def done(world, reported_at, started_at, finished_at, **order):
    order = reported(world, at(reported_at), **order)
    do(world, "start", order, at(started_at))
    do(world, "finish", order, at(finished_at))
    return order


@pytest.mark.rule("M-3")
@pytest.mark.rule("X-6")
def test_target_fulfilment_is_told_per_kind_and_month_of_the_end(world):
    done(world, "2026-06-15 09:00", "2026-06-16 09:00", "2026-06-30 09:00")
    done(world, "2026-06-15 09:00", "2026-06-22 09:00", "2026-06-30 23:59")  # both too late
    done(world, "2026-06-15 09:00", "2026-06-17 09:00", "2026-07-01 00:00")  # of July
    done(world, "2026-06-18 15:00", "2026-06-22 08:00", "2026-06-22 14:30", **ACUTE)
    cancel(world, reported(world, at("2026-06-15 09:00")), at("2026-06-18 09:00"))
    reported(world, at("2026-06-15 09:00"))

    rows = fulfilment(world)["items"]

    shown = [
        (one["month"], one["kind"], one["finished"], one["start_percent"], one["finish_percent"])
        for one in rows
    ]
    assert shown == [
        ("2026-06", "acute_corrective", 1, None, 100.0),
        ("2026-06", "corrective", 2, 50.0, 50.0),
        ("2026-07", "corrective", 1, 100.0, 0.0),
    ]
    assert (rows[0]["mean_gross_minutes"], rows[0]["mean_net_minutes"]) == (480, 480)


@pytest.mark.rule("M-3")
@pytest.mark.rule("M-4")
def test_a_pause_counts_gross_but_not_net(world):
    order = reported(world, at("2026-06-15 09:00"))
    do(world, "start", order, at("2026-06-15 10:00"))
    do(world, "pause", order, at("2026-06-15 11:00"), cause="spare_part")
    do(world, "resume", order, at("2026-07-15 11:00"))
    do(world, "finish", order, at("2026-07-15 12:00"))

    (row,) = fulfilment(world)["items"]

    assert (row["finished_in_time"], row["mean_net_minutes"]) == (1, 180)
    assert row["mean_gross_minutes"] == 180 + 21 * 510  # 22 working days but Midsummer Eve


def test_it_is_of_the_days_asked_for(world):
    done(world, "2026-06-15 09:00", "2026-06-16 09:00", "2026-06-17 09:00")

    def count(**query):
        return len(fulfilment(world, **query)["items"])

    assert count(first_day="2026-06-17", last_day="2026-06-17") == 1
    assert count(first_day="2026-06-18", last_day="2026-06-30") == 0
    assert count(last_day="2027-05-31") == 1
    assert count(last_day="2027-06-01") == 0  # a year of months


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": "2026-06-02", "last_day": "2026-06-01"},
        {"first_day": "2024-06-01", "last_day": "2026-06-02"},
        {"last_day": "0001-01-01"},
        {"last_day": "9999-12-31"},
    ],
)
def test_days_in_the_wrong_order_too_many_or_of_another_age_are_refused(world, days):
    with refused("message.invalid") as refusal:
        fulfilment(world, **days)

    assert list(refusal.value.fields) == ["last_day"]


def test_a_unit_sees_its_own_and_the_centre_all(world):
    done(world, "2026-06-15 09:00", "2026-06-16 09:00", "2026-06-17 09:00")

    assert len(fulfilment(world, KARIN)["items"]) == len(fulfilment(world, ANNA)["items"]) == 1
    assert fulfilment(world, STRANGER)["items"] == []
    with refused("not_found"):
        fulfilment(world, CARE)


def test_a_year_begins_in_january_and_ends_in_december(world):
    world.now += timedelta(days=150)  # the last of 2026
    assert fulfilment(world, last_day="2026-12-31")["items"] == []
