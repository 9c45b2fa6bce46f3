"""Completions, and the gates that follow from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from contracts.errors import training as errors
from services.training.model.curriculum import CourseVersion, Curriculum
from services.training.model.gate import Gate, GatesConfirmed
from services.training.ports import Completion, Transaction
from services.training.use_cases import check_hsa_ids, require_admin

STOCKHOLM = ZoneInfo("Europe/Stockholm")
Completed = Mapping[str, Sequence[tuple[str, int]]]  # course and version, by HSA-ID


def record_completions(tx: Transaction, command: Mapping[str, Any]) -> dict[str, int]:
    """These people have completed a course on that day; their gates follow.

    Raises:
        Forbidden: the actor is no admin.
        NotFound: there is no such course.
        Conflict: it was not given that day, or the day is still to come.

    Source: T-1
    """
    require_admin(tx.actor)
    participants = sorted(set(command["participants"]))
    check_hsa_ids(participants, "participants")
    tx.people.lock(participants)
    curriculum = tx.curricula.get()
    version = _version(curriculum, command["course"], command["completed_day"], day_of(tx.now))
    completions = [
        Completion(one, command["course"], version.number, command["completed_day"], "admin")
        for one in participants
    ]
    return keep(tx, curriculum, completions)


def revoke_completion(tx: Transaction, command: Mapping[str, Any]) -> dict[str, int]:
    """What was recorded by mistake counts no longer; gates may close.

    Raises:
        Forbidden: the actor is no admin.
        NotFound: nobody has recorded it.
    """
    require_admin(tx.actor)
    hsa_id, course = command["participant"], command["course"]
    tx.people.lock([hsa_id])
    if not tx.people.revoke(hsa_id, course, tx.actor.hsa_id):
        raise errors.COMPLETION_UNKNOWN(course=course)
    changed = move_gates(tx, tx.curricula.get(), [hsa_id])
    return {"recorded": 0, "known": 0, "gates_changed": changed}


def keep(
    tx: Transaction, curriculum: Curriculum, completions: Sequence[Completion]
) -> dict[str, int]:
    """Record completions of people who are locked, and move their gates."""
    recorded = tx.people.add(completions, tx.actor.hsa_id)
    changed = move_gates(tx, curriculum, {one.hsa_id for one in completions}) if recorded else 0
    return {
        "recorded": recorded,
        "known": len(completions) - recorded,
        "gates_changed": changed,
    }


def move_gates(tx: Transaction, curriculum: Curriculum, hsa_ids: Iterable[str]) -> int:
    """Bring the gates of these people up to date, and tell of each that changes.

    Source: T-1, X-12, X-31
    """
    people = sorted(hsa_ids)
    if not people:
        return 0
    moved = moves(tx, curriculum, tx.people.completed(people))
    for gate in moved:
        area = curriculum.requirement_sets[gate.requirement_set_id].product_area
        tx.tell(gate.told(area, tx.now))
    if moved:
        tx.gates.save(moved)
    return len(moved)


def moves(tx: Transaction, curriculum: Curriculum, completed: Completed) -> list[Gate]:
    """The gates that are to change when people have completed this."""
    kept = {(one.hsa_id, one.requirement_set_id): one for one in tx.gates.of(completed)}
    moved: list[Gate] = []
    for hsa_id, completions in completed.items():
        moved += _moved(hsa_id, curriculum.held_by(completions), kept, curriculum)
    return moved


def confirm_gates(tx: Transaction) -> None:
    """Tell that all has been told, so that listeners know how old their copies are."""
    tx.tell(GatesConfirmed(tx.now))


def day_of(instant: datetime) -> date:
    """The day in Sweden; requirement sets and versions run whole days."""
    return instant.astimezone(STOCKHOLM).date()


def _moved(
    hsa_id: str, held: frozenset[str], kept: Mapping[Any, Gate], curriculum: Curriculum
) -> Iterator[Gate]:
    for key, one in curriculum.requirement_sets.items():
        gate = kept.get((hsa_id, key)) or Gate(hsa_id, key, one.competences)
        if moved := gate.moved(one.missing(held)):
            yield moved


def _version(curriculum: Curriculum, course: str, day: date, today: date) -> CourseVersion:
    version = curriculum.course(course).version_on(day)
    if day > today:
        raise errors.DAY_AHEAD(day=day.isoformat())
    if version is None:
        raise errors.COURSE_NOT_GIVEN(course=course, day=day.isoformat())
    return version
