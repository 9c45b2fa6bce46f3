"""The days that the demo's maintenance story is told about."""

from datetime import date

import pytest

from sandbox.demo.maintenance_story import latest_midsummer_eve
from sandbox.demo_data import build
from sandbox.demo_data.organisations import supply_centre


@pytest.mark.parametrize(
    ("today", "eve"),
    [
        (date(2026, 11, 22), date(2026, 6, 19)),
        (date(2026, 7, 3), date(2026, 6, 19)),
        (date(2026, 7, 2), date(2025, 6, 20)),
        (date(2027, 1, 1), date(2026, 6, 19)),
        (date(2030, 8, 1), date(2030, 6, 21)),
    ],
)
def test_it_is_the_latest_midsummer_that_is_two_weeks_past(today, eve):
    assert latest_midsummer_eve(today) == eve


def test_the_supply_centre_is_where_technicians_and_customer_service_work():
    data, centre = build(), supply_centre()
    held = [commission for person in data.people for commission in person.commissions]

    assert {one.unit for one in held if one.role == "technician"} <= set(centre)
    assert len(centre) == 5
