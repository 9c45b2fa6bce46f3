"""What is asked for, counted in the database, and the staffing as the service answers it."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from contracts.actor import Actor
from contracts.errors import ContractError
from services.booking.staffing.model import Demand

CENTRE = Actor("SE2321000131-S000000000001", "customer_service", "SE-U", "SE-P")
MONDAY = date(2037, 5, 18)


def booked(database, activity_id, place, at):
    database.do(
        "INSERT INTO bookings (id, activity_id, state, hold_key, starts_at, ends_at, telephone,"
        " place_name, service_product_name, consultant_name, booked_by, booked_at, sequence,"
        " asked_command_id, asked_mark, asked_by)"
        " VALUES (:id, :activity_id, 'cancelled', 'k', now(), now() + interval '1 hour', '+4670',"
        " :place, 'Rullstol', 'Anna', 'SE-P', :at, 0, :id, '', 'SE-P')",
        id=uuid4(), activity_id=activity_id, place=place, at=at,
    )  # fmt: skip


@pytest.mark.rule("B-17")
def test_activities_are_expected_where_their_unit_last_booked(booking_database):
    known = [booking_database.register(unit="SE-1") for _ in range(3)]
    booking_database.register(unit="SE-2")
    booked(booking_database, known[0], "Borås", datetime(2026, 5, 1, tzinfo=UTC))
    booked(booking_database, known[1], "Uddevalla", datetime(2026, 5, 2, tzinfo=UTC))
    booking_database.do("UPDATE activities SET state = 'booked' WHERE id = :id", id=known[0])
    booking_database.statements.clear()

    with booking_database.of().reading() as tx:
        found = tx.demand()

    assert set(found) == {Demand("Uddevalla", "Rullstol", 2, 3), Demand("", "", 1, 1)}
    assert len(booking_database.statements) == 1


@pytest.mark.rule("B-17")
def test_the_supply_centre_sees_the_hours_of_each_week_place_and_product(live):
    days = {"first_day": MONDAY.isoformat(), "last_day": "2037-05-20"}

    found = live.call("list_staffing", CENTRE, **days)

    (row,) = [
        one
        for one in found["items"]
        if (one["place_name"], one["service_product_name"])
        == ("Borås", "Förväntningssamtal, rullstol")
    ]
    assert (row["week"], row["consultants"], row["hours_on_duty"]) == ("2037-W21", 2, 30)
    with pytest.raises(ContractError, match="may_not"):
        live.call("list_staffing", **days)
