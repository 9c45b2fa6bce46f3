"""Two services that do as little as possible: what the chassis promises is tested on them.

`tally` counts; `mirror` counts what it hears of tally. What mirror hears of the name `poison` makes
it fail, and of `poison-N` its first N times.
"""

import time
from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from nameko.timer import timer
from sqlalchemy import Column, MetaData, String, Table, func, insert, select, text

from chassis.database import Database, Transaction
from chassis.events import on_event
from chassis.rpc import command, process, query
from chassis.service import Service
from tests.toys.contracts import AddTally, CountTallies, TallyAddedV1

metadata = MetaData()
tallies = Table("tallies", metadata, Column("name", String, nullable=False))
attempts = Counter()


@dataclass
class TallyAdded:
    name: str


class TallyTransaction(Transaction):
    contracts: ClassVar = {TallyAdded: TallyAddedV1}

    def add(self, name: str) -> None:
        self.connection.execute(insert(tallies).values(name=name))

    def count(self, name: str) -> int:
        counted = select(func.count()).where(tallies.c.name == name)
        return self.connection.execute(counted).scalar_one()

    def nap(self, seconds: float) -> None:
        self.connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": seconds})


class TallyService(Service):
    name = "tally"

    database = Database(TallyTransaction)

    @command(AddTally)
    def add(self, tx, values):
        tx.nap(values["nap"])
        tx.add(values["name"])
        tx.tell(TallyAdded(values["name"]))
        return {"count": tx.count(values["name"])}

    @query(CountTallies)
    def count(self, tx, values):
        tx.nap(values["nap"])
        return {"count": tx.count(values["name"])}

    @process(CountTallies)
    def doze(self, values):
        """Wait, as for another system, without the database."""
        time.sleep(values["nap"])
        return {"count": 0}


class TickingService:
    """A tally that counts by itself, as a sweep does: with or without a broker."""

    name = "tally"

    database = Database(TallyTransaction)

    @timer(interval=0.2)
    def tick(self):
        with self.database.transaction() as tx:
            tx.add("tick")
            tx.tell(TallyAdded("tick"))

    @query(CountTallies)
    def count(self, tx, values):
        return {"count": tx.count(values["name"])}


class MirrorService(Service):
    name = "mirror"

    database = Database(TallyTransaction)

    @on_event(TallyAddedV1)
    def hear(self, tx, event):
        name = event["name"]
        tx.add(name)
        attempts[name] += 1
        if name == "poison" or attempts[name] <= int(name.partition("poison-")[2] or 0):
            raise ValueError("a text that must not show")

    @query(CountTallies)
    def count(self, tx, values):
        return {"count": tx.count(values["name"])}
