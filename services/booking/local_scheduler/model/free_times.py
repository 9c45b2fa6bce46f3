"""When a visit can start: a sweep over each consultant's shifts and what occupies them.

All times are whole seconds since 1970 in UTC, and all intervals exclude their end.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Interval = tuple[int, int]
Intervals = Mapping[int, Sequence[Interval]]  # by staff id


@dataclass(frozen=True)
class Visit:
    """What a booking takes of a consultant's time, in seconds."""

    duration: int
    break_after: int
    step: int  # between two starts that are offered

    @classmethod
    def of(cls, services: Sequence["Visit"]) -> "Visit":
        """Several services one after the other, by one consultant."""
        *before, last = services
        lead = sum(visit.duration + visit.break_after for visit in before)
        return cls(lead + last.duration, last.break_after, services[0].step)


@dataclass(frozen=True)
class FreeTime:
    """A start at which at least one consultant is free."""

    start: int
    end: int
    staff: tuple[int, ...]  # free
    occupied_staff: tuple[int, ...]  # on duty, but occupied


def free_times(shifts: Intervals, busy: Intervals, visit: Visit, earliest: int) -> list[FreeTime]:
    """Every start from `earliest` on that the shifts' steps offer, in order of time."""
    free: dict[int, list[int]] = defaultdict(list)
    occupied: dict[int, list[int]] = defaultdict(list)
    for staff, intervals in shifts.items():
        taken = merged(busy.get(staff, ()))
        for shift in intervals:
            for starts, is_free in _sweep(shift, taken, visit):
                found = free if is_free else occupied
                for start in starts:
                    found[start].append(staff)
    return [
        _free_time(start, visit, free[start], occupied.get(start, []))
        for start in sorted(free)
        if start >= earliest
    ]


def free_staff(shifts: Intervals, busy: Intervals, visit: Visit, start: int) -> list[int]:
    """Who can take a visit that starts at `start`; least occupied first."""
    free = [
        staff
        for staff in on_duty(shifts, visit, start)
        if not _occupied(busy.get(staff, ()), start, start + visit.duration + visit.break_after)
    ]
    load = {staff: sum(end - begin for begin, end in busy.get(staff, ())) for staff in free}
    return sorted(free, key=lambda staff: (load[staff], staff))


def on_duty(shifts: Intervals, visit: Visit, start: int) -> list[int]:
    """Whose shift holds the whole visit; the break after it may run past the shift's end."""
    return [
        staff
        for staff, intervals in shifts.items()
        if any(begin <= start and start + visit.duration <= end for begin, end in intervals)
    ]


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time without overlaps, in order."""
    result: list[Interval] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _sweep(shift: Interval, busy: Sequence[Interval], visit: Visit) -> Iterator[tuple[range, bool]]:
    """The starts in the shift, run by run, and whether nothing occupies the visits and breaks.

    A step of work for each occupied time, not for each start: which starts it rules out is counted.

    Args:
        busy: in order and without overlaps.
    """
    begin, end = shift
    starts = range(begin, end - visit.duration + 1, visit.step)
    whole = visit.duration + visit.break_after
    done = 0  # starts that have been told
    for at in range(bisect_right(busy, begin, key=_end), len(busy)):
        taken, until = busy[at]
        first = max(done, (taken - whole - begin) // visit.step + 1)
        if first >= len(starts):
            break
        after = max(first, -((begin - until) // visit.step))  # rounded up
        yield starts[done:first], True
        yield starts[first:after], False
        done = after
    yield starts[done:], True


def _end(interval: Interval) -> int:
    return interval[1]


def _free_time(start: int, visit: Visit, free: list[int], occupied: list[int]) -> FreeTime:
    """A consultant whose shifts overlap may be found twice, and is named once."""
    here = set(free)
    others = tuple(sorted(set(occupied) - here))
    return FreeTime(start, start + visit.duration, tuple(sorted(here)), others)


def _occupied(busy: Iterable[Interval], start: int, end: int) -> bool:
    return any(begin < end and start < finish for begin, finish in busy)
