"""The catalogue: 200 articles. Names from the seeds are real; the others are invented.

ISO codes are classes of ISO 9999; their labels here are our own.
"""

from itertools import count
from random import Random
from typing import Any

from sandbox.demo_data.files import read
from sandbox.demo_data.records import Article

KRONA = 100  # öre
FIRST_NUMBER = 20101
STATUSES = {"active": 90, "outgoing": 6, "ended": 2, "discontinued": 2}  # per cent
MAKERS = ("Nordhjälp AB", "Västrehab AB", "Kattegatt Medicinteknik AB", "Götalands Hjälpmedel AB")


def articles(random: Random) -> tuple[Article, ...]:
    """Every variant of every family, in the order of the table."""
    numbers = count(FIRST_NUMBER)
    first: dict[str, str] = {}  # each family's first number, which others may fit
    catalogue = []
    for family in read("articles.json"):
        shared = _shared(family, random, first)
        for at, variant in enumerate(family["variants"]):
            number = family["numbers"][at] if "numbers" in family else str(next(numbers))
            name = f"{family['name']} {variant}".strip()
            status = family.get("status") or _status(family, at, random)
            prices = _prices(family, at)
            catalogue.append(Article(number=number, name=name, status=status, **prices, **shared))
            first.setdefault(family["name"], number)
    return tuple(catalogue)


def _shared(family: dict[str, Any], random: Random, first: dict[str, str]) -> dict[str, Any]:
    """What all variants of the family have in common."""
    kind, rented = family.get("kind", "main_device"), "rent" in family
    maker = family.get("maker", random.choice(MAKERS))
    return {
        "iso_code": family["iso"],
        "iso_label": family["label"],
        "product_area": family["area"],
        "supplier": family.get("supplier", "HMC"),
        "manufacturer": "Hjälpmedelscentralen" if kind == "service" else maker,
        "kind": kind,
        "supply_form": "rent" if rented else "purchase",
        "individually_marked": rented and kind == "main_device",
        "delivery_class": family["class"],
        "fits": first[family["fits"]] if "fits" in family else None,
    }


def _prices(family: dict[str, Any], at: int) -> dict[str, Any]:
    purchase = 0 if family.get("kind") == "service" else family["price"]
    price = family.get("rent", family["price"])
    return {"price": _stepped(price, at), "purchase_price": _stepped(purchase, at)}


def _stepped(kronor: int, at: int) -> int:
    """Each larger variant costs three per cent more."""
    return kronor * KRONA * (100 + 3 * at) // 100


def _status(family: dict[str, Any], at: int, random: Random) -> str:
    """The first variant of a family is always active."""
    drawn = random.choices(list(STATUSES), list(STATUSES.values()))[0]
    return drawn if at and family.get("kind") is None else "active"
