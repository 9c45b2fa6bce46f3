"""Addresses of our own pages: the one to come back to, and the form that something was sent from.

What was sent without a login, or with a form of another login, is never done, and never filled in
again by us: a form that somebody else has filled in would look like one's own, and be one press
away from being sent. The page says what happened, leads to the form, and shows the longer texts
that came, to be copied; to those alone whose browser says that our own page sent them.
"""

import re
from urllib.parse import urlencode

from flask import current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect

START = "/"
WAY_BACK, UNSENT = "next", "unsent"  # in the address of the login
SHORT = 20  # characters, such as numbers of persons: they are soon typed again, and not shown
_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
_NO_PAGE = ("login", "language", "static_file")


def own(wanted: str) -> str:
    """`wanted` when it is a page of ours; else the first page, whatever somebody has made up."""
    if not _OWN.fullmatch(wanted):
        return START
    return wanted if _is_page(wanted.partition("?")[0]) else START


def here() -> str:
    """The page that the reader is at; where a form was sent, the page that has it."""
    if request.method == "GET" and not isinstance(request.routing_exception, MethodNotAllowed):
        return request.full_path.rstrip("?")
    return nearest(request.path)


def nearest(path: str) -> str:
    """The page at `path`, or else the first above it that there is."""
    while path and not _is_page(path):
        path = path.rpartition("/")[0]
    return path or START


def login(is_undone: bool = False) -> str:
    """Where to log in and come back to here; nobody's search is put into the address.

    Args:
        is_undone: a form was sent, and is told of when the login is done.
    """
    told = {name: value for name, value in request.args.items() if name != "search"}
    page = nearest(request.path)
    if told and page == request.path:
        page += f"?{urlencode(told)}"
    back = {WAY_BACK: page} if page != START else {}
    if is_undone and page != START:
        back[UNSENT] = "yes"
    return f"/login?{urlencode(back)}" if back else "/login"


def typed() -> list[str]:
    """The longer texts of a form that was not carried out."""
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return []
    try:
        return [text for text in request.form.values() if len(text) > SHORT and " " in text.strip()]
    except RequestEntityTooLarge:
        return []


def _is_page(path: str) -> bool:
    """Whether a browser may ask for `path`."""
    try:
        endpoint, _values = current_app.url_map.bind("").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return endpoint.partition(".")[0] not in _NO_PAGE
