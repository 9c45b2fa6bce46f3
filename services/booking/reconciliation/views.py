"""Runs and differences as operators see them."""

from collections.abc import Mapping
from typing import Any

from contracts.booking_reconciliation import DifferenceView, ReconciliationView

Json = dict[str, Any]


def run(row: Mapping[str, Any]) -> Json:
    look = "first_look" if row["look"] == 1 else "second_look"
    state = "done" if row["finished_at"] else look
    shown = {"reconciliation_id": row["id"], "state": state}
    if row["finished_at"]:
        shown["stage"] = "done"
    return ReconciliationView.write({**row, **shown})


def difference(row: Mapping[str, Any]) -> Json:
    return DifferenceView.write({**row, "difference_id": row["id"], "since": row["first_seen"]})
