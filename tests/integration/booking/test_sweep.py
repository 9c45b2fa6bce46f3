"""Closing what is overdue, on PostgreSQL."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from contracts.booking import ActivityClosedV1
from services.booking import clock
from services.booking.clock_statements import CLOSE_OVERDUE
from services.booking.letters import SwedishLetters
from tests.unit.booking.world import PRESCRIBER

LETTERS = SwedishLetters("bokning@rampen.example")
MANY = "SELECT count(*) FROM activities WHERE state = 'closed'"


def sweep(booking_database) -> int:
    return clock.close_overdue(booking_database.of(), LETTERS)


def fill(booking_database, count: int, due: str = "-1 second") -> None:
    booking_database.do(
        "INSERT INTO activities (id, work_order_number, unit, prescriber, registered_at, due_at,"
        " window_rule, state, version)"
        " SELECT gen_random_uuid(), (1000000 + n)::text, 'SE-U1', 'SE-P' || n % 100,"
        " now() - interval '3 days', now() + CAST(:due AS interval), '3 dagar', 'registered', 1"
        " FROM generate_series(1, :count) AS n",
        due=due,
        count=count,
    )


@pytest.mark.rule("B-6")
def test_closing_is_told_with_its_cause_and_mailed_in_one_statement(booking_database):
    activity_id = booking_database.register(due="-1 second")
    booking_database.statements.clear()

    assert sweep(booking_database) == 1

    assert len(booking_database.statements) == 1
    ((event_type, data, headers),) = booking_database.rows(
        "SELECT event_type, data, headers FROM outbox"
    )
    event = ActivityClosedV1.read(data)
    assert event_type == ActivityClosedV1.event_type
    assert (event["activity_id"], event["cause"]) == (activity_id, "not_booked")
    assert event["closed_at"] == booking_database.value("SELECT closed_at FROM activities")
    assert headers["nameko.actor"]["hsa_id"] == PRESCRIBER.hsa_id


@pytest.mark.rule("B-6")
def test_the_prescriber_reads_why_and_until_when(booking_database):
    booking_database.register()
    booking_database.do("UPDATE activities SET due_at = '2026-03-30 06:15:00+00'")

    sweep(booking_database)

    ((recipient, subject, body),) = booking_database.rows(
        "SELECT recipient, subject, body FROM mails"
    )
    assert recipient == PRESCRIBER.hsa_id
    assert subject == "Konsultation avslutad: arbetsorder 1042001"
    assert "bokades före 2026-03-30 kl. 08:15." in body
    assert "{" not in body


@pytest.mark.rule("B-6")
def test_nothing_is_closed_before_its_time_by_the_database_clock(booking_database, time_machine):
    booking_database.register(due="1 second")
    time_machine.move_to("2999-01-01")  # a process whose clock is far ahead

    assert sweep(booking_database) == 0


def test_four_sweeps_at_once_close_each_activity_once(booking_database):
    fill(booking_database, 12_000)
    together = Barrier(4)

    def run(_number: int) -> int:
        together.wait()
        return sweep(booking_database)

    with ThreadPoolExecutor(4) as pool:
        closed = list(pool.map(run, range(4)))
    closed.append(sweep(booking_database))  # what a rival had locked at the end

    assert sum(closed) == 12_000
    assert booking_database.value(MANY) == 12_000
    told = booking_database.rows("SELECT data->>'activity_id' AS id FROM outbox")
    assert set(Counter(row.id for row in told).values()) == {1}
    assert len(told) == booking_database.value("SELECT count(*) FROM mails") == 12_000


def test_a_sweep_does_not_wait_for_what_somebody_is_changing(booking_database):
    locked, free = (booking_database.register(due="-1 second") for _ in range(2))

    with booking_database.engine.begin() as other:
        other.execute(
            text("UPDATE activities SET version = version + 1 WHERE id = :id"), {"id": locked}
        )
        assert sweep(booking_database) == 1
        assert booking_database.rows("SELECT id FROM activities WHERE state = 'closed'") == [
            (free,)
        ]

    assert sweep(booking_database) == 1


def test_a_sweep_that_is_rolled_back_has_done_nothing(booking_database):
    booking_database.register(due="-1 second")

    with pytest.raises(KeyboardInterrupt), booking_database.of().transaction() as tx:
        raise KeyboardInterrupt(tx.activities.close_overdue(LETTERS.closed(), 10))

    for table in ("outbox", "mails"):
        assert booking_database.value(f"SELECT count(*) FROM {table}") == 0
    assert booking_database.value(MANY) == 0


def test_a_sweep_with_nothing_due_reads_one_index_only(booking_database):
    fill(booking_database, 20_000, due="1 day")
    booking_database.do("ANALYZE activities")

    with booking_database.engine.connect() as connection:
        values = {"at_most": 5000, "event_type": "", "headers": "{}", "subject": "", "body": ""}
        explained = text(f"EXPLAIN (ANALYZE, BUFFERS OFF) {CLOSE_OVERDUE.text}")
        plan = "\n".join(connection.execute(explained, values).scalars())

    assert "Index Scan using activities_due" in plan
    assert "Seq Scan" not in plan
