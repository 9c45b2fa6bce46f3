"""The API under requests that nobody would send: never a server error, always as described."""

import os

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sandbox.demo.case import Case
from sandbox.demo.visitor import API
from tests.fixtures import fuzzing

fuzzing.learn_pdf()
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "15"))  # for each operation
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def visitor(suite):
    with Case.of(suite.run).visitor() as visitor:
        yield visitor


@pytest.fixture(scope="module")
def api(suite):
    document = httpx.get(f"{suite.url}/api/openapi.json", timeout=10).json()
    return schemathesis.openapi.from_dict(document)


@pytest.mark.timeout(600)
def test_no_request_makes_the_api_fail_or_answer_otherwise_than_described(suite, api, visitor):
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) > 20

    for operation in operations:
        _fuzz(operation, suite.url, visitor)


def _fuzz(operation, url: str, visitor) -> None:
    @settings(
        max_examples=EXAMPLES,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def send(case) -> None:
        response = case.call(
            base_url=f"{url}{API}", headers={"Origin": url}, cookies=dict(visitor.cookies)
        )
        case.validate_response(response, checks=CHECKS)

    send()
