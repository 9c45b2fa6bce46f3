"""The guard before every route: nobody passes without a login unless the route is public."""

from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, g, request, session

from chassis.context import Context
from contracts.actor import Actor
from contracts.errors.common import LOGIN_REQUIRED
from gateway import refusals
from gateway.auth.bearer import Bearers
from gateway.auth.claims import Person
from gateway.auth.csrf import SAFE
from gateway.settings import Settings

NOBODY = Person(Actor("", "", "", ""))
View = TypeVar("View")


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


class Guard:
    """Finds out who asks, before each request."""

    def __init__(self, app: Flask, settings: Settings, bearers: Bearers) -> None:
        self._views, self._bearers = app.view_functions, bearers
        self._origin = _origin(settings.public_url)
        app.before_request(self.check)

    def check(self) -> None:
        """
        Raises:
            Unknown: nobody is logged in, and the route is not public.
            Forbidden: another site made a browser send this.
        """
        if request.url_rule is None:  # no such address: nothing to guard, but a menu to show
            g.person = _of_session()
            return
        g.person = self._person()
        g.context = Context(g.person.actor, g.request_id)
        if g.person is NOBODY and not self._is_public():
            raise LOGIN_REQUIRED()

    def _is_public(self) -> bool:
        return getattr(self._views[request.endpoint or ""], "is_public", False)

    def _person(self) -> Person:
        if header := request.environ.get("HTTP_AUTHORIZATION"):
            return self._bearer(header)
        person = _of_session()
        if person is not NOBODY:
            self._check_origin()
        return person

    def _bearer(self, header: str) -> Person:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise refusals.TOKEN_WRONG()
        return self._bearers.person(token.strip())

    def _check_origin(self) -> None:
        """A cookie is sent by any site's will; what changes something must come from our own."""
        if request.method in SAFE:
            return
        site = request.headers.get("Sec-Fetch-Site")
        own = (self._origin, _origin(request.host_url))
        if site != "same-origin" and (site or request.headers.get("Origin") not in own):
            raise refusals.OTHER_ORIGIN()


def _of_session() -> Person:
    kept: dict[str, Any] | None = session.get("person")
    return NOBODY if kept is None else Person.from_json(kept)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
