"""The language of the pages: Swedish, or English by choice.

A text is written in Swedish where it is used, and its translation stands in `english.json`.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from flask import g, has_request_context, redirect, request
from flask.typing import ResponseReturnValue

from gateway.texts import LANGUAGES
from gateway.web.addresses import START, own

COOKIE = "language"
KEPT = 365 * 24 * 3600  # seconds
ENGLISH = Path(__file__).with_name("english.json")


def spoken() -> str:
    """The language of the present page."""
    try:
        return str(g.language)  # asked for at every text of a page
    except (AttributeError, RuntimeError):
        pass
    if not has_request_context():
        return LANGUAGES[0]
    chosen = request.cookies.get(COOKIE)
    g.language = chosen if chosen in LANGUAGES else LANGUAGES[0]
    return g.language


def gettext(text: str) -> str:
    """`text` in the language of the page."""
    return text if spoken() == LANGUAGES[0] else english().get(text, text)


def ngettext(one: str, many: str, count: int) -> str:
    return gettext(one if count == 1 else many)


def told(text: str, **params: Any) -> str:
    """`text` in the language of the page, with its `%(name)s` filled in."""
    return gettext(text) % params


def decimal(figure: float) -> str:
    """With one decimal, as the language writes it."""
    text = f"{figure:.1f}"
    return text.replace(".", ",") if spoken() == LANGUAGES[0] else text


@cache
def english() -> dict[str, str]:
    """The English of every text of the pages, by its Swedish."""
    found: dict[str, str] = json.loads(ENGLISH.read_text())
    return found


def choose(language: str, secure: bool) -> ResponseReturnValue:
    """Remember the language, and go back to where the reader was."""
    response = redirect(own(request.args.get("back", START)), 303)
    if language in LANGUAGES:
        response.set_cookie(
            COOKIE, language, max_age=KEPT, secure=secure, httponly=True, samesite="Lax"
        )
    return response
