"""Nobody passes without a login unless the route is public."""

import pytest

from gateway.refusals import OTHER_ORIGIN
from tests.unit.gateway.conftest import OWN, URL

PUBLIC = {
    "/",
    "/calendars/<string:secret>.ics",
    "/login",
    "/login/callback",
    "/logout",
    "/static/<path:filename>",
    "/language/<code>",
    "/healthz",
    "/readyz",
    "/api/openapi.json",
    "/api/docs",
    "/api/docs/messages/<name>",
    "/api/docs/operations/<name>",
    "/api/problems",
    "/api/problems/<name>",
    "/api/v1/api-info",
    "/api/v1/customer-service",
}
FILLED = {
    "uuid": "0b7c1f4e-6a52-4f0e-9a43-6d8f5f6b9d10",
    "digits": "200004",
    "int": "1",
    "unicode": "hoists",
    "code": "hoists",
    "servicename": "training",
}


def address_of(rule):
    """An address that `rule` takes."""
    address = rule.rule
    for name, converter in rule._converters.items():
        kind = type(converter).__name__.lower().removesuffix("converter").replace("integer", "int")
        piece = next(
            part for part in address.split("/") if part.endswith((f":{name}>", f"<{name}>"))
        )
        filling = min(converter.items) if kind == "any" else FILLED[kind]
        address = address.replace(piece, filling)
    return address


def test_every_route_but_the_public_ones_wants_a_login(app, browser, services):
    guarded = [rule for rule in app.url_map.iter_rules() if rule.rule not in PUBLIC]
    assert len(guarded) > 15

    for rule in guarded:
        for method in rule.methods - {"OPTIONS", "HEAD"}:
            answer = browser.open(address_of(rule), method=method)
            assert (rule.rule, answer.status_code) == (rule.rule, 401)
            assert answer.json["code"] == "login.required"

    assert services.asked == []


def test_the_public_routes_are_those_listed(app):
    public = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "is_public", False)
    }

    assert public == PUBLIC


def test_a_service_is_asked_in_the_name_of_whoever_is_logged_in(browser, log_in, services):
    log_in()

    browser.get("/api/v1/orders", base_url=URL)

    _, _, context = services.asked[-1]
    assert context.actor.hsa_id == "SE2321009314-P000000000101"
    assert context.actor.role == "prescriber"
    assert context.actor.unit == "SE2321009314-E000000000001"
    assert context.actor.principal == "SE2321009314-E000000000000"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": URL},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_another_site_cannot_change_anything_with_our_cookie(
    browser, log_in, services, order, headers
):
    log_in()

    answer = browser.post("/api/v1/orders", json=order, headers=headers, base_url=URL)

    assert (answer.status_code, answer.json["code"]) == (403, OTHER_ORIGIN.code)
    assert services.orders == {}


@pytest.mark.parametrize("headers", [OWN, {"Origin": URL}])
def test_our_own_pages_can(browser, log_in, order, headers):
    log_in()

    keyed = headers | {"Idempotency-Key": "first"}
    answer = browser.post("/api/v1/orders", json=order, headers=keyed, base_url=URL)

    assert answer.status_code == 201


def test_a_program_needs_no_origin(program, order):
    answer = program.post("/api/v1/orders", json=order, headers={"Idempotency-Key": "first"})

    assert answer.status_code == 201


def test_a_cookie_does_not_help_a_wrong_token(browser, log_in):
    log_in()

    answer = browser.get("/api/v1/me", headers={"Authorization": "Bearer wrong"}, base_url=URL)

    assert (answer.status_code, answer.json["code"]) == (401, "token.wrong")
