"""How many SQL statements each use case takes, whatever the number of rows."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.maintenance import PauseWork, RegisterMaintenance
from services.maintenance import use_cases
from services.maintenance.model.happenings import What
from tests.unit.maintenance.asks import (
    do,
    fulfilment,
    listed,
    look_at,
    message,
    register,
    reported,
)
from tests.unit.maintenance.world import ANNA, JOHAN, NOW, RULES


@pytest.fixture
def count(world):
    def count(work):
        world.statements.clear()
        work()
        return len(world.statements)

    return count


def carry_out(world, actor, name, command, use_case):
    """As the chassis carries a command out."""
    answer = {"answer": "kept"}
    return world.database(actor).once(name, command, lambda tx: use_case(tx) and answer)


def test_registering_takes_two_statements(world, count):
    command = RegisterMaintenance.read(message())

    def run():
        carry_out(
            world, ANNA, "register", command, lambda tx: use_cases.register(tx, command, RULES)
        )

    assert count(run) == 2
    assert world.rows("SELECT count(*) FROM work_orders") == [(1,)]
    assert count(run) <= 4  # again: its own effect, then the answer that was kept
    assert world.rows("SELECT count(*) FROM work_orders") == [(1,)]


@pytest.mark.parametrize("pauses", [0, 20])
def test_carrying_on_takes_three_statements_however_long_the_history(world, count, pauses):
    order = register(world)
    for _ in range(pauses):
        do(world, "pause", order, cause="supplier")
        do(world, "resume", order)
    told = {"command_id": str(uuid4()), "work_order_number": order.number, "cause": "supplier"}
    command = PauseWork.read(told)

    def run():
        carry_out(
            world, JOHAN, "pause", command,
            lambda tx: use_cases.carry_on(tx, What.PAUSED, command, RULES),
        )  # fmt: skip

    assert count(run) == 3
    history = look_at(world, order.number)["history"]
    assert len(history) == 2 + 2 * pauses
    assert count(run) <= 3
    assert len(look_at(world, order.number)["history"]) == 2 + 2 * pauses


@pytest.mark.parametrize("rows", [1, 20])
def test_questions_take_one_statement_whatever_the_rows(world, count, rows):
    for at in range(rows):
        order = reported(world, NOW - timedelta(days=at))
        do(world, "start", order)
        do(world, "finish", order)

    assert count(lambda: listed(world, limit=100)) == 1
    assert count(lambda: look_at(world, order.number)) == 1  # its log included
    assert count(lambda: fulfilment(world)) == 1
    assert fulfilment(world)["items"][0]["finished"] == rows


@pytest.mark.parametrize("where", ["", "WHERE unit = 'SE2321009314-E000000000001'"])
def test_a_list_of_many_reads_one_page_by_its_index(world, where):
    query = f"""
        EXPLAIN SELECT * FROM work_orders {where}
        ORDER BY LEAST(start_due_at, finish_due_at), number DESC LIMIT 21
    """
    with world.engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")  # as when the table is large
        plan = "\n".join(connection.exec_driver_sql(query).scalars())

    assert "Index Scan" in plan
    assert "\n->  Sort" not in plan
    assert "Sort Key" not in plan
