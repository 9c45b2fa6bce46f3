"""Work orders shown and listed, and how many were done in time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from contracts.devices import individual_number
from contracts.errors.common import MESSAGE_INVALID, NOT_FOUND
from services.maintenance.access import sight
from services.maintenance.model.clocks import Clocks, clocks
from services.maintenance.model.work_order import STOCKHOLM, WorkOrder
from services.maintenance.ports import Rules, Timed, Transaction, Wanted

AT_MOST_DAYS = 731
FIRST_YEAR, LAST_YEAR = 2020, 2200
MINUTE = timedelta(minutes=1)


def look_at(tx: Transaction, number: str, rules: Rules) -> WorkOrder:
    """The work order with its details; the look is logged.

    Raises:
        NotFound: there is none, or it is not the actor's to see.
    """
    order = tx.work_orders.look_at(number, sight(tx.actor, rules))
    if order is None:
        raise NOT_FOUND()
    return order


def page(
    tx: Transaction, query: Mapping[str, Any], rules: Rules
) -> tuple[Sequence[WorkOrder], bool]:
    """One page of what the actor sees, and whether there is more."""
    limit, offset = query["limit"], query["limit"] * (query["page"] - 1)
    asked = {name: query.get(name) for name in Wanted._fields}
    if asked["individual_number"] is not None:
        asked["individual_number"] = individual_number(asked["individual_number"])
    seen = sight(tx.actor, rules)
    found = tx.work_orders.page(Wanted(**asked), seen, query["sort"], offset, limit + 1)
    return found[:limit], len(found) > limit


@dataclass
class Fulfilment:
    """What was finished of one kind in one month (Swedish: måluppfyllnad).

    Args:
        start_limited, finish_limited: how many had such a limit.

    Source: M-3
    """

    kind: str
    month: str
    finished: int = 0
    start_limited: int = 0
    started_in_time: int = 0
    finish_limited: int = 0
    finished_in_time: int = 0
    gross: timedelta = timedelta()
    net: timedelta = timedelta()

    def count(self, both: Clocks) -> None:
        start, finish = both
        self.finished += 1
        self.start_limited += start.limit is not None
        self.started_in_time += start.is_met
        self.finish_limited += finish.limit is not None
        self.finished_in_time += finish.is_met
        self.gross += finish.gross
        self.net += finish.net

    @property
    def start_percent(self) -> float | None:
        return _percent(self.started_in_time, self.start_limited)

    @property
    def finish_percent(self) -> float | None:
        return _percent(self.finished_in_time, self.finish_limited)

    @property
    def mean_gross_minutes(self) -> int:
        return self.gross // MINUTE // self.finished

    @property
    def mean_net_minutes(self) -> int:
        return self.net // MINUTE // self.finished


def fulfilment(tx: Transaction, query: Mapping[str, Any], rules: Rules) -> list[Fulfilment]:
    """How many works were started and finished in time, per kind and month of their end.

    Raises:
        Invalid: the days are in the wrong order, too many, or of another age.

    Source: M-3
    """
    last = query.get("last_day") or tx.now.astimezone(STOCKHOLM).date()
    if not FIRST_YEAR <= last.year < LAST_YEAR:
        raise MESSAGE_INVALID(fields={"last_day": "Värdet godtas inte."})
    first = query.get("first_day") or _eleven_months_before(last)
    if not 0 <= (last - first).days < AT_MOST_DAYS:
        wrong = f"Ange en dag från och med den första, högst {AT_MOST_DAYS} dagar i taget."
        raise MESSAGE_INVALID(fields={"last_day": wrong})
    days = _midnight(first), _midnight(last + timedelta(1))
    return counted(tx.work_orders.finished(*days, sight(tx.actor, rules)), rules)


def counted(finished: Iterable[Timed], rules: Rules) -> list[Fulfilment]:
    """Source: M-3, X-6"""
    found: dict[tuple[str, str], Fulfilment] = {}
    for one in finished:
        end = one.history[-1][1]
        month = f"{end.astimezone(STOCKHOLM):%Y-%m}"
        row = found.setdefault((month, one.kind), Fulfilment(one.kind, month))
        row.count(clocks(one.terms, one.history, rules.hours, end))
    return [found[key] for key in sorted(found)]


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _eleven_months_before(day: date) -> date:
    months = day.year * 12 + day.month - 12
    return date(months // 12, months % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), STOCKHOLM)
