"""Errors as people and programs get them: RFC 9457 problem details, in Swedish or English."""

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, g, redirect, render_template, request
from werkzeug import Response as BaseResponse
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.routing import RoutingException

from chassis.rpc_client import RemoteFailure
from contracts.errors import REFUSALS, ContractError, Refusal
from gateway import refusals
from gateway.texts import LANGUAGES, complaint, mentioned
from gateway.web import addresses
from gateway.web.language import spoken as pages_language

TYPES = "/api/problems/"
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 5  # seconds until a part that did not answer is worth asking again
_log = logging.getLogger(__name__)


class _Params(dict):
    """A text that mentions what nobody told stays as it is."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def register(app) -> None:
    """Answer every error of `app` with a problem."""
    app.register_error_handler(ContractError, lambda error: respond(error))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(RemoteFailure, _remote_failure)
    app.register_error_handler(Exception, _failure)


def respond(error: ContractError, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells of `error`, in the language that the caller reads best."""
    is_page = _is_page()
    spoken = pages_language() if is_page else language()
    told = problem(error, spoken)
    if is_page:
        response = Response(render_template("problem.html", problem=told), error.status)
    else:
        body = json.dumps(told, ensure_ascii=False)
        response = Response(body, error.status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = spoken
    response.vary.add("Accept-Language")
    response.headers.update(_own_headers(error) | dict(headers or {}))
    return response


def problem(error: ContractError, spoken: str) -> dict[str, Any]:
    """The members of the problem; `spoken` is the language of its texts."""
    refusal = REFUSALS.get(error.code, refusals.FAILURE)
    text = getattr(refusal, spoken)
    params = _Params({name: mentioned(told, spoken) for name, told in error.params.items()})
    told = {
        "type": type_uri(error.code),
        "title": text.wrong.format_map(params),
        "detail": text.action.format_map(params),
        "status": error.status,
        "instance": quote(request.path),
        "code": error.code,
        "rule": refusal.rule,
        "request_id": g.get("request_id", ""),
    }
    if error.params:
        told["params"] = error.params
    if error.fields:
        told["errors"] = list(_field_errors(error.fields, spoken))
    return told


def type_uri(code: str) -> str:
    """Where what `code` means is explained; an address has hyphens, no underscores."""
    return TYPES + code.replace("_", "-")


def refusal_at(name: str) -> Refusal | None:
    """The refusal whose `type_uri` ends with `name`."""
    return next((REFUSALS[code] for code in REFUSALS if type_uri(code) == TYPES + name), None)


def language() -> str:
    """The language that the caller reads best, of those we write."""
    if not request.headers.get("Accept-Language"):
        return LANGUAGES[0]
    return request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])


def _is_page() -> bool:
    """Whether a person looks at the answer in a browser."""
    kinds = [MEDIA_TYPE, "text/html"]
    return not request.path.startswith("/api/") and (
        request.accept_mimetypes.best_match(kinds) == "text/html"
    )


def _field_errors(fields: Mapping[str, str], spoken: str) -> Iterable[dict[str, str]]:
    in_query = request.method in ("GET", "HEAD", "DELETE")
    for path, text in fields.items():
        where = {"parameter": path} if in_query else {"pointer": _pointer(path)}
        yield where | {"detail": complaint(text, spoken)}


def _pointer(path: str) -> str:
    """A JSON pointer as a URI fragment; the whole body when marshmallow names no field."""
    return "#" if path == "_schema" else f"#/{path}"


def _own_headers(error: ContractError) -> dict[str, str]:
    if error.status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if error.status == 503:
        return {"Retry-After": str(RETRY_AFTER)}
    if error.status == 429:
        return {"Retry-After": str(error.params["seconds"])}
    return {}


def _http_error(error: HTTPException) -> BaseResponse:
    """What Flask and werkzeug refuse by themselves."""
    if isinstance(error, MethodNotAllowed):
        if request.method == "GET" and _is_page():
            return redirect(addresses.here())  # reloaded by hand, or kept as a bookmark
        allowed = ", ".join(sorted(error.valid_methods or ()))
        refused = refusals.METHOD_WRONG(method=request.method, allowed=allowed)
        return respond(refused, {"Allow": allowed})
    if isinstance(error, RequestEntityTooLarge):
        return respond(refusals.BODY_TOO_LARGE(max_bytes=current_app.config["MAX_CONTENT_LENGTH"]))
    if error.code == 404:
        return respond(refusals.PAGE_MISSING())
    if isinstance(error, RoutingException):
        return error.get_response()  # a redirect
    if error.code and error.code < 500:
        return respond(refusals.BODY_UNREADABLE())
    return _failure(error)


def _remote_failure(error: RemoteFailure) -> Response:
    _log.error("a service failed: %s", error)  # its own log says how
    return respond(refusals.FAILURE())


def _failure(error: Exception) -> Response:
    _log.error("unforeseen %s", type(error).__name__, exc_info=error)
    return respond(refusals.FAILURE())
