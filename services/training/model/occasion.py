"""An occasion with its seats and its waiting list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from contracts.errors import training as errors


class OccasionState(StrEnum):
    ANNOUNCED = "announced"  # utannonserat
    CANCELLED = "cancelled"  # inställt


class EnrolmentState(StrEnum):
    ENROLLED = "enrolled"  # anmäld, har plats
    WAITING = "waiting"  # i kö
    OFFERED = "offered"  # erbjuden plats ur kön
    CANCELLED = "cancelled"  # avanmäld
    EXPIRED = "expired"  # erbjudandet gick ut
    WITHDRAWN = "withdrawn"  # tillfället ställdes in


SEATED = frozenset({EnrolmentState.ENROLLED, EnrolmentState.OFFERED})
ACTIVE = SEATED | {EnrolmentState.WAITING}


@dataclass(frozen=True)
class OccasionCancelled:
    occasion_id: UUID
    course: str
    cause: str
    cancelled_at: datetime


@dataclass(eq=False)
class Enrolment:
    """A person's seat, offer or place in the waiting list (Swedish: anmälan).

    Args:
        enrolled_by: HSA-ID of who did it; the participant's own, or an admin's.
        position: the order of arrival.
        offered_until: while a seat is offered.
        sequence: of the calendar entry that she was last sent.
    """

    participant: str
    enrolled_by: str
    position: int
    state: EnrolmentState
    changed_at: datetime
    enrolment_id: UUID = field(default_factory=uuid4)
    offered_until: datetime | None = None
    sequence: int = 0

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    def enter(self, state: EnrolmentState, now: datetime, until: datetime | None = None) -> None:
        self.state, self.changed_at, self.offered_until = state, now, until
        self.sequence += 1


@dataclass(eq=False)
class Occasion:
    """A course at a time and place (Swedish: utbildningstillfälle).

    A seat that is offered from the waiting list is taken until the offer ends.

    Args:
        responsible: HSA-ID of who answers for it. Source: T-29
        at: the present instant, by the clock that everybody shares.
        changed: enrolments that are new or other than they were read.
    """

    occasion_id: UUID
    course: str
    course_title: str
    place: str
    start: datetime
    end: datetime
    seats: int
    smallest_number: int
    responsible: str
    at: datetime
    state: OccasionState = OccasionState.ANNOUNCED
    cause: str | None = None
    sequence: int = 0
    enrolments: list[Enrolment] = field(default_factory=list)
    changed: list[Enrolment] = field(default_factory=list)
    events: list[OccasionCancelled] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return sum(one.state in SEATED for one in self.enrolments)

    @property
    def waiting(self) -> list[Enrolment]:
        """The waiting list, in order."""
        found = [one for one in self.enrolments if one.state is EnrolmentState.WAITING]
        return sorted(found, key=lambda one: one.position)

    def enrol(self, participant: str, enrolled_by: str) -> Enrolment:
        """Give a seat, or a place in the waiting list when none is free, or others wait.

        Raises:
            Conflict: the occasion is over or cancelled, or the participant is enrolled.

        Source: T-39
        """
        self.require_open()
        if any(one.participant == participant and one.is_active for one in self.enrolments):
            raise errors.ENROLLED_ALREADY()
        free = self.taken < self.seats and not self.waiting
        state = EnrolmentState.ENROLLED if free else EnrolmentState.WAITING
        position = 1 + max((one.position for one in self.enrolments), default=0)
        enrolment = Enrolment(participant, enrolled_by, position, state, self.at)
        self.enrolments.append(enrolment)
        self.changed.append(enrolment)
        return enrolment

    def accept(self, enrolment: Enrolment) -> None:
        """Take the seat that is offered.

        Raises:
            Conflict: none is offered, or no longer.
        """
        self.require_open()
        if enrolment.state is EnrolmentState.EXPIRED or self._is_late(enrolment):
            raise errors.OFFER_EXPIRED()
        if enrolment.state is not EnrolmentState.OFFERED:
            raise errors.ENROLMENT_STATE(state=enrolment.state.value)
        self._move(enrolment, EnrolmentState.ENROLLED)

    def cancel_enrolment(self, enrolment: Enrolment, offer_time: timedelta) -> list[Enrolment]:
        """Give a seat or a place back; return who is offered the seat now.

        Raises:
            Conflict: it has been given back before, or the occasion is over or cancelled.
        """
        self.require_open()
        if not enrolment.is_active:
            raise errors.ENROLMENT_STATE(state=enrolment.state.value)
        self._move(enrolment, EnrolmentState.CANCELLED)
        return list(self._offer(offer_time))

    def expire(self, offer_time: timedelta) -> tuple[list[Enrolment], list[Enrolment]]:
        """End the offers whose time is out; return whose, and who is offered a seat now."""
        late = [one for one in self.enrolments if self._is_late(one)]
        for one in late:
            self._move(one, EnrolmentState.EXPIRED)
        return late, list(self._offer(offer_time))

    def cancel(self, cause: str) -> list[Enrolment]:
        """Withdraw the occasion; return who had a seat, an offer or a place in the waiting list.

        Raises:
            Conflict: it is over, or was cancelled before.

        Source: T-38, T-41
        """
        self.require_open()
        self.state, self.cause = OccasionState.CANCELLED, cause
        self.sequence += 1
        concerned = [one for one in self.enrolments if one.is_active]
        for one in concerned:
            self._move(one, EnrolmentState.WITHDRAWN)
        self.events.append(OccasionCancelled(self.occasion_id, self.course, cause, self.at))
        return concerned

    def enrolment(self, enrolment_id: UUID) -> Enrolment:
        return next(one for one in self.enrolments if one.enrolment_id == enrolment_id)

    def require_open(self) -> None:
        """
        Raises:
            Conflict: it is cancelled, or has started.
        """
        if self.state is OccasionState.CANCELLED:
            raise errors.OCCASION_CANCELLED()
        if self.start <= self.at:
            raise errors.OCCASION_OVER()

    def _offer(self, offer_time: timedelta) -> Iterator[Enrolment]:
        """Offer each free seat to the next who waits; an offer ends when the occasion starts."""
        if self.start <= self.at:
            return
        for one in self.waiting[: self.seats - self.taken]:
            until = min(self.at + offer_time, self.start)
            self._move(one, EnrolmentState.OFFERED, until)
            yield one

    def _is_late(self, one: Enrolment) -> bool:
        until = one.offered_until
        return one.state is EnrolmentState.OFFERED and until is not None and until <= self.at

    def _move(self, one: Enrolment, state: EnrolmentState, until: datetime | None = None) -> None:
        one.enter(state, self.at, until)
        self.changed.append(one)
