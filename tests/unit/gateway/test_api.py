"""What the API reads, asks and answers."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from chassis.calendar import STOCKHOLM
from gateway.api import reading
from tests.unit.gateway import identity

KEY = {"Idempotency-Key": "6f1c2c0e-9d0b-4a57-8a5d-0e4c8f1b2a65"}


def test_placing_an_order_sends_on_what_was_sent(program, services, order):
    answer = program.post("/api/v1/orders", json=order, headers=KEY)

    name, message, _ = services.asked[-1]
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/orders/{answer.json['order_id']}"
    assert name == "ordering.place_order"
    assert {key: message[key] for key in order} == order


def test_an_order_sent_twice_is_placed_once(program, services, order):
    first, second = (program.post("/api/v1/orders", json=order, headers=KEY) for _ in range(2))

    assert first.json == second.json
    assert len(services.orders) == 1


def test_the_same_key_for_another_order_is_refused(program, services, order):
    program.post("/api/v1/orders", json=order, headers=KEY)

    order["lines"][0]["quantity"] = 3
    answer = program.post("/api/v1/orders", json=order, headers=KEY)

    assert (answer.status_code, answer.json["code"]) == (409, "command.key_reused")
    assert len(services.orders) == 1


def test_the_same_key_of_somebody_else_is_another_command(app, program, services, order):
    program.post("/api/v1/orders", json=order, headers=KEY)
    journal = {"Authorization": f"Bearer {identity.access_token(identity.MACHINE)}"}

    app.test_client().post("/api/v1/orders", json=order, headers=KEY | journal)

    assert len(services.orders) == 2


def test_a_command_without_key_is_refused(program, services, order):
    answer = program.post("/api/v1/orders", json=order)

    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key.missing")
    assert services.asked == []


@pytest.mark.parametrize("key", ["", "x" * 256, "två", "a b"])
def test_a_key_that_is_none_is_refused(program, order, key):
    answer = program.post(
        "/api/v1/orders", json=order, headers={"Idempotency-Key": key.encode().decode("latin-1")}
    )

    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key.wrong")


def test_nobody_chooses_the_command_id_directly(program, order):
    answer = program.post(
        "/api/v1/orders", json=order | {"command_id": str(UUID(int=1))}, headers=KEY
    )

    assert answer.json["errors"] == [{"pointer": "#/command_id", "detail": "Fältet finns inte."}]


def test_an_order_is_cancelled_at_its_own_address(program, placed):
    answer = program.post(f"/api/v1/orders/{placed['order_id']}/cancellation", headers=KEY)

    assert answer.status_code == 201
    assert answer.json["state"] == "cancelled"


def test_letting_go_of_a_hold_twice_is_the_same_command(program, services):
    for _ in range(2):
        answer = program.delete(f"/api/v1/holds/{UUID(int=7)}")
        assert (answer.status_code, answer.data) == (204, b"")

    (_, first, _), (_, second, _) = services.asked
    assert first == second
    assert first["hold_id"] == str(UUID(int=7))


def test_what_a_caller_has_already_is_not_sent_again(program, placed):
    address = f"/api/v1/orders/{placed['order_id']}"
    etag = program.get(address).headers["ETag"]

    answer = program.get(address, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == etag


def test_what_has_changed_is_sent(program, services, placed):
    address = f"/api/v1/orders/{placed['order_id']}"
    etag = program.get(address).headers["ETag"]

    services.orders[placed["order_id"]]["state"] = "cancelled"
    answer = program.get(address, headers={"If-None-Match": etag})

    assert answer.status_code == 200
    assert answer.json["state"] == "cancelled"


@pytest.fixture
def three_orders(program, order):
    for n in range(3):
        program.post("/api/v1/orders", json=order, headers={"Idempotency-Key": f"key-{n}"})


@pytest.mark.usefixtures("three_orders")
@pytest.mark.parametrize(
    ("page", "link"),
    [
        (1, '</api/v1/orders?limit=1&page=2&state=placed>; rel="next"'),
        (
            2,
            '</api/v1/orders?limit=1&page=1&state=placed>; rel="prev", '
            '</api/v1/orders?limit=1&page=3&state=placed>; rel="next"',
        ),
        (3, '</api/v1/orders?limit=1&page=2&state=placed>; rel="prev"'),
    ],
)
def test_pages_link_to_their_neighbours(program, page, link):
    answer = program.get(f"/api/v1/orders?limit=1&page={page}&state=placed")

    assert len(answer.json["items"]) == 1
    assert answer.headers["Link"] == link


@pytest.mark.usefixtures("three_orders")
def test_a_list_that_fits_a_page_links_nowhere(program):
    assert "Link" not in program.get("/api/v1/orders").headers


def test_an_unknown_parameter_is_refused(program):
    answer = program.get("/api/v1/orders?colour=red")

    assert answer.status_code == 422


def test_a_patient_is_looked_up_without_her_number_in_an_address(program, services):
    question = {"personal_identity_number": "191212121212", "reason": "Beställning"}

    answer = program.post("/api/v1/patients/search", json=question)

    assert answer.json["code"] == "ordering.patient.unknown"
    assert services.asked[-1][1] == question


def test_free_times_are_shown_for_two_weeks_unless_told(program, services):
    program.get("/api/v1/places/1/service-products/3/free-times")

    today = datetime.now(STOCKHOLM).date()
    assert services.asked[-1][1] == {
        "place_id": "1",
        "service_product_id": "3",
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=13)).isoformat(),
    }


def test_free_times_near_the_end_of_time_are_no_error(program, services):
    program.get("/api/v1/places/1/service-products/3/free-times?first_day=9999-12-30")

    assert services.asked[-1][1]["last_day"] == date.max.isoformat()


def test_a_place_that_no_number_can_name_does_not_exist(program, services):
    answer = program.get(f"/api/v1/places/{10**30}/service-products")

    assert answer.status_code == 404
    assert services.asked == []


def test_customer_service_is_told_to_everybody(browser):
    answer = browser.get("/api/v1/customer-service")

    assert answer.json["telephone"] == "031-390 06 00"
    assert answer.json["hours"] == [
        {"opens": "08:00", "closes": "12:00"},
        {"opens": "13:00", "closes": "16:30"},
    ]


def test_the_api_tells_of_itself(browser):
    answer = browser.get("/api/v1/api-info")

    assert answer.json["api_name"] == "rampen"
    assert answer.json["api_status"] == "active"


def test_ids_of_commands_differ_by_person_and_key():
    anna, journal = (
        reading.Actor(hsa_id, "", "", "") for hsa_id in ("SE2321009314-1", "SE2321009314-2")
    )

    ids = {reading.id_of(actor, key) for actor in (anna, journal) for key in ("a", "b")}

    assert len(ids) == 4
