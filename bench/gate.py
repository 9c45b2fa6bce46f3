"""The gate check's share of placing an order: the same order with and without need of a gate."""

from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from bench.results import Line, Results, ms, ratio
from bench.suite import Suite
from bench.world import World
from chassis.context import Context
from chassis.database import WorkerDatabase, connect
from contracts.actor import Actor
from contracts.ordering import PlaceOrder
from sandbox.demo_data.records import Person
from services.ordering.gates.model import GATE_FROM
from services.ordering.orders import use_cases
from services.ordering.repository import OrderingTransaction

ORDERS, TURNS = 50, 20  # orders a turn, turns a side
AT_MOST = 1.05  # times the time without it
NEVER = date(9999, 1, 1)


def measure(suite: Suite, results: Results) -> None:
    suite.report(f"placing {ORDERS} orders, {TURNS} turns with need of a gate and without")
    person = suite.world.data.people[0]
    engine = connect(suite.url("rampen_ordering"), connections=2)
    commission = person.commissions[0]
    actor = Actor(person.hsa_id, commission.role, commission.unit, "")
    database = WorkerDatabase(engine, OrderingTransaction, Context(actor))
    message = _message(suite.world, person)
    found: dict[date, list[float]] = {GATE_FROM: [], NEVER: []}
    for turn in range(TURNS + 1):
        for gate_from, seconds in found.items():
            taken = _timed(partial(_place, database, message, gate_from)) / ORDERS
            seconds += [taken] if turn else []  # the first turn warms up
    engine.dispose()
    results.lines.append(_line(found[GATE_FROM], found[NEVER]))


def _line(with_gate: list[float], without: list[float]) -> Line:
    times = ratio(with_gate, without)
    ours, theirs = ms(median(with_gate)), f"without {ms(median(without))}"
    what = "placing an order to a patient, the gate checked (in the service)"
    return Line(what, ours, theirs, times, f"≤ {AT_MOST}", times <= AT_MOST)


def _place(database: WorkerDatabase, message: dict, gate_from: date) -> None:
    for _ in range(ORDERS):
        command = PlaceOrder.read(message | {"command_id": str(uuid4())})
        database.once("place_order", command, partial(_placed, command, gate_from), at_once=True)


def _placed(command: dict[str, Any], gate_from: date, tx: OrderingTransaction) -> dict[str, int]:
    use_cases.place_order(tx, command, gate_from)
    return {"done": 1}


def _message(world: World, person: Person) -> dict:
    unit, order = person.commissions[0].unit, world.orders("HMC", 0)[0]
    customer = next(it for it in world.data.customers if (it.unit, it.supplier) == (unit, "HMC"))
    number = order.personal_identity_number
    return {
        "customer_number": customer.number,
        "recipient": {"kind": "patient", "personal_identity_number": number},
        "lines": order.lines,
        "reference": "bench",
    }


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
