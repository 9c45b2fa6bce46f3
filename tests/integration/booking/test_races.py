"""Two who want the same thing at the same moment, on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from contracts.errors import Conflict
from services.booking import clock
from services.booking.letters import SwedishLetters
from services.booking.model.booking import Asked
from tests.integration.booking.test_repository import found, held, now

LETTERS = SwedishLetters("bokning@rampen.example")
ROUNDS = 40


def both(first, second):
    """What the two answer who begin together; an error is an answer."""
    together = Barrier(2)

    def run(work):
        together.wait()
        try:
            return work()
        except Conflict as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, (first, second)))


def attempt(database, hold):
    with database.transaction() as tx:
        activity, _ = tx.activities.holding(hold.id)
        asked = Asked(uuid4(), b"\x00" * 32, hold.held_by, now())
        activity.attempt(hold, uuid4(), "1042001", "+46701740605", asked)
        tx.activities.save(activity)
    return activity


@pytest.mark.rule("B-6")
@pytest.mark.rule("B-9")
def test_what_is_booked_in_the_last_second_is_booked_or_closed_never_both(booking_database):
    database = booking_database.of()
    for _ in range(ROUNDS):
        activity_id = booking_database.register(due="-1 second")
        hold = held(database, activity_id)
        booking_database.do("UPDATE holds SET held_by = :other", other=str(uuid4()))

        booked, closed = both(
            lambda hold=hold: attempt(database, hold),
            lambda: clock.close_overdue(database, LETTERS),
        )

        state = booking_database.value(
            "SELECT state FROM activities WHERE id = :id", id=activity_id
        )
        if isinstance(booked, Conflict):
            assert (state, closed) == ("closed", 1)
        else:
            assert (state, closed) == ("booking", 0)
    assert booking_database.value("SELECT count(*) FROM outbox") == booking_database.value(
        "SELECT count(*) FROM activities WHERE state = 'closed'"
    )


def test_of_two_who_book_the_same_activity_one_gets_it(booking_database):
    database = booking_database.of()
    for _ in range(ROUNDS):
        hold = held(database, booking_database.register(), held_by=str(uuid4()))

        answers = both(lambda h=hold: attempt(database, h), lambda h=hold: attempt(database, h))

        refused = [one for one in answers if isinstance(one, Conflict)]
        assert len(refused) == 1
        assert refused[0].code in ("changed_meanwhile", "booking.activity.state")


def test_an_outcome_that_two_find_is_written_once(booking_database):
    database = booking_database.of()
    hold = held(database, booking_database.register())
    attempt(database, hold)

    def confirm():
        with database.reading() as tx:
            activity, _ = tx.activities.holding(hold.id)
        with database.transaction() as tx:
            activity.confirm(found(activity, hold), tx.now)
            tx.activities.save(activity)

    answers = both(confirm, confirm)

    assert [type(one) for one in answers].count(Conflict) <= 1
    told = "SELECT count(*) FROM outbox WHERE event_type = 'booking.activity.booked.v1'"
    assert booking_database.value(told) == 1


def test_a_person_who_holds_many_times_at_once_holds_three(booking_database):
    database = booking_database.of()
    hold = held(database, booking_database.register())
    others = [booking_database.register() for _ in range(8)]

    def add(activity_id: UUID) -> bool:
        with database.transaction() as tx:
            new = replace(hold, id=uuid4(), activity_id=activity_id)
            return tx.holds.add(new, limit=3) is not None

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(add, others))

    assert sum(kept) == 2
    assert booking_database.value("SELECT count(*) FROM holds") == 3


def test_a_person_who_chooses_many_times_for_one_activity_at_once_holds_one(booking_database):
    database = booking_database.of()
    hold = held(database, booking_database.register())

    def choose(number: int) -> list[str]:
        with database.transaction() as tx:
            return list(tx.holds.add(replace(hold, id=uuid4(), key=f"choice {number}"), limit=1))

    with ThreadPoolExecutor(8) as pool:
        replaced = [key for keys in pool.map(choose, range(8)) for key in keys]

    keys = {hold.key, *(f"choice {number}" for number in range(8))}
    is_open = "SELECT string_agg(key, ',') FROM holds WHERE expires_at > now()"
    assert {*replaced, booking_database.value(is_open)} == keys
