"""Completions from a file, and the rows of it that match nobody."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from contracts.errors import training as errors
from contracts.errors.common import NOT_FOUND
from contracts.identity import is_hsa_id
from services.training import completing
from services.training.completing import day_of
from services.training.model import completions_file
from services.training.model.completions_file import FileRow, WaitingRow
from services.training.ports import Completion, Transaction
from services.training.use_cases import check_hsa_ids, paged, require_admin

NOTHING = {"recorded": 0, "known": 0, "gates_changed": 0}


def import_completions(tx: Transaction, command: Mapping[str, Any]) -> dict[str, Any]:
    """Record the rows that match somebody, and keep the others to be matched by hand.

    Whom a row belongs to its HSA-ID says, if it is of somebody whom training knows. A dry run
    changes nothing, and reports what would be.

    Raises:
        Forbidden: the actor is no admin.
        Invalid: a row is wrong; then nothing is imported.
    """
    require_admin(tx.actor)
    curriculum = tx.curricula.get()
    rows = completions_file.read(command["csv"], curriculum, day_of(tx.now))
    known = tx.people.known(row.written for row in rows if is_hsa_id(row.written))
    matched = [row for row in rows if row.written in known]
    unmatched = [row for row in rows if row.written not in known]
    outcome = (_would if command["dry_run"] else _do)(tx, matched, unmatched)
    lines = [row.line for row in unmatched]
    return {
        "dry_run": command["dry_run"],
        "rows": len(rows),
        "unmatched": len(unmatched),
        "unmatched_lines": lines[:100],
        **outcome,
    }


def match_row(tx: Transaction, command: Mapping[str, Any]) -> dict[str, int]:
    """This row belongs to that person: record it.

    Raises:
        Forbidden: the actor is no admin.
        NotFound: there is no such row.
        Conflict: it has been dealt with.
    """
    row = _waiting(tx, command["row_id"])
    participant = command["participant"]
    check_hsa_ids([participant], "participant")
    tx.people.lock([participant])
    tx.imports.settle(row.row_id, participant, tx.actor.hsa_id)
    completion = Completion(participant, row.course, row.version, row.completed_day, "import")
    return completing.keep(tx, tx.curricula.get(), [completion])


def discard_row(tx: Transaction, row_id: UUID) -> dict[str, int]:
    """
    Raises:
        Forbidden: the actor is no admin.
        NotFound: there is no such row.
        Conflict: it has been dealt with.
    """
    tx.imports.settle(_waiting(tx, row_id).row_id, None, tx.actor.hsa_id)
    return dict(NOTHING)


def list_unmatched_rows(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    """
    Raises:
        Forbidden: the actor is no admin.
    """
    require_admin(tx.actor)
    return paged(query, partial(tx.imports.waiting, query["sort"]))


def _do(tx: Transaction, matched: list[FileRow], unmatched: list[FileRow]) -> dict[str, int]:
    if unmatched:
        tx.imports.add(unmatched, tx.actor.hsa_id)
    if not matched:
        return dict(NOTHING)
    tx.people.lock(row.written for row in matched)
    outcome = completing.keep(tx, tx.curricula.get(), _completions(matched))
    return outcome | {"known": len(matched) - outcome["recorded"]}


def _would(tx: Transaction, matched: list[FileRow], _unmatched: object) -> dict[str, int]:
    """What `_do` would report."""
    done = tx.people.completed(row.written for row in matched)
    after = {hsa_id: list(completed) for hsa_id, completed in done.items()}
    for one in _completions(matched):
        if (one.course, one.version) not in done[one.hsa_id]:
            after[one.hsa_id].append((one.course, one.version))
    recorded = sum(map(len, after.values())) - sum(map(len, done.values()))
    changed = len(completing.moves(tx, tx.curricula.get(), after))
    return {"recorded": recorded, "known": len(matched) - recorded, "gates_changed": changed}


def _completions(rows: Sequence[FileRow]) -> list[Completion]:
    """One for each person and version of a course; the earliest day counts."""
    earliest: dict[tuple[str, str, int], Completion] = {}
    for row in sorted(rows, key=lambda row: row.completed_day):
        key = (row.written, row.course, row.version)
        earliest.setdefault(key, Completion(*key, row.completed_day, "import"))
    return list(earliest.values())


def _waiting(tx: Transaction, row_id: UUID) -> WaitingRow:
    require_admin(tx.actor)
    row = tx.imports.get(row_id)
    if row is None:
        raise NOT_FOUND()
    if row.settled_at is not None:
        raise errors.ROW_SETTLED()
    return row
