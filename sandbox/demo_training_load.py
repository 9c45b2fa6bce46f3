"""Loads the demo data of training through its own use cases, and lets ordering hear of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import partial
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from sqlalchemy import Engine, select

from chassis.calendar import STOCKHOLM
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from chassis.settings import postgres
from chassis.tables import outbox
from contracts import training as contracts
from contracts.actor import Actor
from contracts.base import Command
from sandbox.demo_data import DemoData
from sandbox.demo_data.records import Occasion
from sandbox.demo_data.training import admin
from services.ordering.gates import use_cases as gates
from services.ordering.repository import OrderingTransaction
from services.training import completing, defining, occasions
from services.training.letters import SwedishLetters
from services.training.repository import TrainingTransaction

NAMES = uuid5(NAMESPACE_URL, "urn:rampen:demo-data:training")
STARTS, ENDS = time(8, 30), time(16)
LETTERS = SwedishLetters("rampen@localhost")
HEARD = {
    contracts.RequirementSetDefinedV1.event_type: (
        contracts.RequirementSetDefinedV1,
        gates.note_requirement,
    ),
    contracts.GateOpenedV1.event_type: (contracts.GateOpenedV1, gates.note_gate),
    contracts.GateClosedV1.event_type: (contracts.GateClosedV1, gates.note_gate),
}


def load(urls: Mapping[str, str], data: DemoData) -> None:
    """Write what is not there yet; ordering is told of the gates before its first order."""
    actor = _actor(data)
    with _opened(urls["training"]) as training, _opened(urls["ordering"]) as ordering:
        _load(WorkerDatabase(training, TrainingTransaction, Context(actor)), data)
        _hear(training, WorkerDatabase(ordering, OrderingTransaction, Context(actor)))


def _load(database: WorkerDatabase, data: DemoData) -> None:
    define = _command(contracts.DefineCurriculum, "curriculum", **data.curriculum)
    database.once("demo", define, lambda tx: defining.define_curriculum(tx, define))
    for command in _completions(data):
        record = partial(completing.record_completions, command=command)
        database.once("demo", command, record)
    with database.transaction() as tx:
        if not tx.occasions.to_come(None, "start", 0, 1):
            for one in data.occasions:
                occasions.announce_occasion(tx, _announced(one), LETTERS)


def _completions(data: DemoData) -> Iterator[dict[str, Any]]:
    ordered = sorted(data.completions, key=lambda one: (one.course, one.day, one.hsa_id))
    for (course, day), found in groupby(ordered, lambda one: (one.course, one.day)):
        yield _command(
            contracts.RecordCompletions,
            f"{course}/{day}",
            course=course,
            completed_day=day.isoformat(),
            participants=[one.hsa_id for one in found],
        )


def _announced(one: Occasion) -> dict[str, Any]:
    day = (datetime.now(UTC) + one.ahead).date()
    start, end = (datetime.combine(day, at, STOCKHOLM).isoformat() for at in (STARTS, ENDS))
    numbers = {"seats": one.seats, "smallest_number": one.smallest_number}
    return _command(
        contracts.AnnounceOccasion, str(uuid4()),
        course=one.course, place=one.place, start=start, end=end, **numbers,
    )  # fmt: skip


def _command(contract: type[Command], name: str, **values: Any) -> dict[str, Any]:
    return contract.read({"command_id": str(_id(name)), **values})


def _id(name: str) -> UUID:
    return uuid5(NAMES, name)


def _hear(training: Engine, database: WorkerDatabase) -> None:
    """What the relay brings too; the copy takes each version once, however often it comes.

    One event a transaction, as ordering itself hears them: its process may be at the same rows.
    """
    told = select(outbox.c.event_type, outbox.c.data).where(outbox.c.event_type.in_(HEARD))
    with training.connect() as connection:
        for event_type, event in connection.execute(told.order_by(outbox.c.id)):
            contract, note = HEARD[event_type]
            with database.transaction() as tx:
                note(tx, contract.read(event))


def _actor(data: DemoData) -> Actor:
    person = admin(data.people)
    return Actor(person.hsa_id, "training_admin", person.commissions[0].unit, "")


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = connect(postgres(url), connections=2)
    yield engine
    engine.dispose()
