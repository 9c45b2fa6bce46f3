"""What is done on the clock: technicians are told in time, and kept times are held true."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from services.maintenance import letters
from services.maintenance.model.clocks import Clock, clocks
from services.maintenance.ports import Database, Due, Rules, Timed

CLOCKS = ("start", "finish")
WARNED_AT_ONCE = 5000  # work orders a statement


def warn(database: Database) -> int:
    """Tell the technicians whose clocks run out soon, each clock once; return how many."""
    return sum(_warn(database, clock) for clock in CLOCKS)


def tell_overdue(database: Database) -> int:
    """Tell the prescribers of repairs that were not done in time, each once; return how many.

    Source: U-1
    """
    told, batch = 0, WARNED_AT_ONCE
    while batch == WARNED_AT_ONCE:
        with database.transaction() as tx:
            batch = tx.work_orders.tell_overdue(letters.overdue(), WARNED_AT_ONCE)
        told += batch
    return told


def recompute(database: Database, rules: Rules) -> int:
    """Compute the times kept for open work orders anew; return how many were others.

    They are others when the calendar or what runs out soon has been settled anew.

    Source: X-4
    """
    with database.transaction() as tx:
        timed = tx.work_orders.unfinished()
        changed = [pair for pair in computed(timed, rules, tx.now) if pair[0].due != pair[1]]
        return tx.work_orders.set_due(changed) if changed else 0


def computed(timed: Iterable[Timed], rules: Rules, now: datetime) -> Iterator[tuple[Timed, Due]]:
    """Each with its times, from what has happened to it."""
    for one in timed:
        yield one, due(clocks(one.terms, one.history, rules.hours, now), rules)


def due(both: Iterable[Clock], rules: Rules) -> Due:
    """What of the clocks is kept for sweeps and lists."""
    start, finish = both
    return Due(*_due(start, rules), *_due(finish, rules))


def _due(clock: Clock, rules: Rules) -> tuple[datetime | None, datetime | None]:
    soon = clock.soon_at(rules.soon)
    if clock.due is None or soon is None:
        return None, None
    return rules.hours.reached(clock.due), rules.hours.reached(soon)


def _warn(database: Database, clock: str) -> int:
    warned, batch, notice = 0, WARNED_AT_ONCE, letters.runs_out_soon(clock)
    while batch == WARNED_AT_ONCE:
        with database.transaction() as tx:
            batch = tx.work_orders.warn(clock, notice, WARNED_AT_ONCE)
        warned += batch
    return warned
