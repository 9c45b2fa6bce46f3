"""The case itself: a prescriber, her patient, and what she needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from sandbox.demo.evidence import Evidence, NotSo
from sandbox.demo.visitor import Visitor
from sandbox.demo_data import DemoData, build
from sandbox.demo_data.records import Patient, Person

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TELEPHONE = "070-174 06 05"


@dataclass
class Case:
    """Who and what the story is about.

    Args:
        run: what the sandbox says of itself.
    """

    run: dict[str, Any]
    evidence: Evidence
    data: DemoData
    prescriber: Person
    patient: Patient

    @classmethod
    def of(cls, run: dict[str, Any]) -> "Case":
        data = build()
        prescriber = next(person for person in data.people if person.family_name == "Lindqvist")
        patient = next(patient for patient in data.patients if not patient.protected)
        return cls(run, Evidence(), data, prescriber, patient)

    def visitor(self, person: Person | None = None) -> Visitor:
        """The prescriber, or another person, logged in."""
        hsa_id = (person or self.prescriber).hsa_id
        visitor = Visitor(self.run["url"], self.run["addresses"]["identity"], hsa_id)
        visitor.log_in()
        return visitor

    def worker(self, role: str, unit_key: str) -> Person:
        """Somebody with this role at the unit with this key."""
        (unit,) = (unit.hsa_id for unit in self.data.units if unit.key == unit_key)
        return next(
            person
            for person in self.data.people
            if any((held.role, held.unit) == (role, unit) for held in person.commissions)
        )

    def mails(self, word: str, person: Person | None = None) -> list[dict[str, Any]]:
        """The mails to the prescriber, or to another person, that mention `word`."""
        address = f"{self.run['addresses']['mailbox']}/api/mails"
        query = {"recipient": (person or self.prescriber).email}
        found = httpx.get(address, params=query, timeout=10).json()
        return [mail for mail in found if word in str(mail)]

    def order(self, visitor: Visitor, article: str, quantity: int = 1) -> dict[str, Any]:
        return visitor.post(
            "/orders",
            {
                "customer_number": self.customer_number,
                "recipient": {
                    "kind": "patient",
                    "personal_identity_number": self.patient.personal_identity_number,
                },
                "lines": [{"article_number": article, "quantity": quantity}],
                "reference": "demo",
            },
        )

    def consultation(self, **changed: Any) -> dict[str, Any]:
        """What registers a consultation; `changed` says what is wrong with it."""
        return {
            "customer_number": self.customer_number,
            "personal_identity_number": self.patient.personal_identity_number,
            "description": "Ny manuell rullstol: förväntningssamtal",
        } | changed

    @property
    def customer_number(self) -> str:
        """The prescriber's unit's number at the supply centre."""
        return self.number_of(self.prescriber)

    def number_of(self, person: Person) -> str:
        """The number at the supply centre of a person's unit."""
        unit = person.commissions[0].unit
        return next(
            customer.number
            for customer in self.data.customers
            if customer.unit == unit and customer.supplier == "HMC" and customer.kind == "unit"
        )

    def activity(self, visitor: Visitor, activity_id: str) -> dict[str, Any]:
        """The activity, once booking has heard of it."""
        return self.evidence.wait(
            lambda: self.known_activity(visitor, activity_id), "booking knows the activity"
        )

    def known_activity(self, visitor: Visitor, activity_id: str) -> dict[str, Any] | None:
        found = visitor.get(f"/activities/{activity_id}")
        return found if "activity_id" in found else None

    def book(self, visitor: Visitor, registered: dict[str, Any], time: dict[str, Any]) -> Any:
        """Hold a free time and book it; None when somebody else was faster."""
        hold = self.hold(visitor, registered, time)
        if hold.status_code == 409:
            return None
        if hold.is_error:
            raise NotSo(f"the hold was refused: {hold.text}")
        booked = visitor.send(
            "/bookings",
            {
                "hold_id": hold.json()["hold_id"],
                "work_order_number": registered["work_order_number"],
                "telephone": TELEPHONE,
            },
        )
        if booked.is_error and booked.status_code != 409:
            raise NotSo(f"the booking was refused: {booked.text}")
        return booked.json() if booked.is_success else None

    def hold(
        self, visitor: Visitor, registered: dict[str, Any], time: dict[str, Any]
    ) -> httpx.Response:
        """Ask for a free time to be held."""
        return visitor.send("/holds", self.wanted(registered, time))

    def wanted(self, registered: dict[str, Any], time: dict[str, Any]) -> dict[str, Any]:
        """What is to be held of a free time."""
        where = {name: time[name] for name in ("place_id", "service_product_id", "start")}
        return where | {"activity_id": registered["activity_id"]}

    def free_times(self, visitor: Visitor) -> list[dict[str, Any]]:
        """Free times at the prescriber's place for her service product, each with its ids."""
        place = _named(visitor.get("/places")["items"], "Borås")["place_id"]
        products = visitor.get(f"/places/{place}/service-products")["items"]
        product = _named(products, "Förväntningssamtal")["service_product_id"]
        times = visitor.get(f"/places/{place}/service-products/{product}/free-times")["items"]
        ids = {"place_id": place, "service_product_id": product}
        return [ids | time for time in times]


def local(instant: str) -> str:
    """A time as people in Sweden write it."""
    return f"{datetime.fromisoformat(instant).astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"


def _named(items: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(item for item in items if item["name"] == name)
