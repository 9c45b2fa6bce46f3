"""Adaptations: taken in from ordering, and their devices kept until they are signed for."""

from collections.abc import Mapping
from typing import Any

from services.maintenance import sweeping
from services.maintenance.model.happenings import Happening, What
from services.maintenance.model.work_order import Details, Kind, WorkOrder
from services.maintenance.ports import Rules, Transaction

INSTRUCTION = "Specialanpassning: instruktionen finns i förskrivarens beställning."


def take_in(tx: Transaction, event: Mapping[str, Any], rules: Rules) -> None:
    """Open the adaptation's work order, and block its device.

    Args:
        event: `AdaptationOrderedV1`.

    Source: S-1, U-10
    """
    at, prescriber = min(event["ordered_at"], tx.now), event["prescriber"]
    order = WorkOrder(
        id=event["adaptation_id"],
        number=event["work_order_number"],
        kind=Kind.ADAPTATION,
        individual_number=event["individual_number"],
        unit=event["unit"],
        prescriber=prescriber,
        terms=rules.terms.of(Kind.ADAPTATION, ""),
        details=Details(INSTRUCTION, "", (), "", "", False, False),
        adaptation_id=event["adaptation_id"],
        history=[Happening(What.REGISTERED, at, tx.now, prescriber)],
    )
    tx.work_orders.add(order, sweeping.due(order.clocks(rules.hours, tx.now), rules))
    tx.blocks.begin(event["adaptation_id"], event["individual_number"])


def release(tx: Transaction, event: Mapping[str, Any], cause: str) -> None:
    """The adaptation is signed for: its device may be taken into use.

    Args:
        event: `DocumentSignedV1` or `DocumentTakenOnPaperV1`.
        cause: signed, or on_paper.

    Source: S-1, S-3
    """
    tx.blocks.end(event["adaptation_id"], event["individual_number"], cause)
