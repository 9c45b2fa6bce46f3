"""The pages whose time is measured, with what each asks, and the data that they show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from bench.events import settled
from bench.orders import body
from bench.suite import Suite
from bench.world import Orderer

FIRST: dict[str, Any] = {"limit": 5}
Question = tuple[str, str, dict[str, Any]]
ROWS = 20  # of each list: a page of it
FAULT = {
    "kind": "corrective",
    "description": "Bromsen tar inte.",
    "place_on_device": "Vänster hjul",
    "contacts": [{"name": "Avdelningen", "telephone": "031-390 06 00"}],  # nobody's: PTS
    "address": "Storgatan 1, Borås",
    "patient_can_come_in": False,
    "stand_in_needed": False,
}


@dataclass(frozen=True)
class Page:
    """A page, the role of whoever looks, and what it asks of services: service, method, message.

    The questions to one service go in one message.

    Args:
        of: a question whose first item fills what the path and the messages leave open.
    """

    path: str
    role: str
    asks: tuple[Question, ...]
    of: Question | None = None


NOTICES: Question = ("ordering", "list_notices", FIRST | {"scope": "unread"})
PAGES = (
    Page(
        "/",
        "prescriber",
        (
            NOTICES,
            ("ordering", "list_gates", {}),
            ("signing", "list_signing_jobs", FIRST | {"waits_for": "me", "state": "open"}),
            ("booking", "list_activities", FIRST),
            ("ordering", "list_orders", FIRST | {"state": "placed"}),
            ("training", "list_enrolments", FIRST),
        ),
    ),
    Page(
        "/",
        "technician",
        (
            NOTICES,
            ("maintenance", "list_maintenance_orders", FIRST | {"technician": "{actor}"}),
            ("signing", "list_signing_cases", FIRST | {"state": "awaits_document"}),
            ("maintenance", "list_maintenance_orders", FIRST | {"state": "registered"}),
        ),
    ),
    Page(
        "/",
        "training_admin",
        (
            ("training", "list_occasions", FIRST),
            ("training", "list_unmatched_rows", FIRST),
            NOTICES,
        ),
    ),
    Page("/articles", "prescriber", (("ordering", "list_articles", {}),)),
    Page("/orders", "prescriber", (("ordering", "list_orders", {}),)),
    Page("/orders/new", "prescriber", (("ordering", "list_customers", {}),)),
    Page("/consultations", "prescriber", (("booking", "list_activities", {}),)),
    Page(
        "/work-orders/{work_order_number}?place=2",
        "prescriber",
        (
            ("ordering", "get_work_order", {"work_order_number": "{work_order_number}"}),
            ("booking", "list_activities", {"work_order_number": "{work_order_number}"}),
            ("booking", "list_places", {}),
            ("booking", "list_service_products", {"place_id": 2}),
        ),
        of=("booking", "list_activities", {"state": "registered"}),
    ),
    Page("/courses", "prescriber", (("training", "list_courses", {}),)),
    Page(
        "/courses/{code}",
        "prescriber",
        (
            ("training", "list_courses", {"code": "{code}"}),
            ("training", "list_occasions", {"course": "{code}", "limit": 100}),
        ),
        of=("training", "list_courses", {}),
    ),
    Page(
        "/occasions/{occasion_id}",
        "training_admin",
        (
            ("training", "get_occasion", {"occasion_id": "{occasion_id}"}),
            ("training", "list_participants", {"occasion_id": "{occasion_id}", "limit": 100}),
        ),
        of=("training", "list_occasions", {}),
    ),
    Page(
        "/occasions",
        "training_admin",
        (("training", "list_occasions", {}), ("training", "list_courses", {"limit": 100})),
    ),
    Page("/devices", "technician", (("ordering", "list_devices", {}),)),
    Page("/maintenance", "technician", (("maintenance", "list_maintenance_orders", {}),)),
    Page(
        "/maintenance/{work_order_number}",
        "technician",
        (
            (
                "maintenance",
                "get_maintenance_order",
                {"work_order_number": "{work_order_number}"},
            ),
        ),
        of=("maintenance", "list_maintenance_orders", {}),
    ),
    Page("/signing", "prescriber", (("signing", "list_signing_jobs", {}),)),
)


def fill(suite: Suite) -> None:
    """Fill the lists of the first orderer, and of the technicians."""
    suite.report(f"{ROWS} orders, consultations and work orders")
    orderer = suite.orderers[0]
    with httpx.Client(base_url=f"{suite.site.url}/api/v1") as client:
        client.headers["Authorization"] = f"Bearer {orderer.token}"
        for path, sent in _commands(suite, orderer):
            key = {"Idempotency-Key": str(uuid4())}
            client.post(path, json=sent, headers=key).raise_for_status()
    settled(suite)


def _commands(suite: Suite, orderer: Orderer) -> Iterator[tuple[str, dict[str, Any]]]:
    orders = suite.world.orders(orderer.supplier, 0)[:ROWS]
    for order, device in zip(orders, suite.world.data.devices, strict=False):
        number = order.personal_identity_number
        yield "/orders", body(orderer, order)
        patient = {"personal_identity_number": number}
        yield "/consultations", patient | {"customer_number": orderer.customer_number}
        yield "/maintenance-orders", FAULT | {"individual_number": device.individual_number}
