"""What the gateway answers by itself: who you are, how to reach people, what this API is."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any

from flask import Response, current_app, g

from chassis.calendar import CUSTOMER_SERVICE, Calendar
from contracts.base import Reply
from gateway.api import schemas
from gateway.api.operations import JSON, with_etag
from gateway.auth.guard import public

RELEASED = date(2026, 11, 22)
_OPENING = Calendar(CUSTOMER_SERVICE)


def api_version() -> str:
    return version("rampen")


def me() -> dict[str, Any]:
    person = g.person
    return {**vars(person.actor), "name": person.name, "unit_name": person.unit_name}


def customer_service() -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "telephone": current_app.config["SETTINGS"].telephone,
        "hours": [{"opens": opens, "closes": closes} for opens, closes in CUSTOMER_SERVICE],
        "is_open": _OPENING.open_now(now),
        "opens_at": _OPENING.next_opening(now),
    }


def api_info() -> dict[str, Any]:
    return {
        "api_name": "rampen",
        "api_version": api_version(),
        "api_released": RELEASED,
        "api_documentation": f"{current_app.config['SETTINGS'].public_url}/api/docs",
        "api_status": "active",
    }


@dataclass(frozen=True)
class Fact:
    """Something that the gateway knows without asking a service.

    Args:
        find: finds the values to answer with.
        summary: what it tells, in Swedish; `text` in English.
    """

    path: str
    find: Callable[[], Mapping[str, Any]]
    gives: type[Reply]
    summary: str
    text: str
    is_public: bool = False

    @property
    def name(self) -> str:
        return self.find.__name__

    def view(self) -> Callable[[], Response]:
        def view() -> Response:
            return with_etag(Response(json.dumps(self.gives.write(self.find())), content_type=JSON))

        return public(view) if self.is_public else view


FACTS = (
    Fact(
        "/me",
        me,
        schemas.Me,
        "Visa vem du är",
        "Who you are to Rampen, and in which commission (medarbetaruppdrag).",
    ),
    Fact(
        "/customer-service",
        customer_service,
        schemas.CustomerService,
        "Visa Kundtjänst",
        "Telephone and opening hours of customer service; acute cases go there. Open to everybody.",
        is_public=True,
    ),
    Fact(
        "/api-info",
        api_info,
        schemas.ApiInfo,
        "Visa API:et",
        "Name, version and status of this API. Open to everybody.",
        is_public=True,
    ),
)
