"""The local scheduler's own rules, over HTTP."""

import httpx
import pytest

from services.booking.local_scheduler import seed
from tests.integration.booking.scheduler.data import (
    ALINGSAS,
    ANNA,
    BENGT,
    BORAS,
    CATALOGUE,
    COMMUNICATION,
    UDDEVALLA,
    WHEELCHAIR,
)
from tests.integration.booking.scheduler.process import KEY

MONDAY = "2037-05-18"
ANSWERS = {"activityId": "a-1", "workOrderNumber": "AO-1", "telephone": "033-100 00 00"}


@pytest.fixture
def http(scheduler_process):
    headers = {"Authorization": f"Zoezi {KEY}"}
    with httpx.Client(base_url=f"{scheduler_process.url}/api", headers=headers) as client:
        yield client


@pytest.fixture
def reloaded(scheduler_process):
    """Load another catalogue; the usual one comes back at the end."""

    def load(**changed):
        seed.load(scheduler_process.engine, CATALOGUE | changed)

    yield load
    load()


def at(time: str, service: int = WHEELCHAIR, site: int = BORAS, **more) -> dict:
    return {"service": service, "site": site, "time": f"{MONDAY} {time}", **more}


def hold(http, *bookings: dict, **more) -> httpx.Response:
    body = {"bookings": list(bookings), **more}
    return http.post("/resource/reservation/add_resourcebooking", json=body)


def book(http, *bookings: dict) -> list[dict]:
    key = hold(http, *bookings).json()["key"]
    return http.post("/resourcebooking/add", json={"key": key, "extendedInfo": ANSWERS}).json()


def starts(http, *services: int, site: int = BORAS, day: str = MONDAY, **query) -> list[str]:
    asked = {"services": services, "site": site, "start": day, "end": day, **query}
    found = http.get("/public/resourcebooking/get", params=asked).json()
    return [one["start"].removeprefix(f"{day} ") for one in found]


@pytest.mark.rule("B-13")
def test_times_are_early_in_the_morning_and_late_in_the_afternoon(http):
    assert starts(http, WHEELCHAIR) == ["07:30", "08:15", "15:30", "16:15"]


@pytest.mark.parametrize(
    "day",
    ["2037-05-16", "2037-06-19", "2037-12-24"],
    ids=["Saturday", "Midsummer Eve", "Christmas"],
)
def test_nothing_is_offered_on_days_that_are_not_worked(http, day):
    assert starts(http, WHEELCHAIR, day=day) == []


@pytest.mark.rule("B-17")
def test_only_who_has_the_competence_is_offered(http):
    query = {"services": COMMUNICATION, "site": BORAS, "start": MONDAY, "end": MONDAY}

    found = http.get("/public/resourcebooking/get", params=query).json()

    assert {staff for one in found for staff in one["staffs"]} == {ANNA}


@pytest.mark.rule("B-17")
def test_nobody_is_offered_who_is_away(http, reloaded):
    away = {"first_day": MONDAY, "last_day": MONDAY}
    staff = [
        one | ({"absences": [away]} if one["id"] == ANNA else {}) for one in CATALOGUE["staff"]
    ]
    reloaded(staff=staff)

    assert starts(http, COMMUNICATION) == []
    assert starts(http, COMMUNICATION, day="2037-05-19") != []


def test_nobody_is_offered_while_the_office_is_closed(http, reloaded):
    reloaded(closed=[{"first_day": MONDAY, "last_day": MONDAY}])

    assert starts(http, WHEELCHAIR) == []


def test_a_visit_takes_the_consultant_at_every_place(http):
    hold(http, at("07:30", staff=ANNA))

    answer = hold(http, at("07:30", site=ALINGSAS, staff=ANNA))

    assert (answer.status_code, answer.json()["error"]) == (400, "slot_taken")


def test_the_break_after_a_visit_is_kept(http):
    hold(http, at("07:30", staff=ANNA))

    assert hold(http, at("08:14", staff=ANNA)).json()["error"] == "slot_taken"
    assert hold(http, at("08:15", staff=ANNA)).status_code == 200


def test_any_consultant_means_the_one_with_most_time_left(http):
    hold(http, at("16:15", staff=ANNA))

    assert hold(http, at("07:30")).json()["bookings"][0]["staff"]["id"] == BENGT


