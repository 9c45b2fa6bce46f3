"""A comparison of ordering, booking and the scheduler as it goes on: begun once, taken up again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import text

from contracts.actor import system
from contracts.errors import Conflict, Forbidden
from contracts.errors.booking_reconciliation import RECONCILIATION_GOES_ON
from contracts.errors.common import SERVICE_UNAVAILABLE
from services.booking.reconciliation import use_cases
from tests.integration.booking.three import OPERATOR, Three
from tests.unit.booking.fakes import LOST, Killed
from tests.unit.booking.world import PRESCRIBER

pytestmark = pytest.mark.rule("B-16")
AT_THE_SAME_TIME = 4  # connections, at most those of the tests' database


def test_killed_in_the_middle_another_goes_on_from_there(three):
    three.scheduled(str(three.one_open()))
    run_id = three.start()
    three.ordering.trouble.append(Killed())
    with pytest.raises(Killed):
        three.reconciling().run()
    assert (three.shown(run_id)["stage"], three.shown(run_id)["look"]) == ("ordering", 1)
    three.reconciling().run()
    assert three.ordering.asked == [0], "its lease still holds"

    three.tables.do("UPDATE reconciliations SET due_at = now()")
    three.reconciling().run()

    assert three.shown(run_id)["finished_at"] is not None
    assert [one["kind"] for one in three.listed()] == ["only_in_scheduler"]
    assert three.shown(run_id)["compared"] == 2


@pytest.mark.parametrize("error", [LOST, SERVICE_UNAVAILABLE()])
def test_when_somebody_does_not_answer_the_run_says_so_and_goes_on_later(three, error):
    three.one_booked()
    run_id = three.start()
    three.ordering.trouble.append(error)

    three.reconciling().run()
    assert three.shown(run_id)["trouble"] == type(error).__name__
    three.tables.do("UPDATE reconciliations SET due_at = now()")
    three.reconciling().run()

    assert (three.shown(run_id)["trouble"], three.listed()) == (None, [])
    assert three.shown(run_id)["finished_at"] is not None


def test_thousands_are_compared_in_pages(three):
    three.tables.do(
        "INSERT INTO activities (id, work_order_number, unit, prescriber, registered_at, due_at,"
        " window_rule, state, version)"
        " SELECT gen_random_uuid(), (2000000 + n)::text, 'SE-U1', 'SE-P1', now(),"
        " now() + interval '3 days', '3 dagar', 'registered', 1 FROM generate_series(1, 2500) AS n"
    )
    (first,) = three.tables.rows("SELECT id FROM activities ORDER BY work_order_number LIMIT 1")
    three.ordering.unheard.add(first.id)
    three.tables.statements.clear()

    assert three.differences() == [("unknown_to_ordering", False)]

    assert len(three.ordering.asked) == 6  # three pages, looked at twice
    assert len(three.tables.statements) < 200


def test_the_run_of_a_night_is_asked_for_once(three):
    def ask(hour: int) -> int:
        for _ in range(2):
            with three.tables.of(system("booking")).transaction() as tx:
                use_cases.start_nightly(tx, datetime(2026, 5, 21, hour, 30, tzinfo=UTC), 3)
        return three.tables.value("SELECT count(*) FROM reconciliations")

    assert [ask(hour) for hour in (2, 3, 5, 6)] == [0, 1, 1, 1]


def test_the_run_of_a_night_begins_when_the_one_before_is_done(three):
    three.start()
    night = datetime(2026, 5, 21, 3, 30, tzinfo=UTC)

    def ask() -> int:
        with three.tables.of(system("booking")).transaction() as tx:
            use_cases.start_nightly(tx, night, 3)
        return three.tables.value("SELECT count(*) FROM reconciliations")

    assert ask() == 1
    three.reconciling().run()
    assert ask() == 2


def test_while_one_goes_on_another_is_refused_and_its_own_command_repeated(three):
    run_id = three.start()

    with pytest.raises(Conflict, match=r"reconciliation\.goes_on"):
        three.start()
    with three.tables.of(OPERATOR).transaction() as tx:
        assert use_cases.start(tx, run_id)["id"] == run_id
    three.reconciling().run()

    assert three.start() != run_id


def test_of_two_starts_at_once_one_is_refused(three):
    with ThreadPoolExecutor(AT_THE_SAME_TIME) as threads:
        begin = Barrier(AT_THE_SAME_TIME)
        asked = [threads.submit(_start, three, begin) for _ in range(AT_THE_SAME_TIME)]
    refused = [one.exception() for one in asked if one.exception()]

    assert {getattr(error, "code", error) for error in refused} == {RECONCILIATION_GOES_ON.code}
    assert len(refused) == AT_THE_SAME_TIME - 1
    assert three.tables.value("SELECT count(*) FROM reconciliations") == 1


def _start(three: Three, begin: Barrier) -> None:
    """Ask for a run in a transaction that has begun, as all the others'."""
    with three.tables.of(OPERATOR).transaction() as tx:
        tx.connection.execute(text("SELECT 1"))
        begin.wait(60)
        use_cases.start(tx, uuid4())


def test_only_operators_ask_and_see(three):
    with pytest.raises(Forbidden), three.tables.of(PRESCRIBER).transaction() as tx:
        use_cases.start(tx, uuid4())
    with pytest.raises(Forbidden), three.tables.of(PRESCRIBER).reading() as tx:
        use_cases.list_differences(tx, limit=1, page=1, state="all")
