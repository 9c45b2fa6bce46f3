"""Where somebody wanted to be before the login, kept in the session while the login lasts.

It is a page of our own (`gateway.web.addresses`), looked at when the login begins and again when it
ends; nothing of a form is kept, as the cookie can be read by whoever has it.
"""

from flask import flash, redirect, request, session
from flask.typing import ResponseReturnValue

from gateway.web.addresses import START, UNSENT, WAY_BACK, own
from gateway.web.language import gettext as _

LONGEST = 500  # characters: the cookie has room for little more


def begin() -> None:
    """Keep the page that the address of the login names, unless it is the first."""
    page = own(request.args.get(WAY_BACK, START))
    if page != START and len(page) <= LONGEST:
        session[WAY_BACK] = [page, UNSENT in request.args]


def take() -> tuple[str, bool]:
    """The page that was kept, and whether a form had been sent from it in vain."""
    page, is_unsent = session.pop(WAY_BACK, (START, False))
    return own(page), is_unsent


def lead(page: str, is_unsent: bool) -> ResponseReturnValue:
    """Go there; who had sent a form is told that nothing came of it."""
    if is_unsent:
        flash(_("Du var utloggad när du skickade, och ingenting blev gjort. Fyll i igen."))
    return redirect(page)
