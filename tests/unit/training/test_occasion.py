"""Seats and the waiting list, by hand and whatever happens in whatever order."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contracts.errors import ContractError
from services.training.model.occasion import SEATED, EnrolmentState, Occasion
from tests.unit.training.world import NOW, RESPONSIBLE, hours

OFFER_TIME = timedelta(hours=48)


def an_occasion(seats=2, start=NOW + timedelta(days=30), at=NOW):
    return Occasion(
        uuid4(), "hoists", "Lyftar", "Borås", start, start + hours(7), seats, 1, RESPONSIBLE, at
    )


def states(occasion):
    return [one.state.value for one in occasion.enrolments]


def filled(occasion, *people):
    return [occasion.enrol(person, person) for person in people]


def refused(code):
    return pytest.raises(ContractError, match=code.replace(".", r"\."))


@pytest.mark.rule("T-39")
def test_who_comes_when_it_is_full_waits_in_order():
    occasion = an_occasion(seats=1)

    filled(occasion, "a", "b", "c")

    assert states(occasion) == ["enrolled", "waiting", "waiting"]
    assert [one.participant for one in occasion.waiting] == ["b", "c"]


@pytest.mark.rule("T-39")
def test_a_seat_given_back_is_offered_to_who_waited_longest():
    occasion = an_occasion(seats=1)
    seat, first, _ = filled(occasion, "a", "b", "c")

    offered = occasion.cancel_enrolment(seat, OFFER_TIME)

    assert offered == [first]
    assert states(occasion) == ["cancelled", "offered", "waiting"]
    assert (first.offered_until, occasion.taken) == (NOW + OFFER_TIME, 1)
    occasion.accept(first)
    assert states(occasion) == ["cancelled", "enrolled", "waiting"]


@pytest.mark.rule("T-39")
def test_an_offer_that_nobody_takes_goes_on_to_the_next():
    occasion = an_occasion(seats=1)
    seat, first, second = filled(occasion, "a", "b", "c")
    occasion.cancel_enrolment(seat, OFFER_TIME)

    occasion.at += OFFER_TIME
    with refused("training.offer.expired"):
        occasion.accept(first)
    late, offered = occasion.expire(OFFER_TIME)

    assert (late, offered) == ([first], [second])
    assert states(occasion) == ["cancelled", "expired", "offered"]


def test_a_seat_is_kept_for_the_waiting_list_when_somebody_new_comes():
    occasion = an_occasion(seats=1)
    seat, first = filled(occasion, "a", "b")
    occasion.cancel_enrolment(seat, OFFER_TIME)

    newcomer = occasion.enrol("c", "c")

    assert newcomer.state is EnrolmentState.WAITING
    assert first.state is EnrolmentState.OFFERED


def test_an_offer_ends_at_the_latest_when_the_occasion_starts():
    occasion = an_occasion(seats=1, start=NOW + hours(3))
    seat, first = filled(occasion, "a", "b")

    occasion.cancel_enrolment(seat, OFFER_TIME)

    assert first.offered_until == occasion.start


def test_nobody_is_enrolled_twice_but_may_come_back():
    occasion = an_occasion()
    (seat,) = filled(occasion, "a")
    with refused("training.enrolment.already"):
        occasion.enrol("a", "a")

    occasion.cancel_enrolment(seat, OFFER_TIME)

    assert occasion.enrol("a", "a").state is EnrolmentState.ENROLLED


def test_what_was_given_back_cannot_be_given_back_or_taken():
    occasion = an_occasion()
    (seat,) = filled(occasion, "a")
    occasion.cancel_enrolment(seat, OFFER_TIME)

    with refused("training.enrolment.state"):
        occasion.cancel_enrolment(seat, OFFER_TIME)
    with refused("training.enrolment.state"):
        occasion.accept(seat)


@pytest.mark.rule("T-41")
def test_a_withdrawn_occasion_lets_everybody_go_and_takes_nobody():
    occasion = an_occasion(seats=1)
    filled(occasion, "a", "b")

    concerned = occasion.cancel("too_few")

    assert len(concerned) == 2
    assert states(occasion) == ["withdrawn", "withdrawn"]
    assert (occasion.taken, occasion.events[0].cause) == (0, "too_few")
    for again in (lambda: occasion.enrol("c", "c"), lambda: occasion.cancel("other")):
        with refused("training.occasion.cancelled"):
            again()


def test_nothing_changes_once_it_has_started():
    occasion = an_occasion()
    (seat,) = filled(occasion, "a")
    occasion.at = occasion.start

    for change in (
        lambda: occasion.enrol("b", "b"),
        lambda: occasion.cancel_enrolment(seat, OFFER_TIME),
        lambda: occasion.accept(seat),
        lambda: occasion.cancel("other"),
    ):
        with refused("training.occasion.over"):
            change()


class Seats(RuleBasedStateMachine):
    """People come and go, offers are taken and run out, and the clock goes on."""

    def __init__(self):
        super().__init__()
        self.occasion = an_occasion(seats=3, start=NOW + timedelta(days=9))
        self.offered = []  # positions, in the order in which seats were offered

    @rule(person=st.integers(0, 11))
    def enrol(self, person):
        self._try(lambda: self.occasion.enrol(str(person), str(person)))

    @precondition(lambda self: self.occasion.enrolments)
    @rule(choice=st.integers(0, 50))
    def cancel(self, choice):
        self._try(lambda: self._note(self.occasion.cancel_enrolment(self._one(choice), OFFER_TIME)))

    @precondition(lambda self: self.occasion.enrolments)
    @rule(choice=st.integers(0, 50))
    def accept(self, choice):
        self._try(lambda: self.occasion.accept(self._one(choice)))

    @rule(by=st.sampled_from([hours(1), hours(30), hours(60)]))
    def time_passes(self, by):
        self.occasion.at += by

    @rule()
    def sweep(self):
        self._note(self.occasion.expire(OFFER_TIME)[1])

    @rule(rarely=st.integers(0, 20))
    def withdraw(self, rarely):
        if rarely == 0:
            self._try(lambda: self.occasion.cancel("other"))

    @invariant()
    def seats_are_never_oversold(self):
        assert 0 <= self.occasion.taken <= self.occasion.seats

    @invariant()
    def the_waiting_list_is_served_in_order(self):
        waiting = [one.position for one in self.occasion.waiting]
        assert all(earlier < min(waiting, default=999) for earlier in self.offered)
        assert self.offered == sorted(self.offered)

    @invariant()
    def nobody_waits_while_a_seat_is_free(self):
        if self.occasion.at < self.occasion.start:
            assert self.occasion.taken == self.occasion.seats or not self.occasion.waiting

    @invariant()
    def nobody_has_two_places(self):
        active = [one.participant for one in self.occasion.enrolments if one.is_active]
        assert len(active) == len(set(active))

    @invariant()
    def only_who_is_offered_a_seat_has_a_time_to_take_it(self):
        for one in self.occasion.enrolments:
            offered = one.state is EnrolmentState.OFFERED
            assert offered == (one.offered_until is not None)
            assert not offered or one.state in SEATED

    def _one(self, choice):
        return self.occasion.enrolments[choice % len(self.occasion.enrolments)]

    def _note(self, offered):
        self.offered += [one.position for one in offered]

    def _try(self, change):
        with suppress(ContractError):
            change()


TestSeats = Seats.TestCase
TestSeats.settings = settings(max_examples=60, stateful_step_count=40)
TestSeats.pytestmark = [pytest.mark.rule("T-39")]
