"""The two clocks of a work order, always computed from what has happened to it.

A clock runs in opening hours and stands still while the work is paused. Opening hours are counted
from a fixed point on, so that what lies between two instants is a difference of two positions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from services.maintenance.model.happenings import What
from services.maintenance.model.limits import Limit, Soon, Terms

ZERO = timedelta()


class ClockState(StrEnum):
    UNTIMED = "untimed"  # has no limit
    RUNNING = "running"
    RUNS_OUT_SOON = "runs_out_soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    VOID = "void"  # cancelled before its end


class OpeningHours(Protocol):
    """The opening hours, counted from a fixed point on.

    Source: X-4, U-9
    """

    def position(self, instant: datetime) -> timedelta:
        """How much of them there has been by then."""

    def reached(self, position: timedelta) -> datetime:
        """The earliest instant by which there has been that much."""

    def length(self, limit: Limit, begins: datetime) -> timedelta:
        """What `limit` is in opening hours, for a clock that begins then."""


@dataclass(slots=True)
class Timeline:
    """Positions of what has happened to a work order; None for what has not.

    Args:
        until: of the end, or of the present.
        paused: in all until then; `paused_before_start`, of that before the start.
    """

    begun: timedelta
    until: timedelta
    started: timedelta | None = None
    is_over: bool = False
    is_cancelled: bool = False
    paused_since: timedelta | None = None
    paused: timedelta = ZERO
    paused_before_start: timedelta = ZERO

    def take(self, what: str, position: timedelta) -> None:
        """Take in what happened next; only what a clock minds."""
        if what == What.PAUSED:
            self.paused_since = position
        elif what == What.STARTED:
            self.started, self.paused_before_start = position, self.paused
        elif what != What.ASSIGNED:
            self._go_on(position)
            if what != What.RESUMED:
                self.is_over, self.until = True, position
                self.is_cancelled = what == What.CANCELLED

    def _go_on(self, position: timedelta) -> None:
        if self.paused_since is not None:
            self.paused += position - self.paused_since
            self.paused_since = None


def timeline(
    history: Iterable[tuple[str, datetime]], hours: OpeningHours, now: datetime
) -> Timeline:
    """What has happened, as positions; it begins with the registration."""
    happened = iter(history)
    begun = hours.position(next(happened)[1])
    line = Timeline(begun, begun)
    for what, at in happened:
        line.take(what, hours.position(at))
    if not line.is_over:
        line.until = max(hours.position(now), begun)
        if line.paused_since is not None:
            line.paused += max(line.until - line.paused_since, ZERO)
    return line


class Clock(NamedTuple):
    """
    Args:
        allowed: the limit in opening hours; None where there is none.
        gross: opening hours from the beginning to the end, or until now.
        net: the same without the pauses.
        due: the position at which the limit is reached; None while the clock does not run.
    """

    limit: Limit | None
    allowed: timedelta | None
    gross: timedelta
    net: timedelta
    due: timedelta | None
    is_done: bool
    is_void: bool

    @property
    def is_met(self) -> bool:
        """Whether the limit was kept, by what there is."""
        return self.allowed is not None and self.net <= self.allowed

    def state(self, soon: Soon) -> ClockState:
        if self.is_void:
            return ClockState.VOID
        if self.allowed is None:
            return ClockState.UNTIMED
        if self.is_done:
            return ClockState.MET if self.is_met else ClockState.MISSED
        if self.net > self.allowed:
            return ClockState.OVERDUE
        if self.due is None:
            return ClockState.PAUSED
        is_soon = self.net >= soon.of(self.allowed)
        return ClockState.RUNS_OUT_SOON if is_soon else ClockState.RUNNING

    def soon_at(self, soon: Soon) -> timedelta | None:
        """The position from which on it runs out soon; None while the clock does not run."""
        if self.due is None or self.allowed is None:
            return None
        return self.due - self.allowed + soon.of(self.allowed)


class Clocks(NamedTuple):
    """Until the start, and until the end."""

    start: Clock
    finish: Clock


def clocks(
    terms: Terms, history: Sequence[tuple[str, datetime]], hours: OpeningHours, now: datetime
) -> Clocks:
    """The clocks as they are at `now`.

    Source: M-1, M-2, M-4, X-4
    """
    line, begins = timeline(history, hours, now), history[0][1]
    finish = _Leg(line.until, line.paused, line.is_over and not line.is_cancelled)
    if line.started is None:
        start = _Leg(line.until, line.paused, False)
    else:
        start = _Leg(line.started, line.paused_before_start, True)
    return Clocks(
        _clock(terms.start, begins, line, start, hours),
        _clock(terms.finish, begins, line, finish, hours),
    )


class _Leg(NamedTuple):
    """From the registration to an end, or until now."""

    until: timedelta
    paused: timedelta
    is_done: bool


def _clock(
    limit: Limit | None, begins: datetime, line: Timeline, leg: _Leg, hours: OpeningHours
) -> Clock:
    gross = leg.until - line.begun
    allowed = None if limit is None else hours.length(limit, begins)
    runs = not (leg.is_done or line.is_over or line.paused_since is not None)
    due = line.begun + allowed + leg.paused if runs and allowed is not None else None
    is_void = line.is_over and not leg.is_done
    return Clock(limit, allowed, gross, gross - leg.paused, due, leg.is_done, is_void)
