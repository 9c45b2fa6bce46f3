"""Whatever is sent, the gateway answers as its OpenAPI document says, and never with a 500.

A NUL in a text is refused without the document saying so: see tests/unit/gateway/test_problems.py.
"""

from io import BytesIO
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings

from chassis.context import Context
from contracts.signing import FileClaim
from gateway import bus
from gateway.api.openapi import EXAMPLES
from gateway.app import create_app
from tests.contract.openapi_document import APP
from tests.fixtures import fuzzing
from tests.unit.gateway import identity


class ExampleServices:
    """Services that hold what they are asked against the contract, and answer its example."""

    def call(
        self,
        service: str,
        method: str,
        message: dict[str, Any],
        _context: Context,
        timeout: float | None = None,
    ) -> Any:
        asked = getattr(getattr(bus, service), method)
        asked.takes.read(message)
        if asked.gives is FileClaim:
            return vars(FILE) | {"file_name": "Specialanpassningsanvisning 60000047.pdf"}
        return EXAMPLES[asked.gives.__name__] if asked.gives else {}


fuzzing.learn_pdf()
APP_UNDER_TEST = create_app(APP.config["SETTINGS"], ExampleServices())
FILE = APP_UNDER_TEST.extensions["blobs"].put(BytesIO(b"%PDF-1.7"), limit=100)
WITHOUT_NUL = schemathesis.Config.from_dict({"generation": {"allow-x00": False}})
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", APP_UNDER_TEST, config=WITHOUT_NUL)


TOKEN = identity.access_token(exp=4_000_000_000)
identity.introduce(APP_UNDER_TEST)


@schema.parametrize()
@settings(max_examples=30, derandomize=True, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_described(case):
    case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"})
