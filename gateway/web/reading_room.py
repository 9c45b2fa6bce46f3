"""The API's description and its list of problems, for programs and people; open to everybody."""

import json
from hashlib import blake2b
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from contracts.errors import REFUSALS, Refusal
from gateway import refusals
from gateway.auth.guard import public
from gateway.problems import refusal_at, type_uri

pages = Blueprint("reading_room", __name__, url_prefix="/api", template_folder="templates")
Document = dict[str, Any]


def register(app: Flask, document: Document) -> None:
    """Show `document`, the OpenAPI document, and the problems, on pages of `app`."""
    as_json = json.dumps(document, ensure_ascii=False)
    etag = blake2b(as_json.encode(), digest_size=12).hexdigest()
    rooms = list(_rooms(document))

    def openapi() -> ResponseReturnValue:
        response = Response(as_json, content_type="application/json")
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(etag)
        return response.make_conditional(request)

    def docs() -> str:
        return render_template("docs.html", document=document, rooms=rooms)

    room = Blueprint("api_description", __name__, url_prefix="/api", template_folder="templates")
    room.add_url_rule("/openapi.json", "openapi", public(openapi))
    room.add_url_rule("/docs", "docs", public(docs))
    app.register_blueprint(room)
    app.register_blueprint(pages)


@pages.get("/problems")
@public
def problems() -> ResponseReturnValue:
    """Every reason to refuse that there is."""
    found = [REFUSALS[code] for code in sorted(REFUSALS)]
    if _wants_html():
        return render_template("problems.html", problems=[_told(refusal) for refusal in found])
    return jsonify(items=[_told(refusal) for refusal in found])


@pages.get("/problems/<name>")
@public
def problem(name: str) -> ResponseReturnValue:
    """One reason to refuse, in both languages."""
    found = refusal_at(name)
    if found is None:
        raise refusals.PAGE_MISSING()
    if _wants_html():
        return render_template("problems.html", problems=[_told(found)])
    return jsonify(_told(found))


def _told(refusal: Refusal) -> Document:
    return {
        "type": type_uri(refusal.code),
        "code": refusal.code,
        "status": refusal.kind.status,
        "rule": refusal.rule,
        "sv": {"title": refusal.sv.wrong, "detail": refusal.sv.action},
        "en": {"title": refusal.en.wrong, "detail": refusal.en.action},
    }


def _wants_html() -> bool:
    kinds = ["application/json", "text/html"]
    return request.accept_mimetypes.best_match(kinds) == "text/html"


def _rooms(document: Document) -> Any:
    """The operations by tag, as the page shows them."""
    for tag in document["tags"]:
        operations = [
            {"method": method.upper(), "path": path, **operation}
            for path, item in document["paths"].items()
            for method, operation in item.items()
            if method != "parameters" and tag["name"] in operation["tags"]
        ]
        yield {**tag, "operations": operations}
