"""Reads the calendars that are due, and blocks their times in the scheduler.

Any number of replicas sweep. Each leases what it reads; a replica that dies lets the lease run out.
What cannot be read changes nothing but the note that says why: the times known before hold.

Source: B-16
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.errors.booking_calendars import FEED_NOT_TAKEN
from services.booking.calendars.model import Feed
from services.booking.calendars.reading import Reading, read_all
from services.booking.schedule import SchedulerError

AT_ONCE = 4
LEASE = timedelta(minutes=3)  # longer than the reading of AT_ONCE can take
AHEAD = timedelta(days=190)  # as far as times are blocked
UNCHANGED = Reading()

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sweep:
    """
    Args:
        interval: how long to wait between two readings of a calendar that can be read.
        allowed: hosts that may be read though they are not public.
        largest: bytes.
    """

    database: Any
    scheduler: Any
    interval: timedelta = timedelta(minutes=15)
    allowed: frozenset[str] = frozenset()
    largest: int = 5_000_000
    read: Callable[[Sequence[Mapping[str, Any]]], list[Reading]] = read_all

    def run(self) -> int:
        """Read what is due; return how many calendars that were."""
        count = 0
        while due := self._lease():
            self._read([feed for feed in due if not feed.removed_at])
            for feed in due:
                if feed.removed_at:
                    self._free(feed)
            count += len(due)
        return count

    def _lease(self) -> list[Feed]:
        with self.database.transaction() as tx:
            return tx.calendars.lease(AT_ONCE, LEASE)

    def _read(self, due: Sequence[Feed]) -> None:
        with self.database.reading() as tx:
            now = tx.now
        questions = [self._question(feed, now) for feed in due]
        for feed, reading in zip(due, self.read(questions), strict=True):
            self._settle(feed, self._blocked(feed, reading), now)

    def _question(self, feed: Feed, now: datetime) -> dict[str, Any]:
        return {
            "address": feed.address,
            "etag": feed.etag_at(now),
            "start": now.isoformat(),
            "end": (now + AHEAD).isoformat(),
            "allowed": sorted(self.allowed),
            "largest": self.largest,
        }

    def _blocked(self, feed: Feed, reading: Reading) -> Reading:
        """Block the times that were read; what the scheduler does not take is a problem."""
        if reading.busy is None:
            return reading
        try:
            self.scheduler.block(feed.consultant_id, str(feed.id), reading.busy)
        except SchedulerError as error:
            _log.warning("busy times were not taken: %s", error)
            return Reading(problem=FEED_NOT_TAKEN.code)
        return reading

    def _settle(self, feed: Feed, reading: Reading, now: datetime) -> None:
        values: dict[str, Any] = {"checked_at": now, "problem": None, "problem_at": None}
        values["failures"] = 0
        if reading.busy is not None:
            values |= {"read_at": now, "etag": reading.etag, "busy_periods": len(reading.busy)}
        pause = self.interval
        if reading.problem:
            pause = feed.pause_after_failure(self.interval)
            failures = feed.failures + 1
            values = {"problem": reading.problem, "problem_at": now, "failures": failures}
        with self.database.transaction() as tx:
            tx.calendars.settle(feed, pause, **values)

    def _free(self, feed: Feed) -> None:
        """Its owner has removed it: nothing of it blocks any more; else again after the lease."""
        try:
            self.scheduler.block(feed.consultant_id, str(feed.id), [])
        except SchedulerError as error:
            _log.warning("busy times could not be freed: %s", error)
            return
        with self.database.transaction() as tx:
            tx.calendars.forget_feed(feed.id)
