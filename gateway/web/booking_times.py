"""Free times to choose from: by place, service product, consultant and day, kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from gateway import bus
from gateway.web import times
from gateway.web.pages import Part, part

SPAN = 14  # days shown at a time


@dataclass
class Picker:
    """What was chosen so far, and what there is to choose next."""

    chosen: dict[str, str]
    places: Part
    products: Part = field(default_factory=Part)
    free: Part = field(default_factory=Part)
    first_day: date = date.min

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Picker":
        chosen = {name: arguments.get(name, "") for name in ("place", "product", "consultant")}
        picker = cls(chosen, part(lambda: bus.booking.list_places({})))
        picker.first_day = max(times.today(), _day(arguments.get("first_day", "")))
        picker._look()
        return picker

    @classmethod
    def for_booking(cls, booking: Mapping[str, Any], arguments: Mapping[str, str]) -> "Picker":
        """The times that a booking may be moved to: its place and service product stay."""
        places = part(lambda: bus.booking.list_places({}))
        place = _id(places.items, "place_id", booking["place_name"])
        products = part(lambda: bus.booking.list_service_products({"place_id": place}))
        product = _id(products.items, "service_product_id", booking["service_product_name"])
        return cls.read({**arguments, "place": place, "product": product})

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

    def name(self, kind: str) -> str:
        """What the chosen place or product is called."""
        rows = {"place": self.places, "product": self.products}[kind].items
        key = {"place": "place_id", "product": "service_product_id"}[kind]
        return next((one["name"] for one in rows if str(one[key]) == self.chosen[kind]), "")

    def _look(self) -> None:
        if not self.name("place"):
            return
        place = {"place_id": self.chosen["place"]}
        self.products = part(lambda: bus.booking.list_service_products(place))
        if self.name("product"):
            wanted = place | {"service_product_id": self.chosen["product"]} | self._when()
            self.free = part(lambda: bus.booking.list_free_times(wanted))

    def _when(self) -> dict[str, str]:
        found = {"first_day": self.first_day.isoformat(), "last_day": self.last_day.isoformat()}
        consultant = self.chosen["consultant"]
        return found | ({"consultant_id": consultant} if consultant else {})


def _id(rows: list[dict[str, Any]], key: str, name: str) -> str:
    """The id, as text, of what is called `name`."""
    return next((str(one[key]) for one in rows if one["name"] == name), "")


def _day(text: str) -> date:
    """The day that the address tells, if it is one that leaves room for a span after it."""
    try:
        return min(date.fromisoformat(text), date(9999, 1, 1))
    except ValueError:
        return date.min
