"""Free times to choose from: by place, service product, consultant and day, kept in the address.

Source: B-8, B-10, B-14
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from gateway import bus
from gateway.bus import Question
from gateway.web import times
from gateway.web.asking import Part, part

SPAN = 14  # days shown at a time
CHOICES = ("place", "product", "consultant", "other", "other_product", "move")
Booking = Mapping[str, Any]


@dataclass
class Picker:
    """What was chosen so far, and what there is to choose next.

    Args:
        number: of the work order whose time is chosen.
        others: work orders that may be in the same visit.
        other: number of the one that is to be.
        is_second: whether the other comes first in the visit.
    """

    chosen: dict[str, str]
    places: Part = field(default_factory=Part)
    others: Part = field(default_factory=Part)
    products: Part = field(default_factory=Part)
    free: Part = field(default_factory=Part)
    number: str = ""
    first_day: date = date.min
    other: str = ""
    is_second: bool = False

    @classmethod
    def of(cls, number: str, arguments: Mapping[str, str]) -> "Picker":
        """The times for a work order, by itself or in one visit with another of its patient."""
        return cls(_chosen(arguments), number=number, first_day=_first_day(arguments))

    def questions(self) -> dict[str, Question]:
        """What there is to choose from; what was chosen is believed until the answers are there."""
        asks = {"places": Question(bus.booking.list_places, {})}
        if self.chosen["place"]:
            asks["products"] = self._products()
        if self.chosen["place"] and self.chosen["product"]:
            beside = {"same_patient_as": self.number, "state": "open", "limit": 100}
            asks["others"] = Question(bus.ordering.list_work_orders, beside)
            if not self.chosen["other"]:
                asks["free"] = self._times()
        return asks

    def take(self, parts: Mapping[str, Part]) -> None:
        """Take the answers, and keep to what there is; times for two are sought now."""
        for name in parts.keys() & {"places", "products", "others", "free"}:
            setattr(self, name, parts[name])
        numbers = {one["work_order_number"] for one in self.others.items}
        self.other = self.chosen["other"] if self.chosen["other"] in numbers else ""
        if not self.name("place"):
            self.products = Part()
        if not self.name("product"):
            self.free = Part()
        elif self.chosen["other"] and (self.name("other_product") or not self.other):
            self.free = part(self._times())

    @classmethod
    def for_booking(
        cls, booking: Booking, other: Booking | None, arguments: Mapping[str, str]
    ) -> "Picker":
        """The times that a booking, or a visit of two, may be moved to; the rest of it stays."""
        picker = cls(_chosen(arguments), first_day=_first_day(arguments))
        first, second = booking, other
        if other and other["start"] < booking["start"]:
            picker.is_second, first, second = True, other, booking
        picker.chosen |= {"place": _place(booking), "product": _product(first)}
        if other and second:
            picker.other = other["work_order_number"]
            picker.chosen["other_product"] = _product(second)
        picker.free = part(picker._times())
        return picker

    @property
    def days(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The free times, by day."""
        by_day = groupby(self.free.items, lambda one: times.day(one["start"]))
        return [(day, list(found)) for day, found in by_day]

    @property
    def consultants(self) -> list[dict[str, Any]]:
        return self.free.found["consultants"] if self.free.found else []

    @property
    def earlier(self) -> str | None:
        before = self.first_day - timedelta(days=SPAN)
        return max(before, times.today()).isoformat() if self.first_day > times.today() else None

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=SPAN - 1)

    @property
    def later(self) -> str:
        return (self.last_day + timedelta(days=1)).isoformat()

    def address(self, path: str, first_day: str) -> str:
        """Where other days of the same choice are shown."""
        kept = {name: value for name, value in self.chosen.items() if value}
        return f"{path}?{urlencode(kept | {'first_day': first_day})}"

    def value(self, time: Mapping[str, Any]) -> str:
        """What pressing a free time sends: when, and for two also with whom and when the other.

        Both parts of a visit are with one consultant: the first free one is named for both.
        """
        consultant = self.chosen["consultant"]
        if not self.other:
            return f"{time['start']} {consultant}".strip()
        starts = [time["start"], time["other_start"]]
        own, others = reversed(starts) if self.is_second else starts
        return f"{own} {consultant or time['consultant_ids'][0]} {others}"

    def name(self, kind: str) -> str:
        """What the chosen place or product is called."""
        rows, key = self._rows(kind)
        return next((one["name"] for one in rows if str(one[key]) == self.chosen[kind]), "")

    def _rows(self, kind: str) -> tuple[list[dict[str, Any]], str]:
        if kind == "place":
            return self.places.items, "place_id"
        return self.products.items, "service_product_id"

    def _products(self) -> Question:
        return Question(bus.booking.list_service_products, {"place_id": self.chosen["place"]})

    def _times(self) -> Question:
        return Question(bus.booking.list_free_times, self._wanted())

    def _wanted(self) -> dict[str, str]:
        others = {"other_service_product_id": self.chosen["other_product"]} if self.other else {}
        only = self.chosen["consultant"]
        return {
            "place_id": self.chosen["place"],
            "service_product_id": self.chosen["product"],
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            **others,
            **({"consultant_id": only} if only else {}),
        }


def pressed(text: str) -> tuple[str, int | None, str]:
    """What a free time that was pressed says: when, with whom, and when the other part begins."""
    start, consultant, other, *_ = *text.split(), "", "", ""
    is_number = consultant.isdecimal() and len(consultant) < 10
    return start, int(consultant) if is_number else None, other


def _place(booking: Booking) -> str:
    """The id, as text, of where it is; by its name, of what was booked before ids were noted."""
    if booking.get("place_id") is not None:
        return str(booking["place_id"])
    places = part(Question(bus.booking.list_places, {}))
    return _called(booking["place_name"], places, "place_id")


def _product(booking: Booking) -> str:
    """The id, as text, of what it concerns; by its name as above."""
    if booking.get("service_product_id") is not None:
        return str(booking["service_product_id"])
    products = part(Question(bus.booking.list_service_products, {"place_id": _place(booking)}))
    return _called(booking["service_product_name"], products, "service_product_id")


def _called(name: str, found: Part, key: str) -> str:
    return next((str(one[key]) for one in found.items if one["name"] == name), "")


def _chosen(arguments: Mapping[str, str]) -> dict[str, str]:
    return {name: arguments.get(name, "") for name in CHOICES}


def _first_day(arguments: Mapping[str, str]) -> date:
    """The day that the address tells, if it is to come and leaves room for a span after it."""
    try:
        wanted = date.fromisoformat(arguments.get("first_day", ""))
    except ValueError:
        wanted = date.min
    return max(times.today(), min(wanted, date(9999, 1, 1)))