@pytest.mark.parametrize(
    ("booking", "error"),
    [
        (at("12:00"), "not_on_duty"),
        (at("08:45"), "not_on_duty"),
        (at("07:30", site=UDDEVALLA, staff=ANNA), "staff_unknown"),
        (at("07:30", COMMUNICATION, staff=BENGT), "staff_unknown"),
        (at("07:30", staff=999), "staff_unknown"),
        (at("07:30", service=999), "service_unknown"),
        (at("07:30") | {"time": "2024-05-20 07:30"}, "too_late"),
        (at("07:30") | {"time": f"{MONDAY}T07:30"}, "field_invalid"),
        (at("07:30") | {"time": "2037-03-29 02:30"}, "field_invalid"),
        (at("07:30", staff="Anna"), "field_invalid"),
    ],
)
def test_what_cannot_be_booked_is_refused_with_its_reason(http, booking, error):
    answer = hold(http, booking)

    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_booked_time_is_neither_offered_nor_given_out(http):
    book(http, at("07:30", staff=ANNA))

    assert "07:30" not in starts(http, WHEELCHAIR, staffs=ANNA)
    assert hold(http, at("07:30", staff=ANNA)).json()["error"] == "slot_taken"
    assert hold(http, at("07:30")).json()["bookings"][0]["staff"]["id"] == BENGT
    assert hold(http, at("07:30")).json()["error"] == "slot_taken"


def test_a_hold_that_has_run_out_blocks_nobody(http, scheduler_process):
    hold(http, at("07:30", staff=ANNA))
    scheduler_process.expire_holds()

    assert "07:30" in starts(http, WHEELCHAIR, staffs=ANNA)
    assert hold(http, at("07:30", staff=ANNA)).status_code == 200


def test_a_hold_that_cannot_move_keeps_its_time(http):
    hold(http, at("08:15", staff=ANNA))
    key = hold(http, at("07:30", staff=ANNA)).json()["key"]

    moved = hold(http, at("08:15", staff=ANNA), key=key, replace=True)

    assert moved.json()["error"] == "slot_taken"
    kept = http.post("/resource/reservation/validate", json={"key": key}).json()
    assert [one["time"] for one in kept["bookings"]] == [f"{MONDAY} 07:30"]


@pytest.mark.rule("B-14")
def test_several_bookings_of_one_visit_are_made_and_cancelled_together(http):
    first, second = book(http, at("07:30", staff=ANNA), at("08:15", COMMUNICATION, staff=ANNA))

    assert (first["parent_id"], second["parent_id"]) == (None, first["id"])
    cancelled = http.post("/resourcebooking/cancel", json={"id": first["id"]}).json()
    assert [one["cancelled"] for one in cancelled] == [True, True]


@pytest.mark.rule("B-14")
def test_two_services_in_one_visit_are_offered_where_both_fit(http):
    assert starts(http, WHEELCHAIR, COMMUNICATION) == ["07:30", "15:30"]


@pytest.mark.rule("B-12")
def test_a_visit_of_several_bookings_moves_as_one(http):
    old = book(http, at("07:30", staff=ANNA), at("08:15", COMMUNICATION, staff=ANNA))
    new = [at("15:30", staff=ANNA), at("16:15", COMMUNICATION, staff=ANNA)]

    body = {"id": old[0]["id"], "time": old[0]["time"], "bookings": new}
    moved = http.post("/resourcebooking/rebook", json=body).json()

    assert [one["time"] for one in moved] == [f"{MONDAY} 15:30", f"{MONDAY} 16:15"]
    assert moved[1]["parent_id"] == moved[0]["id"]
    assert "07:30" in starts(http, WHEELCHAIR, staffs=ANNA)


def test_moving_from_a_time_that_is_not_the_bookings_is_refused(http):
    (booking,) = book(http, at("07:30", staff=ANNA))

    body = {"id": booking["id"], "time": f"{MONDAY} 08:15", "bookings": [at("15:30")]}
    answer = http.post("/resourcebooking/rebook", json=body)

    assert (answer.status_code, answer.json()["error"]) == (400, "booking_changed")


@pytest.mark.rule("B-9")
def test_booking_without_a_hold_asks_the_same_questions(http):
    refused = http.post("/resourcebooking/add", json={"bookings": [at("07:30")]})
    body = {"bookings": [at("07:30", extendedInfo=ANSWERS)]}
    done = http.post("/resourcebooking/add", json=body)

    assert refused.json()["error"] == "answer_missing"
    assert done.json()[0]["extendedInfo"] == ANSWERS
