"""Whatever happens in whatever order, with answers lost and processes killed on the way."""

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import timedelta
from random import Random
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
)

from contracts.errors import ContractError
from services.booking.model.activity import ActivityState
from services.booking.model.booking import BookingState
from services.booking.schedule import SchedulerRefused
from tests.unit.booking.fakes import DOWN, LOST, UNSETTLED, Killed
from tests.unit.booking.world import (
    AGE,
    SLOT,
    World,
    book_command,
    rebook_command,
    visit_command,
)

TROUBLE = st.one_of(
    st.none(),
    st.tuples(
        st.sampled_from(["before", "after"]),
        st.sampled_from([LOST, DOWN, Killed(), SchedulerRefused("answer_unreadable")]),
    ),
)
SPANS = st.sampled_from([timedelta(minutes=2), timedelta(minutes=11), timedelta(days=1)])
SPANS |= st.just(timedelta(days=40))
MEANWHILE = st.sampled_from([None, None, "sweep", "reconcile", "repeat"])
COMMIT = st.sampled_from([0, 0, 1, 2])  # which of the command's commits is killed
CHOICE = st.integers(0, 5)


class Interleavings(RuleBasedStateMachine):
    """A few activities; commands, events, sweeps and repetitions of each."""

    commands = Bundle("commands")

    def __init__(self) -> None:
        super().__init__()
        self._same_ids = patch("os.urandom", Random(0).randbytes)  # in each replay of a story
        self._same_ids.start()
        self.world = World(limit=100)
        self.activities = [self.world.register() for _ in range(2)]
        self.holds: list[UUID] = []
        self.answers: dict[UUID, object] = {}

    @rule(target=commands, activity=CHOICE, trouble=TROUBLE, commit=COMMIT, meanwhile=MEANWHILE)
    def book(self, activity, trouble, commit, meanwhile):
        start = SLOT + timedelta(days=30, hours=len(self.holds))
        hold = self._try(lambda: self.world.hold(self._one(activity), start))
        if hold is None:
            return multiple()
        self.holds.append(hold)
        command = ("book_time", book_command(hold))
        self._disturb(command, trouble, commit, meanwhile)
        return command

    @rule(target=commands, trouble=TROUBLE, commit=COMMIT, meanwhile=MEANWHILE)
    def book_two(self, trouble, commit, meanwhile):
        ahead = timedelta(days=1, hours=2 * len(self.holds))
        held = self._try(lambda: self.world.hold_two(self.world.clock.now() + ahead))
        if held is None:
            return multiple()
        first, second = held
        self.holds += held
        self.activities += [self.world.store.holds[one].activity_id for one in (first, second)]
        command = ("book_time", visit_command(first, second))
        self._disturb(command, trouble, commit, meanwhile)
        return command

    @precondition(lambda self: self.holds)
    @rule(hold=CHOICE, trouble=TROUBLE, commit=COMMIT)
    def extend(self, hold, trouble, commit):
        hold_id = self.holds[hold % len(self.holds)]
        self.world.scheduler.trouble = [trouble]
        self.world.database.kill_before_commit = commit
        with suppress(ContractError, Killed):
            self.world.extend(hold_id)
        self.world.scheduler.trouble = []
        self.world.database.kill_before_commit = 0

    @precondition(lambda self: self._booked())
    @rule(booking=CHOICE, outcome=st.sampled_from(["held", "no_show"]))
    def note_outcome(self, booking, outcome):
        """After the visit; it is not to come for good then."""
        booked = self._booked()
        _, visit = self.world.store.bookings[booked[booking % len(booked)]]
        self._try(lambda: self.world.outcome(visit.id, outcome))
        if self.world.clock.now() < visit.start:
            assert self.world.store.bookings[visit.id][1].state is BookingState.BOOKED

    @precondition(lambda self: self.holds)
    @rule(target=commands, hold=CHOICE)
    def book_an_old_one(self, hold):
        command = ("book_time", book_command(self.holds[hold % len(self.holds)]))
        self._send(command)
        return command

    @precondition(lambda self: self._booked())
    @rule(
        target=commands,
        booking=CHOICE,
        whole=st.booleans(),
        trouble=TROUBLE,
        commit=COMMIT,
        meanwhile=MEANWHILE,
    )
    def cancel(self, booking, whole, trouble, commit, meanwhile):
        booked = self._booked()
        wanted = {"booking_id": booked[booking % len(booked)], "whole_visit": whole}
        command = ("cancel_booking", {"command_id": uuid4()} | wanted)
        self._disturb(command, trouble, commit, meanwhile)
        return command

    @precondition(lambda self: self._booked())
    @rule(
        target=commands,
        booking=CHOICE,
        hours=st.integers(0, 2),
        whole=st.booleans(),
        trouble=TROUBLE,
        commit=COMMIT,
        meanwhile=MEANWHILE,
    )
    def rebook(self, booking, hours, whole, trouble, commit, meanwhile):
        booked = self._booked()
        start = SLOT + timedelta(days=30, hours=hours)
        command = (
            "rebook_time",
            rebook_command(booked[booking % len(booked)], start, whole_visit=whole),
        )
        self._disturb(command, trouble, commit, meanwhile)
        return command

    @rule(command=commands)
    def repeat(self, command):
        self._send(command)

    @precondition(lambda self: self.holds)
    @rule()
    def release(self):
        self._try(lambda: self.world.release(self.holds[-1]))

    @rule(activity=CHOICE, again=st.booleans())
    def register(self, activity, again):
        if again:
            self.world.register(self._one(activity))
        else:
            self.activities.append(self.world.register())

    @rule(span=SPANS)
    def wait(self, span):
        self.world.clock.advance(span)

    @rule(activity=CHOICE)
    def reopen(self, activity):
        self._try(lambda: self.world.reopen(self._one(activity)))

    @rule()
    def sweep(self):
        self.world.sweep()
        now = self.world.clock.now()
        for one in self.world.store.activities.values():
            assert one.state is not ActivityState.REGISTERED or one.due_at > now

    @rule()
    def reconcile(self):
        self.world.reconcile()

    @invariant()
    def an_activity_has_one_booking_at_most(self):
        standing = Counter(one.activity_id for one in self.world.scheduler.standing())
        for owner, booking in self.world.store.bookings.values():
            if booking.state is BookingState.REBOOKING and standing[str(owner)] == 2:
                standing[str(owner)] = 1  # the new time beside the old, until that is given up
        assert max(standing.values(), default=0) <= 1
        for one in self.world.store.activities.values():
            if one.state in (ActivityState.REGISTERED, ActivityState.CLOSED):
                assert standing[str(one.id)] == 0, "booked at the scheduler alone"
            if one.state is ActivityState.BOOKED and not self._cancelling(one.id):
                assert standing[str(one.id)] == 1, "not booked at the scheduler"

    @invariant()
    def a_consultant_has_one_visit_at_a_time(self):
        slots = Counter((one.start, one.consultant_id) for one in self.world.scheduler.standing())
        assert max(slots.values(), default=0) <= 1

    @invariant()
    def of_two_work_orders_in_one_visit_both_are_booked_or_neither(self):
        visits = defaultdict(set)
        for _, one in self.world.store.bookings.values():
            if one.visit_id:
                visits[one.visit_id].add(one.booked_at is None)
        assert max(map(len, visits.values()), default=0) <= 1

    @invariant()
    def what_is_acknowledged_is_found_at_the_scheduler(self):
        for _, one in self.world.store.bookings.values():
            if one.state is BookingState.BOOKED:
                found = self.world.scheduler.booked[one.scheduler_id]
                assert (found.start, found.cancelled) == (one.start, False)

    @invariant()
    def each_closing_is_told_once_and_stays_until_it_is_opened_again(self):
        told = Counter(one.activity_id for one in self.world.told("ActivityClosed"))
        activities = self.world.store.activities.values()
        assert told == {one.id: len(one.closings) for one in activities if one.closings}
        reopened = Counter(one.activity_id for one in self.world.told("ActivityReopened"))
        for one in activities:
            assert (one.state is ActivityState.CLOSED) == (told[one.id] > reopened[one.id])

    @invariant()
    def each_booking_is_told_once(self):
        for name in ("ActivityBooked", "ActivityCancelled"):
            told = Counter(one.booking_id for one in self.world.told(name))
            assert max(told.values(), default=0) <= 1

    def teardown(self):
        self._same_ids.stop()
        self.world.scheduler.trouble.clear()
        self.world.clock.advance(AGE + timedelta(seconds=1))
        self.world.reconcile()
        assert not [one for _, one in self.world.store.bookings.values() if one.state in UNSETTLED]

    def _one(self, number: int) -> UUID:
        return self.activities[number % len(self.activities)]

    def _booked(self) -> list[UUID]:
        bookings = (booking for _, booking in self.world.store.bookings.values())
        return [one.id for one in bookings if one.state is BookingState.BOOKED]

    def _disturb(self, command, trouble, commit, meanwhile):
        """Send a command whose scheduler call, or whose commit, goes wrong."""
        world = self.world
        world.scheduler.trouble = [trouble]
        world.database.kill_before_commit = commit
        if meanwhile:
            world.scheduler.meanwhile = [lambda: self._meanwhile(meanwhile, command)]
        try:
            self._send(command)
        except Killed:
            pass
        finally:
            world.scheduler.trouble, world.scheduler.meanwhile = [], []
            world.database.kill_before_commit = 0

    def _meanwhile(self, what, command):
        scheduler = self.world.scheduler
        later, scheduler.trouble = scheduler.trouble, []
        if what == "sweep":
            self.world.sweep()
        elif what == "reconcile":
            self.world.clock.advance(AGE + timedelta(seconds=1))
            self.world.reconcile()
        else:
            self._send(command)
        scheduler.trouble = later

    def _send(self, command):
        """An answer once given is given for ever."""
        name, values = command
        answer = self._try(lambda: self.world.send(name, values))
        if answer is not None:
            assert self.answers.setdefault(values["command_id"], answer) == answer

    def _try(self, work):
        try:
            return work()
        except ContractError:
            return None

    def _cancelling(self, activity_id):
        return any(
            owner == activity_id and booking.state is BookingState.CANCELLING
            for owner, booking in self.world.store.bookings.values()
        )


TestInterleavings = pytest.mark.rule("B-6")(Interleavings.TestCase)
TestInterleavings.settings = settings(
    max_examples=100,
    stateful_step_count=40,
    suppress_health_check=list(HealthCheck),
)
