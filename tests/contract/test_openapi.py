"""The OpenAPI document: valid, complete, and true to the gateway."""

import json

from jsonschema.validators import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from gateway.api.openapi import EXAMPLES
from gateway.bus import Booking, Maintenance, Method, Ordering
from tests.contract.openapi_document import APP, DOCUMENT, contents, operations


def validator(schema):
    resource = Resource.from_contents(DOCUMENT, default_specification=DRAFT202012)
    whole = {"$ref": schema["$ref"].replace("#", "urn:document#")} if "$ref" in schema else schema
    return Draft202012Validator(whole, registry=Registry().with_resource("urn:document", resource))


def test_the_document_is_valid():
    OpenAPIV31SpecValidator(DOCUMENT).validate()
    assert DOCUMENT["openapi"].startswith("3.1")


def test_every_address_of_the_api_is_described():
    described = {(path, method.upper()) for method, path, _ in operations()}
    served = {
        (_path(rule), method)
        for rule in APP.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert described == served


def _path(rule):
    return "".join(
        f"{{{part}}}" if is_dynamic else part for is_dynamic, part in rule._trace[1:]
    ).removeprefix("/api/v1")


def test_operations_have_names_of_their_own():
    names = [operation["operationId"] for _, _, operation in operations()]

    assert len(set(names)) == len(names)


#: Answered at an address of its own, to calendar programs; and asked by pages alone.
NOT_OF_THE_API = {"get_calendar", "answer_all"}


def test_every_method_of_the_bus_is_reached_by_an_operation():
    names = {operation["operationId"] for _, _, operation in operations()}
    methods = {
        name
        for service in (Ordering, Booking, Maintenance)
        for name, value in vars(service).items()
        if isinstance(value, Method)
    }

    assert methods - NOT_OF_THE_API <= names


def test_only_public_operations_are_open_to_everybody():
    open_to_all = {path for _, path, operation in operations() if "security" in operation}

    assert open_to_all == {"/api-info", "/customer-service"}


def test_examples_are_true():
    checked = 0
    for where, media_type, content in contents():
        for example in content["examples"].values():
            errors = list(validator(content["schema"]).iter_errors(example["value"]))
            assert not errors, (where, media_type, errors)
            checked += 1

    assert checked > 100


def test_every_example_is_used():
    used = json.dumps(DOCUMENT)

    for name in EXAMPLES:
        assert f'"#/components/schemas/{name}"' in used, name


def test_every_refusal_that_an_operation_names_has_an_example():
    for _, _, operation in operations():
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                examples = answer["content"]["application/problem+json"]["examples"]
                for code, example in examples.items():
                    assert f"`{code}`" in answer["description"]
                    assert example["value"]["status"] == int(status)


def test_commands_want_a_key():
    for method, path, operation in operations():
        keyed = [one for one in operation.get("parameters", ()) if one["name"] == "Idempotency-Key"]
        is_command = method == "post" and not path.endswith("/search")

        assert [key["required"] for key in keyed] == [True] * is_command, path
