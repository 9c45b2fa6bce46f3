"""The OpenAPI 3.1 document: what flask-smorest needs to know of each operation."""

import json
from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from contracts.base import Reply
from contracts.errors import Refusal
from contracts.errors.common import (
    DEADLINE_PASSED,
    LOGIN_REQUIRED,
    MESSAGE_INVALID,
    SERVICE_UNAVAILABLE,
)
from gateway import refusals
from gateway.api.about import Fact
from gateway.api.files import PDF, Download, Upload
from gateway.api.operations import JSON, Operation
from gateway.api.reading import KEY_HEADER, LONGEST_KEY
from gateway.api.schemas import Problem
from gateway.problems import MEDIA_TYPE, type_uri

Document = dict[Any, Any]

#: One true example of every message, by the name of its contract. Its people belong to nobody.
EXAMPLES: Document = json.loads(Path(__file__).with_name("examples.json").read_text())

_ALWAYS = (refusals.FAILURE,)
_OF_PEOPLE = (LOGIN_REQUIRED, refusals.TOKEN_WRONG, SERVICE_UNAVAILABLE)
_OF_SERVICES = (DEADLINE_PASSED,)
_OF_BODIES = (refusals.BODY_UNREADABLE, refusals.BODY_TOO_LARGE, refusals.NOT_JSON)
_OF_FILES = (refusals.BODY_TOO_LARGE, refusals.NOT_PDF_TYPE)
_OF_KEYS = (refusals.KEY_MISSING, refusals.KEY_WRONG)

_KEY = {
    "in": "header",
    "name": KEY_HEADER,
    "required": True,
    "description": "Väljs av dig, till exempel ett UUID. Samma nyckel ger samma svar och en enda "
    "verkan. Chosen by you; the same key has the same answer and one effect.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST_KEY,
        "pattern": "^[!-~]+$",
    },
    "example": "6f1c2c0e-9d0b-4a57-8a5d-0e4c8f1b2a65",
}
_IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "ETag som du redan har. An ETag that you already have.",
    "schema": {"type": "string"},
}
_LINK = {
    "description": "Sidan före och efter (RFC 8288). The pages before and after.",
    "schema": {"type": "string"},
}
_ETAG = {"description": "Svarets ETag. The answer's ETag.", "schema": {"type": "string"}}
_UNCHANGED: Document = {304: [{"description": "Oförändrat. Not changed.", "content_type": None}]}
_LOCATION = {
    "description": "Var det skapade finns. Where what was made is.",
    "schema": {"type": "string", "format": "uri-reference"},
}


def describe(operation: Operation) -> Document:
    """What flask-smorest calls a view's apidoc."""
    return {
        "arguments": {"parameters": list(_parameters(operation))},
        "response": {"responses": _success(operation) | problems(_refusals(operation))},
        "manual_doc": {
            "summary": operation.summary,
            "description": f"{operation.summary}.\n\n{operation.text}",
            "operationId": operation.calls.name,
        },
    }


def describe_fact(fact: Fact) -> Document:
    """The same for what the gateway answers by itself."""
    refused = _ALWAYS if fact.is_public else (*_ALWAYS, *_OF_PEOPLE)
    manual = {
        "summary": fact.summary,
        "description": f"{fact.summary}.\n\n{fact.text}",
        "operationId": fact.name,
    }
    return {
        "arguments": {"parameters": [dict(_IF_NONE_MATCH)]},
        "response": {"responses": _answers(200, fact.gives, {"ETag": _ETAG}) | problems(refused)},
        "manual_doc": manual | ({"security": []} if fact.is_public else {}),
    }


def problems(refused: Iterable[Refusal]) -> Document:
    """The responses that `refused` lead to, by status."""
    by_status: dict[int, list[Refusal]] = defaultdict(list)
    for refusal in dict.fromkeys(refused):
        by_status[refusal.kind.status].append(refusal)
    return {status: [_problem(found)] for status, found in sorted(by_status.items())}


def _problem(found: list[Refusal]) -> Document:
    lines = [f"- `{one.code}`: {one.sv.wrong} {one.en.wrong}" for one in found]
    return {
        "description": "\n".join(lines),
        "schema": Problem,
        "content_type": MEDIA_TYPE,
        "examples": {one.code: {"value": _example(one)} for one in found},
    }


def _example(refusal: Refusal) -> Document:
    return {
        "type": type_uri(refusal.code),
        "title": refusal.sv.wrong,
        "detail": refusal.sv.action,
        "status": refusal.kind.status,
        "instance": "/api/v1/orders",
        "code": refusal.code,
        "rule": refusal.rule,
        "request_id": "3f0e8f52-8f3c-4b5e-9a41-1f1d2c3b4a76",
    }


def _refusals(operation: Operation) -> Iterable[Refusal]:
    yield from (*_ALWAYS, *_OF_PEOPLE, *_OF_SERVICES)
    if operation.path_fields:
        yield refusals.PAGE_MISSING
    if operation.http == "GET" and operation.has_input:
        yield refusals.BODY_UNREADABLE
    if operation.http != "GET":
        yield refusals.OTHER_ORIGIN
    if operation.has_input or operation.path_fields or isinstance(operation, Upload):
        yield MESSAGE_INVALID
    if operation.has_body:
        yield from _OF_BODIES
    if isinstance(operation, Upload):
        yield from _OF_FILES
    if operation.is_keyed:
        yield from _OF_KEYS
    yield from operation.refuses


def _parameters(operation: Operation) -> Iterable[Document]:
    if isinstance(operation, Upload):
        yield {"in": "json", "required": True, "content_type": PDF, **_file()}
    if operation.has_input:
        yield _input(operation)
    if operation.is_keyed:
        yield dict(_KEY)
    if operation.http == "GET":
        yield dict(_IF_NONE_MATCH)


def _input(operation: Operation) -> Document:
    if not operation.has_body:
        return {"in": "query", "schema": operation.request}
    return {
        "in": "json",
        "required": True,
        "schema": operation.request,
        "examples": _examples(operation.request.__name__),
    }


def _success(operation: Operation) -> Document:
    headers = {
        "Location": _LOCATION if operation.location else None,
        "Link": _LINK if operation.is_paged else None,
        "ETag": _ETAG if operation.http == "GET" else None,
    }
    told = {name: header for name, header in headers.items() if header}
    if isinstance(operation, Download):
        file = {"description": "Filen. The file.", "content_type": PDF, "headers": told, **_file()}
        return {operation.status: [file]} | deepcopy(_UNCHANGED)
    return _answers(operation.status, operation.calls.gives, told)


def _answers(status: int, gives: type[Reply] | None, headers: Document) -> Document:
    if gives is None:
        return {status: [{"description": "Klart. Done.", "content_type": None}]}
    answer = {
        "description": (gives.__doc__ or gives.__name__).strip().partition("\n")[0],
        "schema": gives,
        "content_type": JSON,
        "examples": _examples(gives.__name__),
        "headers": headers,
    }
    return {status: [answer]} | (deepcopy(_UNCHANGED) if "ETag" in headers else {})


def _file() -> Document:
    """What is said of a file that is sent, either way."""
    schema = {"type": "string", "format": "binary"}
    return {"schema": schema, "examples": {"example": {"value": "%PDF-1.7"}}}


def _examples(name: str) -> Document:
    return {"example": {"value": EXAMPLES[name]}}
