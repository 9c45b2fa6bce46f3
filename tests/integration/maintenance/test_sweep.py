"""Telling technicians in time, and holding the kept times true, on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from chassis.calendar import SERVICE_WINDOW, Calendar
from services.maintenance import statements, sweeping
from services.maintenance.model.limits import Soon
from services.maintenance.opening_hours import CalendarLine
from tests.unit.maintenance.asks import ACUTE, assign, do, register, reported
from tests.unit.maintenance.world import ANNA, JOHAN, NOW, RULES, at


@pytest.fixture
def today(world):
    """The present time, for what the database's clock decides."""
    world.now = datetime.now(UTC)
    return world.now


def warn(world) -> int:
    return sweeping.warn(world.database())


@pytest.mark.rule("M-1")
def test_the_technician_is_told_once_that_the_start_runs_out_soon(world, today):
    order = assign(world, reported(world, today - timedelta(days=30)))
    world.statements.clear()

    assert (warn(world), warn(world)) == (2, 0)  # of the start, and of the finish

    assert len(world.statements) == 4
    (start, finish) = world.mailed()
    assert start[:2] == (JOHAN.hsa_id, f"Arbetsorder {order.number} ska snart vara påbörjat")
    assert finish[1] == f"Arbetsorder {order.number} ska snart vara klart"
    assert f"på hjälpmedel {order.individual_number}: arbetet ska vara påbörjat" in start[2]
    assert "{" not in start[2] + finish[2]


def test_the_mail_says_until_when_on_the_wall(world):
    order = assign(world, reported(world, at("2026-06-18 15:00"), **ACUTE))
    assert world.due(order.number).finish_due_at == at("2026-06-22 14:30")

    world.do("UPDATE work_orders SET finish_soon_at = now() - interval '1 second'")
    assert warn(world) == 1

    assert "senast 2026-06-22 kl. 14:30." in world.mailed()[0][2].replace("\n", " ")


def test_nobody_is_told_of_what_has_time_waits_or_is_over(world, today):
    assign(world, register(world))
    waiting = assign(world, reported(world, today - timedelta(days=30)))
    do(world, "pause", waiting, cause="spare_part")
    over = assign(world, reported(world, today - timedelta(days=30)))
    do(world, "start", over)
    do(world, "finish", over)
    reported(world, today - timedelta(days=30))  # nobody's yet

    assert (warn(world), world.mailed()) == (0, [])


def test_who_gets_a_late_order_is_told_too(world, today):
    order = reported(world, today - timedelta(days=30))
    assert warn(world) == 0

    assign(world, order)

    assert warn(world) == 2


def test_the_database_clock_decides(world, today, time_machine):
    assign(world, register(world))
    time_machine.move_to("2999-01-01")  # a process whose clock is far ahead

    assert warn(world) == 0


def fill(world, count: int) -> None:
    world.do(
        "INSERT INTO work_orders (id, kind, individual_number, unit, prescriber, agreement,"
        " basic_need, start_limit, finish_limit, version, state, technician, start_soon_at,"
        " start_due_at)"
        " SELECT gen_random_uuid(), 'corrective', '123456', 'SE-U1', 'SE-P1', '', 'none', '', '',"
        " 1, 'registered', 'SE-T' || n % 50, now() - interval '1 second', now()"
        " FROM generate_series(1, :count) AS n",
        count=count,
    )


def test_four_sweeps_at_once_tell_of_each_once(world):
    fill(world, 12_000)
    together = Barrier(4)

    def run(_number: int) -> int:
        together.wait()
        return warn(world)

    with ThreadPoolExecutor(4) as pool:
        warned = list(pool.map(run, range(4)))
    warned.append(warn(world))  # what a rival had locked at the end

    assert sum(warned) == 12_000
    assert world.rows("SELECT count(*), count(DISTINCT subject) FROM mails") == [(12_000, 12_000)]


def test_a_sweep_does_not_wait_for_what_somebody_is_changing(world):
    fill(world, 2)
    ((locked,), _) = world.rows("SELECT id FROM work_orders")

    with world.engine.begin() as other:
        change = text("UPDATE work_orders SET version = version + 1 WHERE id = :id")
        other.execute(change, {"id": locked})
        assert warn(world) == 1

    assert warn(world) == 1


def test_a_sweep_that_is_rolled_back_has_done_nothing(world):
    fill(world, 1)

    with pytest.raises(KeyboardInterrupt), world.database().transaction() as tx:
        raise KeyboardInterrupt(tx.work_orders.warn("start", {"subject": "", "body": ""}, 10))

    assert (world.mailed(), warn(world)) == ([], 1)


@pytest.mark.parametrize("clock", ["start", "finish"])
def test_a_sweep_with_nothing_due_reads_one_index_only(world, clock):
    fill(world, 5000)
    world.do("UPDATE work_orders SET start_soon_at = now() + interval '1 day'")
    world.do("ANALYZE work_orders")

    with world.engine.connect() as connection:
        explained = text(f"EXPLAIN {statements.WARN[clock].text}")
        values = {"at_most": 5000, "subject": "", "body": ""}
        plan = "\n".join(connection.execute(explained, values).scalars())

    assert f"work_orders_{clock}_soon" in plan
    assert "Seq Scan on work_orders" not in plan


@pytest.mark.rule("X-4")
def test_times_kept_follow_the_calendar_that_is_settled(world):
    orders = [reported(world, NOW - timedelta(days=days)) for days in range(8)]
    do(world, "start", orders[1])
    do(world, "pause", orders[2], cause="supplier")
    do(world, "start", orders[3])
    do(world, "finish", orders[3])
    kept = [world.due(order.number) for order in orders]
    assert sweeping.recompute(world.database(), RULES) == 0

    longer = CalendarLine(Calendar(((SERVICE_WINDOW[0][0].replace(hour=7), SERVICE_WINDOW[0][1]),)))
    other = replace(RULES, hours=longer, soon=Soon(share=0.5))
    world.statements.clear()
    assert sweeping.recompute(world.database(), other) == 6  # neither the paused nor the finished
    assert len(world.statements) == 2
    assert world.due(orders[0].number) != kept[0]

    assert sweeping.recompute(world.database(), RULES) == 6
    assert [world.due(order.number) for order in orders] == kept


def test_what_is_changed_meanwhile_keeps_the_times_of_that_change(world):
    order = register(world)
    other = replace(RULES, soon=Soon(share=0.5))

    with world.transaction() as tx:
        changed = list(sweeping.computed(tx.work_orders.unfinished(), other, NOW))
        do(world, "pause", order, cause="supplier")
        assert tx.work_orders.set_due(changed) == 0

    assert world.due(order.number) == (None, None, None, None)


@pytest.mark.rule("U-1")
def test_the_prescriber_is_told_once_when_a_repair_is_late(world, today):
    late = reported(world, today - timedelta(days=30))
    reported(world, today - timedelta(days=30), kind="preventive")
    register(world)
    over = reported(world, today - timedelta(days=30))
    do(world, "start", over)
    do(world, "finish", over)

    with ThreadPoolExecutor(4) as sweeps:
        told = list(sweeps.map(lambda _: sweeping.tell_overdue(world.database()), range(4)))

    assert sum(told) == 1
    ((recipient, subject, body),) = world.mailed()
    assert (recipient, subject) == (ANNA.hsa_id, f"Arbetsorder {late.number} är inte klar i tid")
    assert late.individual_number in body
    assert "{" not in body
