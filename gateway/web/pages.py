"""What all pages share: how they are shown, what their templates use, and their files."""

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, g, render_template, request, send_from_directory
from markupsafe import Markup

from gateway.auth import csrf
from gateway.auth.guard import NOBODY, public
from gateway.web import addresses, codes, language, times, words
from gateway.web.menus import MENUS, OTHERS, current

ASSETS = Path(__file__).with_name("static")
LONG = "public, max-age=31536000, immutable"  # the address of a file changes with it


def room(name: str, *first: Callable[[], None]) -> Blueprint:
    """A group of pages whose forms are all looked at before they are believed.

    Args:
        first: what is done before a form is read.
    """
    made = Blueprint(name, __name__, template_folder="templates")
    for check in (*first, csrf.check):
        made.before_request(check)
    return made


def show(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    return render_template(template, **values), status


def register(app: Flask) -> None:
    """Teach `app` what the templates use."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals["_"] = _said  # as jinja's own, in a third of the time: a page has a hundred texts
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(
        word=words.word, tone=words.tone, choices=words.choices, when=times.when, day=times.day,
        clock=times.clock, named_day=times.named_day, named_week=times.named_week, left=times.left,
        hours=times.opening_minutes, decimal=language.decimal, age=times.age, is_late=times.is_late,
    )  # fmt: skip
    env.globals.update(
        asset=asset, csrf_token=csrf.token, spent=times.spent, address=address, codes=codes,
        is_past=times.is_past, login_address=addresses.login, typed=addresses.typed,
    )  # fmt: skip
    app.context_processor(_everywhere)
    app.add_url_rule("/static/<path:filename>", "static_file", public(_static))
    secure = bool(app.config["SESSION_COOKIE_SECURE"])
    choose = public(lambda code: language.choose(code, secure))
    app.add_url_rule("/language/<code>", "language", choose)


def _said(text: str, **values: Any) -> Markup:
    """`text` in the language of the page, with its `%(name)s` filled in and escaped."""
    said = Markup(language.gettext(text))
    return said % values if values else said


def address(**changed: Any) -> str:
    """The present page's address with some parameters changed; one that is None goes."""
    kept = {name: value for name, value in request.args.items() if name not in changed}
    wanted = kept | {name: value for name, value in changed.items() if value is not None}
    return f"{request.path}?{urlencode(wanted)}" if wanted else request.path


@cache
def asset(name: str) -> str:
    """The address of a file of ours; it changes when the file does."""
    digest = blake2b((ASSETS / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={digest}"


def _static(filename: str) -> Response:
    response = send_from_directory(ASSETS, filename)
    response.headers["Cache-Control"] = LONG if "v" in request.args else "public, max-age=3600"
    return response


def _everywhere() -> dict[str, Any]:
    person = g.get("person", NOBODY)
    known = person is not NOBODY
    menu = MENUS.get(person.actor.role, OTHERS) if known else ()
    return {
        "person": person if known else None,
        "menu": menu,
        "menu_at": current(menu, request.path),
        "lang": language.spoken(),
        "here": addresses.here(),
    }
