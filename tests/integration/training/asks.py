"""What the tests ask of training."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from contracts.training import (
    AnnounceOccasion,
    CancelOccasion,
    Enrol,
    ImportCompletions,
    ListUnmatchedRows,
    MatchRow,
    RecordCompletions,
    RevokeCompletion,
)
from services.training import completing, enrolling, importing, occasions
from tests.integration.training.conftest import LETTERS, OFFER_TIME
from tests.unit.training.world import ADMIN

START = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
EVERYTHING = {"limit": 100, "page": 1}


def read(contract, **values):
    return contract.read({"command_id": str(uuid4())} | values)


def announce(training, actor=ADMIN, **changes):
    usual = {
        "course": "hoists",
        "place": "Borås",
        "start": START.isoformat(),
        "end": (START + timedelta(hours=7)).isoformat(),
        "seats": 1,
    }
    with training.transaction(actor) as tx:
        command = read(AnnounceOccasion, **(usual | changes))
        return occasions.announce_occasion(tx, command, LETTERS).occasion_id


def withdraw(training, occasion_id, cause="too_few"):
    with training.transaction() as tx:
        command = read(CancelOccasion, occasion_id=str(occasion_id), cause=cause)
        return occasions.cancel_occasion(tx, command, LETTERS)


def enrol(training, occasion_id, actor, participant=None):
    with training.transaction(actor) as tx:
        command = read(Enrol, occasion_id=str(occasion_id), participant=participant)
        return enrolling.enrol(tx, command, LETTERS)[1]


def accept(training, enrolment, actor):
    with training.transaction(actor) as tx:
        return enrolling.accept_offer(tx, enrolment.enrolment_id, LETTERS)[1]


def give_back(training, enrolment, actor):
    with training.transaction(actor) as tx:
        return enrolling.cancel_enrolment(tx, enrolment.enrolment_id, LETTERS, OFFER_TIME)[1]


def sweep(training):
    return occasions.expire_offers(training.database(), LETTERS, OFFER_TIME)


def complete(training, course, *people, day="2026-02-01", actor=ADMIN):
    with training.transaction(actor) as tx:
        participants = [one.hsa_id for one in people]
        command = read(
            RecordCompletions, course=course, completed_day=day, participants=participants
        )
        return completing.record_completions(tx, command)


def revoke(training, course, person):
    with training.transaction() as tx:
        command = read(RevokeCompletion, course=course, participant=person.hsa_id)
        return completing.revoke_completion(tx, command)


def import_file(training, *lines, dry_run=False, actor=ADMIN):
    csv = "\n".join(["hsa_id;course;completed_day", *lines])
    with training.transaction(actor) as tx:
        command = read(ImportCompletions, csv=csv, dry_run=dry_run)
        return importing.import_completions(tx, command)


def unmatched(training, **query):
    with training.transaction() as tx:
        query = ListUnmatchedRows.read(EVERYTHING | query)
        return importing.list_unmatched_rows(tx, query)["items"]


def match(training, row, person):
    with training.transaction() as tx:
        command = read(MatchRow, row_id=str(row["row_id"]), participant=person.hsa_id)
        return importing.match_row(tx, command)


def discard(training, row):
    with training.transaction() as tx:
        return importing.discard_row(tx, row["row_id"])
