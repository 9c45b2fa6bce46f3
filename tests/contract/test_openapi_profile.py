"""The OpenAPI document against the national REST API profile 1.2, rule by rule.

Source: the rules that diggsweden/rest-api-profil-lint-processor checks (its GUIDELINES.md)
"""

import re
from urllib.parse import urlsplit

from tests.contract.openapi_document import DOCUMENT, contents, fields, operations, parameters

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def query():
    return [one for one in parameters() if one["in"] == "query"]


def test_dok_01_the_documentation_is_online():
    assert set(DOCUMENT["externalDocs"]) == {"description", "url"}


def test_dok_03_the_api_is_described_with_contact_and_licence():
    info = DOCUMENT["info"]

    assert {"version", "title", "description", "contact", "license"} <= set(info)
    assert {"name", "url"} <= set(info["contact"])
    assert {"name", "url"} <= set(info["license"])


def test_dok_06_in_swedish_and_english():
    words = set(DOCUMENT["info"]["description"].split())

    assert {"och", "är", "and", "is"} <= words


def test_dok_08_its_level_of_service_is_described():
    assert {"availability", "responseTime", "support"} <= set(DOCUMENT["info"]["x-sla"])


def test_dok_09_and_11_its_limits_are_described():
    assert "Begränsningar" in DOCUMENT["info"]["description"]


def test_dok_15_every_message_has_an_example():
    for where, media_type, content in contents():
        assert content["examples"], (where, media_type)


def test_dok_19_every_operation_is_described():
    for _, path, operation in operations():
        assert operation["summary"], path
        assert len(operation["description"]) > len(operation["summary"]) + 10, path


def test_dok_20_every_status_is_described():
    for _, path, operation in operations():
        for status, answer in operation["responses"].items():
            assert answer["description"].strip(), (path, status)


def test_dot_01_and_04_times_are_rfc_3339():
    for name, schema in fields():
        if name.endswith("_at") or name in ("start", "end", "booked_start"):
            assert schema["format"] == "date-time", name
        if name.endswith(("_date", "_day")):
            assert schema["format"] == "date", name


def test_res_02_no_personal_number_is_in_an_address():
    wrong = {"pnr", "personalidentitynumber", "personnummer", "personnr", "ssn"}

    for one in parameters():
        assert one["name"].replace("_", "").replace("-", "").lower() not in wrong


def test_ufn_01_02_07_and_ver_05_the_server_is_https_with_api_and_version():
    for server in DOCUMENT["servers"]:
        address = urlsplit(server["url"])
        assert (address.scheme, address.port) == ("https", None)
        assert re.fullmatch(r"/api/v[0-9]+", address.path)


def test_res_06_and_ufn_05_to_09_addresses_are_short_and_kebab_case():
    for path in DOCUMENT["paths"]:
        assert len(path) < 2048
        for part in path.strip("/").split("/"):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*|\{[a-z0-9-]+\}", part), path


FILES = {"/signing-documents", "/signing-jobs/{id}/document"}  # the files themselves


def test_ame_01_02_and_arq_01_messages_are_json():
    for _, path, operation in operations():
        media_type = "application/pdf" if path in FILES else "application/json"
        for status, answer in operation["responses"].items():
            if int(status) < 400:
                assert set(answer.get("content", {})) <= {media_type, "application/json"}, path
        if body := operation.get("requestBody"):
            assert set(body["content"]) == {media_type}, path


def test_ame_04_05_and_07_fields_are_snake_case():
    for name, _ in fields():
        assert SNAKE.fullmatch(name), name


def test_arq_05_headers_carry_no_payload():
    for one in parameters():
        if one["in"] == "header":
            assert one["schema"]["type"] == "string", one["name"]


def test_fel_01_and_02_errors_are_problems():
    problem = DOCUMENT["components"]["schemas"]["Problem"]
    assert {"type", "title", "status", "detail", "instance"} <= set(problem["properties"])

    for _, path, operation in operations():
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert set(answer["content"]) == {"application/problem+json"}, path


def test_ver_06_the_api_tells_of_itself():
    assert "get" in DOCUMENT["paths"]["/api-info"]


def test_fns_01_03_and_06_parameters_are_snake_case():
    for one in query():
        assert SNAKE.fullmatch(one["name"]), one["name"]


def test_fns_05_parameters_are_optional():
    for one in query():
        assert not one.get("required"), one["name"]


def test_fns_07_to_09_pages_are_asked_for_with_limit_and_page():
    for _, path, operation in operations():
        found = {one["name"]: one["schema"] for one in operation.get("parameters", ())}
        assert ("page" in found) == ("limit" in found), path
        if "page" in found:
            assert found["page"]["default"] == found["page"]["minimum"] == 1
            assert found["limit"]["default"] == 20


def test_sak_01_09_10_15_16_and_18_callers_bring_bearer_tokens():
    schemes = DOCUMENT["components"]["securitySchemes"]

    assert schemes["bearer"] | {"description": ""} == {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "",
    }
    assert {scheme["type"] for scheme in schemes.values()} == {"http", "openIdConnect"}
    assert schemes["siths"]["openIdConnectUrl"].startswith("https://")


def test_for_02_a_get_has_no_body():
    for method, path, operation in operations():
        assert method != "get" or "requestBody" not in operation, path
