"""Work orders as rows, and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from services.maintenance.model.happenings import Happening, What
from services.maintenance.model.limits import Limit, terms_of
from services.maintenance.model.work_order import Details, Kind, WorkOrder

DETAILS = tuple(Details.__dataclass_fields__)


def work_order(row: Mapping[str, Any]) -> WorkOrder:
    return WorkOrder(
        id=row["id"],
        number=str(row["number"]),
        kind=Kind(row["kind"]),
        individual_number=row["individual_number"],
        unit=row["unit"],
        prescriber=row["prescriber"],
        terms=terms_of(row["start_limit"], row["finish_limit"]),
        agreement=row["agreement"],
        basic_need=row["basic_need"],
        version=row["version"],
        adaptation_id=row["adaptation_id"],
        history=[_happening(*one) for one in row["history"]],
        details=_details(row) if "address" in row else None,
    )


def new(order: WorkOrder) -> dict[str, Any]:
    """All that is stored of a new work order, its history apart."""
    if order.details is None:
        raise LookupError("a new work order has details")
    return {
        "id": order.id,
        "number": int(order.number) if order.number else None,
        "adaptation_id": order.adaptation_id,
        "kind": order.kind.value,
        "individual_number": order.individual_number,
        "unit": order.unit,
        "prescriber": order.prescriber,
        "agreement": order.agreement,
        "basic_need": order.basic_need,
        "start_limit": _written(order.terms.start),
        "finish_limit": _written(order.terms.finish),
        "state": order.state.value,
        **asdict(order.details),
        "contacts": json.dumps(order.details.contacts),
    }


def changed(order: WorkOrder) -> dict[str, Any]:
    """What follows from the history."""
    return {
        "id": order.id,
        "version": order.version,
        "state": order.state.value,
        "technician": order.technician,
        "finished_at": order.finished_at,
    }


def happened(what: Sequence[Happening], first: int) -> dict[str, str]:
    """Happenings as JSON, with their positions from `first` on."""
    told = [vars(one) | {"position": at} for at, one in enumerate(what, start=first)]
    return {"happened": json.dumps(told, default=str)}


def _happening(
    what: str, at: str, recorded_at: str, by: str, cause: str | None, technician: str | None
) -> Happening:
    return Happening(What(what), _instant(at), _instant(recorded_at), by, cause, technician)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _details(row: Mapping[str, Any]) -> Details:
    contacts = tuple((name, telephone) for name, telephone in row["contacts"])
    return Details(**{name: row[name] for name in DETAILS} | {"contacts": contacts})


def _written(limit: Limit | None) -> str:
    return "" if limit is None else str(limit)
