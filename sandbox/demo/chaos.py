"""Many requests at once while processes are killed, and the account of what was acknowledged."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Lock
from typing import Any

from sandbox import control
from sandbox.demo.case import Case
from sandbox.demo.visitor import Visitor
from services.booking.scheduler import ZoeziScheduler

CLIENTS = 4
#: What is done to the suite meanwhile, and to whom.
BLOWS: tuple[tuple[str, Callable[[Path, str], None], str], ...] = (
    ("SIGKILL to booking", control.kill, "booking"),
    ("the broker is restarted", control.restart, "rabbitmq"),
    ("SIGKILL to booking again", control.kill, "booking"),
    ("SIGKILL to ordering", control.kill, "ordering"),
    ("SIGKILL to the relay", control.kill, "relay"),
)


@dataclass
class Ledger:
    """What was acknowledged: order numbers, and bookings by activity."""

    orders: list[str] = field(default_factory=list)
    bookings: dict[str, dict[str, Any]] = field(default_factory=dict)
    repeated: int = 0
    _lock: Lock = field(default_factory=Lock)

    def __len__(self) -> int:
        return len(self.orders) + len(self.bookings)

    def order(self, number: str) -> None:
        with self._lock:
            self.orders.append(number)

    def booking(self, activity_id: str, booking: dict[str, Any]) -> None:
        with self._lock:
            self.bookings[activity_id] = booking


def under_blows(case: Case, visitor: Visitor, folder: Path, article: str) -> Ledger:
    """Order and book with several clients under blows; return what was acknowledged."""
    ledger, stop = Ledger(), Event()
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [
            pool.submit(_client, case, visitor, ledger, stop, article) for _ in range(CLIENTS)
        ]
        try:
            for what, blow, name in BLOWS:
                _grow(case, ledger, 6)
                case.evidence.note(f"{what} ({len(ledger)} acknowledged so far)")
                blow(folder, name)
            _grow(case, ledger, 6)
        finally:
            stop.set()
        for client in clients:
            client.result()
    return ledger


def account(case: Case, visitor: Visitor, ledger: Ledger) -> None:
    """Show that all that was acknowledged is there, once."""
    evidence = case.evidence
    evidence.note(f"requests that had to be sent again, with the same key: {ledger.repeated}")
    numbers = [order["order_number"] for order in visitor.pages("/orders")]
    there = [number for number in ledger.orders if numbers.count(number) == 1]
    evidence.show(
        len(there) == len(ledger.orders) == len(set(ledger.orders)),
        f"each of the {len(ledger.orders)} acknowledged orders is there, once",
    )
    states = [visitor.get(f"/activities/{activity}")["state"] for activity in ledger.bookings]
    evidence.show(
        set(states) <= {"booked"},
        f"each of the {len(ledger.bookings)} acknowledged bookings is there: {len(states)} booked",
    )
    scheduled = _scheduled(case, list(ledger.bookings.values()))
    evidence.show(
        all(scheduled.count(activity) == 1 for activity in ledger.bookings),
        "the scheduler has each of them once",
    )


def _client(case: Case, person: Visitor, ledger: Ledger, stop: Event, article: str) -> None:
    with person.beside() as visitor:
        while not stop.is_set():
            ledger.order(case.order(visitor, article)["order_number"])
            registered = visitor.post("/consultations", case.consultation())
            activity_id = registered["activity_id"]
            while not case.known_activity(visitor, activity_id) and not stop.wait(0.1):
                pass
            for time in [] if stop.is_set() else case.free_times(visitor)[-40:]:
                if booked := case.book(visitor, registered, time):
                    ledger.booking(activity_id, booked)
                    break
        ledger.repeated += visitor.repeated


def _grow(case: Case, ledger: Ledger, by: int) -> None:
    enough = len(ledger) + by
    case.evidence.wait(lambda: len(ledger) >= enough, f"{by} more commands are acknowledged", 90)


def _scheduled(case: Case, bookings: list[dict[str, Any]]) -> list[str]:
    """The activity ids of what the scheduler itself has booked on those days."""
    days = sorted(date.fromisoformat(booking["start"][:10]) for booking in bookings)
    environment = case.run["environment"]
    scheduler = ZoeziScheduler.at(environment["ZOEZI_URL"], environment["ZOEZI_KEY"])
    try:
        return [found.activity_id for found in scheduler.booked(days[0], days[-1])]
    finally:
        scheduler.close()
