"""Maintenance without a database: the repository's interface over a dict."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from itertools import count

from contracts.actor import Actor
from contracts.errors.common import CHANGED_MEANWHILE
from services.maintenance.model.happenings import BESIDE
from services.maintenance.ports import Due, Timed
from services.maintenance.repository import MaintenanceTransaction
from tests.unit.maintenance.world import ANNA, NOW


class InMemoryWorkOrders:
    def __init__(self, tx: "InMemoryTransaction") -> None:
        self.tx, self.world = tx, tx.world

    def add(self, order, due):
        if any(order.id == known.id for known, _ in self.world.stored.values()):
            raise CHANGED_MEANWHILE()
        number = order.number or str(next(self.world.numbers))
        self._store(replace(order, number=number, version=1), due)
        self._log("work_order.registered", order)
        return number

    def get(self, number, sight):
        order = self._seen(number, sight)
        return order and replace(order, details=None)

    def look_at(self, number, sight):
        order = self._seen(number, sight)
        if order:
            self._log("work_order.read", order)
        return order

    def page(self, wanted, sight, sort, offset, limit):
        asked = {name: value for name, value in wanted._asdict().items() if value is not None}
        found = [
            (order, due)
            for order, due in self.world.stored.values()
            if sight.unit in (None, order.unit)
            and all(getattr(order, name) == value for name, value in asked.items())
        ]
        _sort(found, sort)
        return [deepcopy(order) for order, _ in found[offset : offset + limit]]

    def save(self, order, due):
        if self.world.stored[order.number][0].version != order.version:
            raise CHANGED_MEANWHILE()
        order.version += 1
        details = self.world.stored[order.number][0].details
        self._store(replace(order, details=details, events=[], happened=[]), due)
        for event in order.events:
            self.tx.tell(event)
        order.events.clear()
        order.happened.clear()

    def finished(self, since, before, sight):
        return [
            timed
            for timed, order in self._timed()
            if order.finished_at
            and since <= order.finished_at < before
            and sight.unit in (None, order.unit)
        ]

    def unfinished(self):
        return [timed for timed, order in self._timed() if order.is_open]

    def set_due(self, changed):
        for timed, due in changed:
            order = next(one for one, _ in self.world.stored.values() if one.id == timed.id)
            self.world.stored[order.number] = (order, due)
        return len(changed)

    def _timed(self):
        for order, due in self.world.stored.values():
            history = [(one.what, one.at) for one in order.history if one.what not in BESIDE]
            yield Timed(order.id, order.version, order.kind, order.terms, history, due), order

    def _seen(self, number, sight):
        order, _ = self.world.stored.get(number, (None, None))
        return deepcopy(order) if order and sight.unit in (None, order.unit) else None

    def _store(self, order, due):
        self.world.stored[order.number] = (deepcopy(order), due)

    def _log(self, action, order):
        self.world.log.append((action, order.id, self.tx.actor.hsa_id))


class InMemoryBlocks:
    def __init__(self, world: "InMemoryMaintenance") -> None:
        self.world = world

    def begin(self, adaptation_id, individual_number):
        self.world.blocks.setdefault(adaptation_id, (individual_number, None))

    def end(self, adaptation_id, individual_number, cause):
        if self.world.blocks.get(adaptation_id, (None, None))[1] is None:
            self.world.blocks[adaptation_id] = (individual_number, cause)

    def has(self, individual_number):
        return (individual_number, None) in self.world.blocks.values()


class InMemoryTransaction:
    def __init__(self, world: "InMemoryMaintenance", actor: Actor) -> None:
        self.world, self.actor, self.now = world, actor, world.now
        self.work_orders = InMemoryWorkOrders(self)
        self.blocks = InMemoryBlocks(world)

    def tell(self, event):
        contract = MaintenanceTransaction.contracts[type(event)]
        self.world.events.append((contract.event_type, contract.write(event)))

    def mail(self, recipient, subject, body):
        self.world.mails.append((recipient, subject, body))


class InMemoryMaintenance:
    """What is stored, told and mailed; `now` is what the time is."""

    def __init__(self) -> None:
        self.now = NOW
        self.numbers = count(60_000_000)
        self.stored: dict[str, tuple] = {}
        self.blocks: dict = {}
        self.events: list[tuple[str, dict]] = []
        self.mails: list[tuple[str, str, str]] = []
        self.log: list[tuple] = []

    @contextmanager
    def transaction(self, actor: Actor = ANNA) -> Iterator[InMemoryTransaction]:
        kept = deepcopy((self.stored, self.events, self.mails, self.log, self.blocks))
        try:
            yield InMemoryTransaction(self, actor)
        except BaseException:
            self.stored, self.events, self.mails, self.log, self.blocks = kept
            raise

    def told(self) -> list[tuple[str, dict]]:
        return self.events

    def mailed(self) -> list[tuple[str, str, str]]:
        return self.mails

    def logged(self) -> list[tuple]:
        return self.log

    def due(self, number: str) -> Due:
        return self.stored[number][1]


def _sort(found: list, sort: str) -> None:
    """As the database does: what has no time comes last, either way."""
    found.sort(key=lambda pair: -int(pair[0].number))
    column, down = sort.lstrip("-"), sort.startswith("-")
    if column in CLOCKS:
        found.sort(key=lambda pair: _first(pair[1], CLOCKS[column])[1], reverse=down)
        found.sort(key=lambda pair: _first(pair[1], CLOCKS[column])[0])
    elif column == "individual_number":
        found.sort(key=lambda pair: pair[0].individual_number, reverse=down)
    elif not down:
        found.reverse()


CLOCKS = {
    "due": ("start_due_at", "finish_due_at"),
    "start_due": ("start_due_at",),
    "finish_due": ("finish_due_at",),
}


def _first(due: Due, clocks: tuple[str, ...]) -> tuple[bool, datetime]:
    first = min((at for name in clocks if (at := getattr(due, name))), default=None)
    return first is None, first or NOW
