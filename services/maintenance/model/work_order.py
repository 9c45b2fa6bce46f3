"""A work order: its states, which follow from what has happened to it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from contracts.errors.maintenance import ADAPTATION_BEGUN, TIME_BEFORE_LAST, WORK_STATE
from services.maintenance.model import events
from services.maintenance.model.clocks import Clocks, OpeningHours, clocks
from services.maintenance.model.happenings import BESIDE, Happening, What
from services.maintenance.model.limits import Terms

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Kind(StrEnum):
    CORRECTIVE = "corrective"  # avhjälpande underhåll
    ACUTE_CORRECTIVE = "acute_corrective"  # akut avhjälpande underhåll
    PREVENTIVE = "preventive"  # förebyggande underhåll
    ADAPTATION = "adaptation"  # specialanpassning


class State(StrEnum):
    REGISTERED = "registered"  # registrerad
    STARTED = "started"  # påbörjad
    PAUSED = "paused"  # pausad
    FINISHED = "finished"  # klar
    CANCELLED = "cancelled"  # avbruten


OPEN = frozenset({State.REGISTERED, State.STARTED, State.PAUSED})

#: In which states something can happen.
CAN_HAPPEN = {
    What.ASSIGNED: OPEN,
    What.STARTED: {State.REGISTERED},
    What.PAUSED: {State.REGISTERED, State.STARTED},
    What.RESUMED: {State.PAUSED},
    What.FINISHED: {State.STARTED},
    What.CANCELLED: OPEN,
    What.HANDED_OUT: {State.FINISHED},
}
#: What is told of it.
TOLD = {
    What.STARTED: events.WorkStarted,
    What.PAUSED: events.WorkPaused,
    What.RESUMED: events.WorkResumed,
    What.FINISHED: events.WorkFinished,
    What.CANCELLED: events.WorkCancelled,
}


@dataclass(frozen=True)
class Details:
    """What is needed to carry the work out; it may hold personal data.

    Args:
        contacts: name and telephone of each.

    Source: U-4, U-5
    """

    description: str = field(repr=False)
    place_on_device: str = field(repr=False)
    contacts: tuple[tuple[str, str], ...] = field(repr=False)
    address: str = field(repr=False)
    door_code: str = field(repr=False)
    patient_can_come_in: bool
    stand_in_needed: bool


@dataclass(eq=False)
class WorkOrder:
    """A piece of work on one device (Swedish: arbetsorder).

    Args:
        unit: HSA-ID of the unit that it is done for.
        prescriber: HSA-ID of who asked for it.
        terms: the limits as they were when it was registered.
        history: what has happened, in order; it begins with the registration.
        adaptation_id: of the adaptation that ordering told of, where it is one.
        version: counts the changes; 0 until it is stored.
        happened: what is not stored yet.
        details: None where they were not asked for.

    Source: U-5
    """

    kind: Kind
    individual_number: str
    unit: str
    prescriber: str
    terms: Terms
    history: list[Happening]
    agreement: str = ""
    basic_need: str = "none"
    id: UUID = field(default_factory=uuid4)
    number: str = ""
    version: int = 0
    details: Details | None = None
    adaptation_id: UUID | None = None
    events: list[object] = field(default_factory=list, repr=False)
    happened: list[Happening] = field(default_factory=list, repr=False)

    @property
    def state(self) -> State:
        state, before = State.REGISTERED, State.REGISTERED
        for one in self.history:
            if one.what is What.PAUSED:
                state, before = State.PAUSED, state
            elif one.what is What.RESUMED:
                state = before
            elif one.what not in BESIDE:
                state = State(one.what.value)
        return state

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def technician(self) -> str | None:
        """HSA-ID of who has it now."""
        assigned = [one.technician for one in self.history if one.what is What.ASSIGNED]
        return assigned[-1] if assigned else None

    @property
    def cause(self) -> str | None:
        """Why it is paused, or was cancelled."""
        return self._latest.cause

    @property
    def registered_at(self) -> datetime:
        return self.history[0].at

    @property
    def finished_at(self) -> datetime | None:
        return self._latest.at if self._latest.what is What.FINISHED else None

    def clocks(self, hours: OpeningHours, now: datetime) -> Clocks:
        minded = [(one.what, one.at) for one in self.history if one.what not in BESIDE]
        return clocks(self.terms, minded, hours, now)

    def take(self, new: Happening) -> None:
        """Let something happen to it.

        Raises:
            Conflict: it cannot in this state, or something else happened later.

        Source: M-1, M-4, S-1, U-4
        """
        if self.state not in CAN_HAPPEN[new.what]:
            raise WORK_STATE(work_order_number=self.number, state=self.state.value)
        if new.what is What.CANCELLED and self.adaptation_id and self.has_begun:
            raise ADAPTATION_BEGUN(work_order_number=self.number)
        if new.what is not What.ASSIGNED and new.at < self._latest.at:
            last = f"{self._latest.at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
            raise TIME_BEFORE_LAST(last=last)
        self.history.append(new)
        self.happened.append(new)
        if told := TOLD.get(new.what):
            self.events.append(told(*self._who(), **_told(new)))
        if self.adaptation_id:
            self._tell_of_adaptation(self.adaptation_id, new)

    @property
    def has_begun(self) -> bool:
        """Whether anybody has worked on the device."""
        return any(one.what is What.STARTED for one in self.history)

    def _tell_of_adaptation(self, adaptation_id: UUID, new: Happening) -> None:
        who = self._who()
        if new.what is What.FINISHED:
            self.events.append(
                events.AdaptationBuilt(
                    *who,
                    adaptation_id=adaptation_id,
                    prescriber=self.prescriber,
                    technician=self.technician or new.recorded_by,
                    built_at=new.at,
                )
            )
        elif new.what is What.CANCELLED:
            self.events.append(
                events.AdaptationCancelled(*who, adaptation_id=adaptation_id, cancelled_at=new.at)
            )

    @property
    def _latest(self) -> Happening:
        """What happened last to the work, assignments and hand-out apart."""
        return next(one for one in reversed(self.history) if one.what not in BESIDE)

    def _who(self) -> tuple[UUID, str, str, str, str]:
        return self.id, self.number, self.kind.value, self.individual_number, self.unit


def _told(new: Happening) -> dict[str, Any]:
    told: dict[str, Any] = {f"{new.what.value}_at": new.at}
    return told | ({"cause": new.cause} if new.cause else {})
