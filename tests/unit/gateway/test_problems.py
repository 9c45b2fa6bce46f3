"""Errors as callers get them."""

import pytest
from werkzeug.datastructures import Headers

from chassis.rpc_client import RemoteFailure
from contracts.errors import REFUSALS
from contracts.errors.booking import ACTIVITY_CLOSED
from contracts.errors.common import DEADLINE_PASSED, SERVICE_UNAVAILABLE
from contracts.errors.ordering import ORDER_STATE
from gateway.problems import type_uri

KEY = {"Idempotency-Key": "first"}


def place(client, order, **headers):
    return client.post("/api/v1/orders", json=order, headers=KEY | headers)


def test_a_refusal_says_what_is_wrong_and_what_to_do(program, order):
    answer = place(program, order | {"customer_number": "9999"}, **{"X-Request-Id": "my-request-1"})

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json == {
        "type": "/api/problems/ordering.customer.unknown",
        "title": "Kundnumret finns inte.",
        "detail": "Kontrollera numret under Dina uppgifter. Saknar enheten kundnummer beställs det "
        "hos försörjningsförvaltningen.",
        "status": 404,
        "instance": "/api/v1/orders",
        "code": "ordering.customer.unknown",
        "rule": "O-4",
        "request_id": "my-request-1",
    }


def test_a_refusal_carries_what_it_mentions(program, order):
    answer = place(program, order | {"customer_number": "8888"})

    assert "kundnummer 8888" in answer.json["title"]
    assert answer.json["params"] == {"customer_number": "8888"}


@pytest.mark.parametrize(
    ("wanted", "language", "title"),
    [
        ("en", "en", "There is no such customer number."),
        ("en-GB,en;q=0.9", "en", "There is no such customer number."),
        ("de, en;q=0.5, sv;q=0.4", "en", "There is no such customer number."),
        ("sv-SE", "sv", "Kundnumret finns inte."),
        ("de", "sv", "Kundnumret finns inte."),
        ("", "sv", "Kundnumret finns inte."),
    ],
)
def test_texts_are_in_the_language_asked_for(program, order, wanted, language, title):
    answer = place(program, order | {"customer_number": "9999"}, **{"Accept-Language": wanted})

    assert answer.json["title"] == title
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]


def test_each_wrong_field_is_named(program, order):
    order["lines"].append({"article_number": "SE-1", "quantity": "many"})
    order["colour"] = "red"

    answer = place(program, order)

    assert answer.status_code == 422
    assert {error["pointer"]: error["detail"] for error in answer.json["errors"]} == {
        "#/lines/1/quantity": "Ska vara ett heltal.",
        "#/colour": "Fältet finns inte.",
    }


def test_each_wrong_parameter_is_named(program):
    answer = program.get("/api/v1/orders?limit=1000", headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert answer.json["errors"] == [
        {
            "parameter": "limit",
            "detail": "Must be greater than or equal to 1 and less than or equal to 100.",
        }
    ]


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (SERVICE_UNAVAILABLE(), 503, "5"),
        (DEADLINE_PASSED(), 504, None),
        (RemoteFailure("ValueError"), 500, None),
        (KeyError("191212121212"), 500, None),
    ],
)
def test_what_fails_behind_is_told_without_its_details(
    program, services, order, error, status, retry
):
    services.failing["ordering.place_order"] = error

    answer = place(program, order)

    assert answer.status_code == answer.json["status"] == status
    assert answer.headers.get("Retry-After") == retry
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert "ValueError" not in answer.text
    assert "1212" not in answer.text.replace(answer.json["request_id"], "")


def test_an_unforeseen_error_is_logged_with_its_traceback(program, services, order, caplog):
    services.failing["ordering.place_order"] = KeyError("x")

    place(program, order)

    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.exc_info[0] is KeyError


def test_a_state_is_told_in_the_callers_language(program, services, order):
    services.failing["ordering.place_order"] = ORDER_STATE(state="cancelled")

    assert place(program, order).json["title"].startswith("Beställningen är återtagen")
    english = place(program, order, **{"Accept-Language": "en"})
    assert english.json["title"].startswith("The order is cancelled")


def test_a_span_is_told_in_the_callers_language(program, services, order):
    services.failing["ordering.place_order"] = ACTIVITY_CLOSED(window="3 arbetsdagar")

    assert "3 arbetsdagar" in place(program, order).json["title"]
    assert "3 working days" in place(program, order, **{"Accept-Language": "en"}).json["title"]


def test_a_refusal_of_a_newer_service_is_passed_on(program, services, order):
    newer = ORDER_STATE(state="x")
    newer.code = "ordering.order.something_new"
    services.failing["ordering.place_order"] = newer

    answer = place(program, order)

    assert (answer.status_code, answer.json["code"]) == (409, "ordering.order.something_new")


UNREADABLE = {
    "no JSON": b"{",
    "an array": b"[]",
    "NaN": b'{"reference": NaN}',
    "NUL": b'{"reference": "a\\u0000b"}',
    "half a surrogate pair": b'{"reference": "\\ud800"}',
    "not UTF-8": b'{"reference": "\xff"}',
    "too deep": b"[" * 100_000,
    "a number of 5000 digits": b'{"reference": ' + b"9" * 5000 + b"}",
    "nothing": b"",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_that_cannot_be_read_is_refused(program, services, body):
    headers = KEY | {"Content-Type": "application/json"}

    answer = program.post("/api/v1/orders", data=body, headers=headers)

    assert (answer.status_code, answer.json["code"]) == (400, "request.unreadable")
    assert services.asked == []


def test_escaped_text_that_only_looks_like_nul_is_read(program, order):
    order["reference"] = "\\u0000 å"

    assert place(program, order).status_code == 201


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_json_is_refused(program, kind):
    answer = program.post("/api/v1/orders", data="{}", headers=KEY | {"Content-Type": kind})

    assert (answer.status_code, answer.json["code"]) == (415, "request.not_json")


def test_a_body_that_is_too_large_is_refused(program, order, settings):
    order["reference"] = "x" * settings.max_body

    answer = place(program, order)

    assert (answer.status_code, answer.json["code"]) == (413, "request.too_large")


def test_a_nul_in_an_address_is_refused(program):
    answer = program.get("/api/v1/articles?search=%00")

    assert (answer.status_code, answer.json["code"]) == (400, "request.unreadable")


def test_an_address_that_does_not_exist_says_so(program):
    answer = program.get("/api/v1/nothing")

    assert (answer.status_code, answer.json["code"]) == (404, "address.unknown")


def test_a_wrong_method_names_those_allowed(program):
    answer = program.delete("/api/v1/orders")

    assert (answer.status_code, answer.json["code"]) == (405, "method.wrong")
    assert "GET" in answer.headers["Allow"]


def test_every_refusal_is_explained_in_both_languages_to_everybody(browser):
    for code, refusal in REFUSALS.items():
        answer = browser.get(type_uri(code))

        assert answer.status_code == 200, code
        assert answer.json["code"] == code
        assert answer.json["sv"]["title"] == refusal.sv.wrong
        assert answer.json["en"]["detail"] == refusal.en.action


def test_the_list_of_problems_is_complete(browser):
    told = browser.get("/api/problems").json["items"]

    assert {problem["code"] for problem in told} == set(REFUSALS)


def test_a_person_reads_of_a_problem_on_a_page(browser):
    page = browser.get(
        "/api/problems/booking.work-order.not-open", headers=Headers({"Accept": "text/html"})
    )

    assert page.content_type.startswith("text/html")
    assert "B-9" in page.text
