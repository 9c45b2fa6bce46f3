"""Devices marked one by one: some in stock, most with patients."""

from collections.abc import Sequence
from random import Random

from sandbox.demo_data.records import Article, Customer, Device, Patient

HOW_MANY = 60
IN_STOCK = 20  # the first ones
FIRST_NUMBER = 204401


def devices(
    random: Random,
    articles: Sequence[Article],
    customers: Sequence[Customer],
    patients: Sequence[Patient],
) -> tuple[Device, ...]:
    """Rented devices of the supply centre, numbered from HMC204401."""
    rented = [one for one in articles if one.supplier == "HMC" and one.status == "active"]
    buying = [one for one in customers if one.supplier == "HMC"]
    return tuple(
        Device(
            f"HMC{FIRST_NUMBER + at}",
            random.choice(rented).number,
            None if at < IN_STOCK else random.choice(buying),
            None if at < IN_STOCK else random.choice(patients).id,
        )
        for at in range(HOW_MANY)
    )
