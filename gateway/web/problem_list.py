"""The list of problems, for programs and people; open to everybody."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from contracts.errors import REFUSALS, Refusal
from gateway import refusals
from gateway.auth.guard import public
from gateway.problems import refusal_at, type_uri

pages = Blueprint("problem_list", __name__, url_prefix="/api", template_folder="templates")
Document = dict[str, Any]


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
