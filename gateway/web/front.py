"""The first page: who you are, your open orders, and your activities with the time left."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from flask import Blueprint, Response, current_app, g, render_template, send_from_directory

from chassis.rpc_client import RemoteFailure
from contracts.errors import REFUSALS, ContractError
from gateway import bus, refusals
from gateway.auth.guard import NOBODY, public
from gateway.web import swedish

SHOWN = 10  # rows of each list
ASSETS = Path(__file__).with_name("static")
pages = Blueprint("front", __name__, template_folder="templates")
pages.app_template_filter("role")(swedish.role)
pages.app_template_filter("state")(swedish.state)
pages.app_template_filter("when")(swedish.when)


class Part(NamedTuple):
    """One part of the page: what it shows, or why it cannot."""

    items: list[dict[str, Any]]
    more: bool = False
    missing: str = ""


@pages.get("/static/<path:filename>")
@public
def static(filename: str) -> Response:
    """Style sheet and symbol."""
    response = send_from_directory(ASSETS, filename)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@pages.get("/")
@public
def front() -> str:
    if g.person is NOBODY:
        return render_template("welcome.html", telephone=current_app.config["SETTINGS"].telephone)
    return render_template(
        "front.html",
        person=g.person,
        orders=part(lambda: bus.ordering.list_orders({"limit": SHOWN, "state": "placed"})),
        activities=part(lambda: bus.booking.list_activities({"limit": SHOWN})),
        time_left=time_left,
    )


def part(ask: Callable[[], dict[str, Any]]) -> Part:
    """What `ask` finds; a part that is refused or does not answer spoils no other."""
    try:
        found = ask()
    except ContractError as error:
        refusal = REFUSALS.get(error.code, refusals.FAILURE)
        return Part([], missing=f"{refusal.sv.wrong} {refusal.sv.action}")
    except RemoteFailure:
        return Part([], missing=f"{refusals.FAILURE.sv.wrong} {refusals.FAILURE.sv.action}")
    return Part(found["items"], found.get("more", False))


def time_left(activity: dict[str, Any]) -> str:
    """How long the activity stays open without a booked time; nothing when no clock runs.

    Source: B-6
    """
    if not activity.get("closes_at"):
        return ""
    return swedish.duration(datetime.fromisoformat(activity["closes_at"]) - datetime.now(UTC))
