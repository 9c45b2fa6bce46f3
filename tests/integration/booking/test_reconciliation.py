"""What ordering, booking and the scheduler say of one another: booking on PostgreSQL, the scheduler
over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from chassis.clock import SystemClock
from contracts.actor import system
from contracts.errors import Conflict, Forbidden
from contracts.errors.booking_reconciliation import RECONCILIATION_GOES_ON
from contracts.errors.common import SERVICE_UNAVAILABLE
from services.booking.reconciliation import use_cases
from services.booking.reconciliation.looking import Reconciling
from services.booking.reconciliation.model import WorkOrder
from services.booking.scheduler import ZoeziScheduler
from tests.integration.booking.scheduler.data import BORAS, WHEELCHAIR
from tests.integration.booking.scheduler.process import KEY
from tests.unit.booking.fakes import LOST, Killed
from tests.unit.booking.world import PRESCRIBER, World

pytestmark = pytest.mark.rule("B-16")
OPERATOR = replace(PRESCRIBER, role="operator")
AT_ONCE = timedelta(0)  # a second look right after the first
HOUR = timedelta(hours=1)
AT_THE_SAME_TIME = 4  # connections, at most those of the tests' database
HEARD = {"registered": "open", "booked": "booked", "booking": "open"}


@dataclass
class Ordering:
    """Ordering as far as booking asks it: it has heard of everything, except what is changed."""

    booking: Any
    changed: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    unheard: set[UUID] = field(default_factory=set)
    more: list[WorkOrder] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    trouble: list[BaseException] = field(default_factory=list)

    def __call__(self, after: int, limit: int) -> list[WorkOrder]:
        self.asked.append(after)
        if self.trouble:
            raise self.trouble.pop()
        rows = self.booking.rows(
            "SELECT a.id, work_order_number, a.state, cause, starts_at FROM activities AS a"
            " LEFT JOIN bookings AS b ON b.activity_id = a.id AND b.state = 'booked'"
        )
        known = [self._order(*row) for row in rows if row.id not in self.unheard]
        found = sorted((*known, *self.more), key=lambda one: int(one.work_order_number))
        return [one for one in found if int(one.work_order_number) > after][:limit]

    def _order(self, activity_id, number, state, cause, start) -> WorkOrder:
        values = {
            "work_order_number": number,
            "activity_id": activity_id,
            "state": HEARD.get(state, "closed"),
            "cause": cause,
            "booked_start": start if state == "booked" else None,
        }
        return WorkOrder(**values | self.changed.get(activity_id, {}))


class Three(World):
    """Ordering, booking and the scheduler."""

    def __init__(self, booking_database, scheduler: ZoeziScheduler) -> None:
        super().__init__(clock=SystemClock())
        self.tables = booking_database
        self.database = booking_database.of(PRESCRIBER)
        self.scheduler = scheduler
        self.ordering = Ordering(booking_database)
        self.numbers = iter(range(1042001, 1043000))
        today = datetime.now(UTC).date()
        period = today + timedelta(days=7), today + timedelta(days=40)
        times = scheduler.free_times(BORAS, WHEELCHAIR, *period)
        self.starts = [one.start for one in times[::4]]

    def one_booked(self) -> dict[str, Any]:
        number = str(next(self.numbers))
        activity_id = self.register(work_order_number=number)
        hold_id = self.hold(activity_id, self.starts.pop(0))
        return self.book(hold_id, work_order_number=number)

    def one_open(self) -> UUID:
        return self.register(work_order_number=str(next(self.numbers)))

    def scheduler_id(self, booked) -> int:
        query = "SELECT scheduler_id FROM bookings WHERE id = :id"
        return self.tables.value(query, id=booked["booking_id"])

    def scheduled(self, activity_id: str):
        """Booked in the scheduler, and nowhere else."""
        start = self.starts.pop(0)
        held = self.scheduler.hold(BORAS, WHEELCHAIR, start, activity_id=activity_id)
        answers = {"work_order_number": "1042999", "telephone": "+46701740605"}
        return self.scheduler.book(held.key, start=start, activity_id=activity_id, **answers)

    def reconciling(self, grace: timedelta = AT_ONCE) -> Reconciling:
        database = self.tables.of(system("booking"))
        return Reconciling(database, self.scheduler, self.ordering, grace)

    def start(self) -> UUID:
        run_id = uuid4()
        with self.tables.of(OPERATOR).transaction() as tx:
            use_cases.start(tx, run_id)
        return run_id

    def differences(self, grace: timedelta = AT_ONCE) -> list[tuple[str, bool]]:
        """The kind of each that a run finds, and whether it was repaired."""
        self.start()
        self.reconciling(grace).run()
        return [(one["kind"], one["repaired_at"] is not None) for one in self.listed()]

    def listed(self, **query: Any):
        with self.tables.of(OPERATOR).reading() as tx:
            wanted = {"limit": 100, "page": 1, "state": "open"} | query
            return use_cases.list_differences(tx, **wanted)[0]

    def shown(self, run_id: UUID):
        with self.tables.of(OPERATOR).reading() as tx:
            return use_cases.get(tx, run_id)

    def told_of(self, activity_id: UUID | str) -> list[str]:
        rows = self.tables.rows(
            "SELECT event_type FROM outbox WHERE data->>'activity_id' = :id ORDER BY id",
            id=str(activity_id),
        )
        return [row.event_type.split(".")[2] for row in rows]


@pytest.fixture
def three(booking_database, running_scheduler):
    running_scheduler.forget_bookings()
    with_key = ZoeziScheduler.at(running_scheduler.url, KEY)
    yield Three(booking_database, with_key)
    with_key.close()


def test_where_all_say_the_same_nothing_is_listed(three):
    three.one_booked()
    three.one_open()
    three.cancel(three.one_booked()["booking_id"])

    assert three.differences() == []


def test_a_booking_that_staff_have_cancelled_is_left_to_the_operator(three):
    booked = three.one_booked()
    three.scheduler.cancel(three.scheduler_id(booked))

    assert three.differences() == [("cancelled_in_scheduler", False)]

    (found,) = three.listed()
    assert found["work_order_number"] == booked["work_order_number"]
    assert found["booking_says"].startswith("booked, ")
    assert found["scheduler_says"].startswith("cancelled, ")
    assert three.activity(booked["activity_id"])["state"] == "booked"


def test_a_booking_that_the_scheduler_does_not_have_is_listed(three, running_scheduler):
    three.one_booked()
    running_scheduler.forget_bookings()

    assert three.differences() == [("missing_in_scheduler", False)]
    assert three.listed()[0]["scheduler_says"] is None


def test_a_booking_that_staff_have_moved_is_listed_and_stands_where_it_is(three):
    booked = three.one_booked()
    old = three.scheduler.get(three.scheduler_id(booked))
    moved = three.scheduler.rebook(old, start=three.starts.pop(0))

    found = three.differences()

    assert set(found) == {("cancelled_in_scheduler", False), ("moved_in_scheduler", False)}
    assert not three.scheduler.get(moved.id).cancelled


def test_another_time_under_the_same_id_is_a_move(three, running_scheduler):
    booked = three.one_booked()
    with running_scheduler.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE bookings SET starts_at = starts_at + interval '5 minutes'"
        )

    assert three.differences() == [("moved_in_scheduler", False)]
    assert three.activity(booked["activity_id"])["booking"] == booked


def test_what_is_booked_there_for_an_activity_that_is_not_booked_is_cancelled(three):
    orphan = three.scheduled(str(three.one_open()))

    assert three.differences() == [("only_in_scheduler", True)]

    assert three.scheduler.get(orphan.id).cancelled
    assert three.differences() == []
    assert [one["gone_at"] is not None for one in three.listed(state="all")] == [True]


def test_what_is_booked_for_an_activity_that_nobody_knows_is_left_to_the_operator(three):
    orphan = three.scheduled(str(uuid4()))

    assert three.differences() == [("only_in_scheduler", False)]
    assert not three.scheduler.get(orphan.id).cancelled


def test_what_is_not_ours_is_never_touched_nor_listed(three):
    foreign = [three.scheduled("") for _ in range(2)] + [three.scheduled("a course of theirs")]

    assert three.differences() == []
    assert not any(three.scheduler.get(one.id).cancelled for one in foreign)


def test_what_ordering_has_not_heard_is_told_again(three):
    booked = three.one_booked()
    opened = three.one_booked()
    three.cancel(opened["booking_id"])
    ids = [UUID(one["activity_id"]) for one in (booked, opened)]
    three.ordering.changed[ids[0]] = {"state": "open", "booked_start": None}
    three.ordering.changed[ids[1]] = {"state": "booked"}

    assert three.differences() == [("state_in_ordering", True)] * 2

    assert three.told_of(ids[0]) == ["booked"] * 2
    assert three.told_of(ids[1]) == ["booked", "cancelled", "cancelled"]


def test_a_work_order_with_another_time_differs(three):
    booked = three.one_booked()
    moved = three.rebook(booked["booking_id"], three.starts.pop(0))
    old = {"booked_start": datetime.fromisoformat(booked["start"])}
    three.ordering.changed[UUID(moved["activity_id"])] = old

    assert three.differences() == [("state_in_ordering", True)]
    assert three.told_of(moved["activity_id"]) == ["booked", "rebooked", "rebooked"]


def test_a_closing_is_told_again(three):
    activity_id = three.one_open()
    three.tables.do("UPDATE activities SET due_at = now() - interval '1 second'")
    three.sweep()
    three.ordering.changed[activity_id] = {"state": "open", "cause": None}

    assert three.differences() == [("state_in_ordering", True)]
    assert three.told_of(activity_id) == ["closed", "closed"]


def test_what_was_told_again_in_vain_is_not_told_for_ever(three):
    activity_id = three.one_booked()["activity_id"]
    three.ordering.changed[UUID(activity_id)] = {"state": "open", "booked_start": None}

    for _ in range(3):
        three.differences()

    assert three.told_of(activity_id) == ["booked"] * 2
    assert len(three.listed()) == 1


def test_an_activity_without_a_work_order_and_one_the_other_way_round(three):
    three.ordering.unheard.add(three.one_open())
    number = str(next(three.numbers))
    unknown = WorkOrder(
        work_order_number=number, activity_id=uuid4(), state="open", cause=None, booked_start=None
    )
    three.ordering.more.append(unknown)

    assert sorted(three.differences()) == [
        ("unknown_to_booking", False),
        ("unknown_to_ordering", False),
    ]


def test_what_is_in_flight_is_no_difference(three, monkeypatch):
    booked = three.one_booked()
    three.tables.do("UPDATE bookings SET state = 'cancelling'")
    three.scheduler.cancel(three.scheduler_id(booked))
    three.ordering.changed[UUID(booked["activity_id"])] = {"state": "open"}

    assert three.differences() == []


def test_what_is_gone_at_the_second_look_was_on_its_way(three):
    booked = three.one_booked()
    activity_id = UUID(booked["activity_id"])
    three.ordering.changed[activity_id] = {"state": "open", "booked_start": None}

    assert three.differences(HOUR) == []
    three.ordering.changed.clear()
    three.tables.do("UPDATE reconciliations SET due_at = now()")
    three.reconciling(HOUR).run()

    assert three.listed(state="all") == []
    assert three.told_of(activity_id) == ["booked"]


def test_what_differs_counts_only_after_a_while(three):
    run_id = three.start()
    three.scheduler.cancel(three.scheduler_id(three.one_booked()))
    three.reconciling(HOUR).run()
    assert (three.listed(), three.shown(run_id)["finished_at"]) == ([], None)

    three.tables.do("UPDATE reconciliations SET due_at = now()")
    three.tables.do("UPDATE differences SET first_seen = first_seen - interval '2 hours'")
    three.reconciling(HOUR).run()

    assert len(three.listed()) == 1
    assert three.shown(run_id)["finished_at"] is not None
    assert three.shown(run_id)["differences"] == 1


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
