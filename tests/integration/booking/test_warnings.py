"""Warnings before closing, and the figure of what closed unbooked, on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.booking import clock
from services.booking.letters import SwedishLetters
from services.booking.window import Window, Windows, midnight
from tests.unit.booking.world import PRESCRIBER

LETTERS = SwedishLetters("bokning@rampen.example")
BEFORE = (timedelta(hours=24), timedelta(hours=4))
WINDOWS = Windows(Window.parse("3 days"))
MANAGER = replace(PRESCRIBER, role="manager")


def warn(booking_database) -> int:
    return clock.warn(booking_database.of(), LETTERS, BEFORE)


def bodies(booking_database) -> list[str]:
    return [row.body for row in booking_database.rows("SELECT body FROM mails ORDER BY created_at")]


@pytest.mark.rule("B-6")
@pytest.mark.rule("X-5")
def test_who_has_an_activity_that_closes_soon_is_mailed_once(booking_database):
    booking_database.register(due="23 hours")
    booking_database.register(due="3 days")
    booking_database.statements.clear()

    assert warn(booking_database) == 1
    assert len(booking_database.statements) == 1
    assert warn(booking_database) == 0

    ((recipient, subject),) = booking_database.rows("SELECT recipient, subject FROM mails")
    assert (recipient, subject) == (PRESCRIBER.hsa_id, "Konsultationer som snart avslutas")


@pytest.mark.rule("X-5")
def test_several_activities_are_gathered_in_one_mail(booking_database):
    for due in ("3 hours", "20 hours", "23 hours"):
        booking_database.register(due=due)

    assert warn(booking_database) == 1

    (body,) = bodies(booking_database)
    assert body.count("Arbetsorder 1042001: ") == 3
    assert "{" not in body


@pytest.mark.rule("X-5")
def test_nobody_is_mailed_twice_a_day(booking_database):
    booking_database.register(due="23 hours")
    assert warn(booking_database) == 1

    booking_database.register(due="22 hours")

    assert warn(booking_database) == 0
    booking_database.do("UPDATE warnings SET day = day - 1")  # the next day
    assert warn(booking_database) == 1
    assert len(bodies(booking_database)) == 2


@pytest.mark.rule("X-5")
def test_the_second_warning_comes_though_the_first_was_given(booking_database):
    booking_database.register(due="3 hours")
    booking_database.do("UPDATE activities SET warned_until = now() - interval '10 hours'")

    assert warn(booking_database) == 1


def test_a_window_shorter_than_the_warning_is_not_warned_of(booking_database):
    booking_database.register(due="20 seconds")
    booking_database.do("UPDATE activities SET started_at = now() - interval '1 minute'")

    assert warn(booking_database) == 0


@pytest.mark.parametrize("state", ["booking", "booked"])
def test_what_no_clock_runs_for_is_not_warned_of(booking_database, state):
    booking_database.register(due="3 hours")
    booking_database.do("UPDATE activities SET state = :state", state=state)

    assert warn(booking_database) == 0


def test_a_thousand_people_are_warned_in_one_statement(booking_database):
    booking_database.do(
        "INSERT INTO activities (id, work_order_number, unit, prescriber, registered_at, due_at,"
        " window_rule, state, version) SELECT gen_random_uuid(), '1042001', 'SE-U1',"
        " 'SE-P' || n % 1000, now() - interval '2 days', now() + interval '20 hours', '3 dagar',"
        " 'registered', 1 FROM generate_series(1, 3000) AS n"
    )
    booking_database.statements.clear()

    assert warn(booking_database) == 1000
    assert len(booking_database.statements) == 1


@pytest.mark.rule("B-6")
def test_what_closed_unbooked_is_counted_by_month_unit_and_area(booking_database):
    database = booking_database.of()
    opened = booking_database.register(due="-1 second")
    booking_database.register(due="-1 second")
    booking_database.register()
    booking_database.register(due="-1 second", unit="SE-U2")
    booking_database.do("UPDATE activities SET iso_code = '12 22'")
    clock.close_overdue(database, LETTERS)
    with database.transaction() as tx:
        clock.reopen_activity(tx, opened, WINDOWS)

    with booking_database.of(MANAGER).reading() as tx:
        found = [dict(row) for row in clock.count_unbooked(tx, {}, frozenset(), midnight)]

    assert {row["unit"] for row in found} == {PRESCRIBER.unit}
    assert {row["iso_code"] for row in found} == {"12 22"}
    sums = [sum(row[name] for row in found) for name in ("registered", "closed_unbooked")]
    assert (sums, sum(row["reopened"] for row in found)) == ([3, 2], 1)


@pytest.mark.rule("B-6")
def test_a_closing_stays_known_after_opening_again(booking_database):
    database = booking_database.of()
    activity_id = booking_database.register(due="-1 second")
    clock.close_overdue(database, LETTERS)

    with database.transaction() as tx:
        clock.reopen_activity(tx, activity_id, WINDOWS)
    with database.reading() as tx:
        activity = tx.activities.get(activity_id)

    assert (activity.state, activity.cause) == ("registered", None)
    assert activity.closings[0].reopened_at == activity.started_at
    assert booking_database.value("SELECT reopened_by FROM closings") == PRESCRIBER.hsa_id
