"""Training's entrypoints: decode, one use case, encode.

The settings are read when the process starts: see settings.py.
"""

import logging

from nameko.timer import timer

from chassis.database import Database
from chassis.rpc import command, query
from chassis.service import Service
from contracts import training as contract
from services.training import (
    completing,
    defining,
    enrolling,
    importing,
    occasions,
    use_cases,
    views,
)
from services.training.letters import SwedishLetters
from services.training.repository import TrainingTransaction
from services.training.settings import Settings

SETTINGS = Settings.read()
LETTERS = SwedishLetters(SETTINGS.organizer)

_log = logging.getLogger(__name__)


class TrainingService(Service):
    """Keeps courses, occasions and completions, and tells whose gates are open."""

    name = "training"

    database = Database(TrainingTransaction)

    @command(contract.DefineCurriculum)
    def define_curriculum(self, tx, command) -> dict:
        return contract.CurriculumDefined.write(defining.define_curriculum(tx, command))

    @command(contract.AnnounceOccasion)
    def announce_occasion(self, tx, command) -> dict:
        return views.occasion(occasions.announce_occasion(tx, command, LETTERS))

    @command(contract.CancelOccasion)
    def cancel_occasion(self, tx, command) -> dict:
        return views.occasion(occasions.cancel_occasion(tx, command, LETTERS))

    @command(contract.Enrol)
    def enrol(self, tx, command) -> dict:
        return views.enrolment(*enrolling.enrol(tx, command, LETTERS))

    @command(contract.AcceptOffer)
    def accept_offer(self, tx, command) -> dict:
        accepted = enrolling.accept_offer(tx, command["enrolment_id"], LETTERS)
        return views.enrolment(*accepted)

    @command(contract.CancelEnrolment)
    def cancel_enrolment(self, tx, command) -> dict:
        cancelled = enrolling.cancel_enrolment(
            tx, command["enrolment_id"], LETTERS, SETTINGS.offer_time
        )
        return views.enrolment(*cancelled)

    @command(contract.RecordCompletions)
    def record_completions(self, tx, command) -> dict:
        return contract.CompletionsRecorded.write(completing.record_completions(tx, command))

    @command(contract.RevokeCompletion)
    def revoke_completion(self, tx, command) -> dict:
        return contract.CompletionsRecorded.write(completing.revoke_completion(tx, command))

    @command(contract.ImportCompletions)
    def import_completions(self, tx, command) -> dict:
        return contract.ImportReport.write(importing.import_completions(tx, command))

    @command(contract.MatchRow)
    def match_row(self, tx, command) -> dict:
        return contract.CompletionsRecorded.write(importing.match_row(tx, command))

    @command(contract.DiscardRow)
    def discard_row(self, tx, command) -> dict:
        return contract.CompletionsRecorded.write(importing.discard_row(tx, command["row_id"]))

    @query(contract.ListCourses)
    def list_courses(self, tx, query) -> dict:
        return contract.CoursePage.write(defining.list_courses(tx, query))

    @query(contract.ListOccasions)
    def list_occasions(self, tx, query) -> dict:
        return contract.OccasionPage.write(use_cases.list_occasions(tx, query))

    @query(contract.GetOccasion)
    def get_occasion(self, tx, query) -> dict:
        return contract.OccasionView.write(use_cases.get_occasion(tx, query["occasion_id"]))

    @query(contract.ListEnrolments)
    def list_enrolments(self, tx, query) -> dict:
        return contract.EnrolmentPage.write(use_cases.list_enrolments(tx, query))

    @query(contract.ListParticipants)
    def list_participants(self, tx, query) -> dict:
        return contract.EnrolmentPage.write(use_cases.list_participants(tx, query))

    @query(contract.ListUnmatchedRows)
    def list_unmatched_rows(self, tx, query) -> dict:
        return contract.ImportRowPage.write(importing.list_unmatched_rows(tx, query))

    @timer(interval=SETTINGS.sweep_every)
    def expire_offers(self):
        if ended := occasions.expire_offers(self.database, LETTERS, SETTINGS.offer_time):
            _log.info("%s offers of seats ended", ended)

    @timer(interval=SETTINGS.confirm_every)
    def confirm_gates(self):
        with self.database.transaction() as tx:
            completing.confirm_gates(tx)
