"""A device is found, delivered and taken back; one with an unsigned adaptation goes to nobody."""

import pytest
from playwright.sync_api import expect

from tests.journeys.pages.keyboard import Keyboard

pytestmark = pytest.mark.timeout(240)
ANNA, JOHAN = "Anna Lindqvist", "Johan Bergström"


@pytest.fixture
def device(case):
    """The number of a device in stock that nothing blocks."""
    with case.visitor(case.worker("technician", "supply_centre/Borås")) as his:
        stock = his.pages("/devices", state="in_stock")
    return [one for one in stock if not one["is_blocked"]][-1]["individual_number"]


@pytest.mark.rule("O-18")
def test_a_device_is_delivered_and_taken_back(visit, case, device):
    johan = visit(JOHAN)
    johan.open("/devices?state=in_stock")
    johan.looks_right("devices")
    johan.write("Individnummer", device)
    johan.press("Sök")
    johan.follow(device)
    johan.write("Kundnummer", "999999")
    johan.press("Leverera")
    expect(johan.page.get_by_role("alert")).to_be_focused()
    johan.looks_right("device-refused")
    johan.write("Kundnummer", case.customer_number)
    johan.press("Leverera")
    johan.sees("Hjälpmedlet är levererat.")

    keys = Keyboard(johan.page)
    keys.go_to("Ta tillbaka i lager")
    keys.press("Enter")
    keys.go_to("Ta tillbaka i lager")
    keys.press("Enter")
    johan.sees("Hjälpmedlet är tillbaka i lager.")


@pytest.mark.rule("S-1")
def test_a_device_whose_adaptation_is_not_signed_is_delivered_to_nobody(visit, case, device):
    with case.visitor() as hers:
        hers.post(
            "/adaptations",
            {
                "customer_number": case.customer_number,
                "individual_number": device,
                "instruction": "Ryggstödet höjs.",
                "risks": [{"description": "Tippar bakåt", "measure": "Tippskydd"}],
            },
        )
    johan = visit(JOHAN)
    johan.open(f"/devices/{device}")
    johan.sees("Spärrat.")
    johan.looks_right("device-blocked")
    johan.write("Kundnummer", case.customer_number)
    johan.press("Leverera")

    expect(johan.page.get_by_role("alert")).to_be_focused()
    johan.sees("som inte är underskriven")
