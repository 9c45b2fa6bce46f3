"""Signing's entrypoints: decode, one use case, encode.

The settings are read when the process starts: see settings.py.
"""

import logging

from nameko.timer import timer

from chassis.database import Database
from chassis.events import on_event
from chassis.rpc import command, process, query
from chassis.service import Service
from contracts import signing as contract
from contracts.maintenance import AdaptationBuiltV1
from services.signing import reading, use_cases, views
from services.signing.letters import SwedishLetters
from services.signing.pades.examination import examine
from services.signing.processes import Signing, Uploading
from services.signing.providers import Files, Pen
from services.signing.repository import SigningTransaction
from services.signing.settings import Settings

SETTINGS = Settings.read()
RULES = SETTINGS.rules
LETTERS = SwedishLetters(SETTINGS.portal)

_log = logging.getLogger(__name__)


class SigningService(Service):
    """Has adaptation documents signed (Swedish: underskrift)."""

    name = "signing"

    database = Database(SigningTransaction)
    files = Files()
    pen = Pen()

    @on_event(AdaptationBuiltV1)
    def open_case(self, tx, event):
        use_cases.open_case(tx, event)

    @process(contract.RegisterDocument)
    def register_document(self, command):
        uploading = Uploading(self.database, self.files, RULES, examine)
        return self.database.repeatable(
            "register_document", command, lambda mark: uploading.register(command, mark)
        )

    @command(contract.SendForSigning)
    def send_for_signing(self, tx, command) -> dict:
        return views.job_view(use_cases.send_for_signing(tx, command, RULES, LETTERS))

    @command(contract.SubmitPaper)
    def submit_paper(self, tx, command) -> dict:
        return views.job_view(use_cases.submit_paper(tx, command, RULES, LETTERS))

    @command(contract.AssessRisk)
    def assess_risk(self, tx, command) -> dict:
        return views.job_view(use_cases.assess_risk(tx, command, RULES))

    @process(contract.SignJob)
    def sign_job(self, command):
        signing = Signing(self.database, self.files, self.pen.signer, LETTERS, RULES)
        # A repetition is the same command, even when its login has grown old meanwhile.
        told = {name: value for name, value in command.items() if name != "login"}
        return self.database.repeatable("sign_job", told, lambda mark: signing.sign(command, mark))

    @command(contract.DeclineJob)
    def decline_job(self, tx, command) -> dict:
        return views.job_view(use_cases.decline(tx, command, RULES, LETTERS))

    @command(contract.RecallJob)
    def recall_job(self, tx, command) -> dict:
        return views.job_view(use_cases.recall(tx, command, RULES, LETTERS))

    @command(contract.VerifyPaper)
    def verify_paper(self, tx, command) -> dict:
        return views.job_view(use_cases.verify_paper(tx, command, RULES, LETTERS))

    @command(contract.RejectPaper)
    def reject_paper(self, tx, command) -> dict:
        return views.job_view(use_cases.reject_paper(tx, command, RULES, LETTERS))

    @query(contract.ListSigningCases)
    def list_signing_cases(self, tx, query) -> dict:
        found, more = reading.page(tx, query, RULES)
        return {"items": [views.case_view(one) for one in found], "more": more}

    @query(contract.ListSigningJobs)
    def list_signing_jobs(self, tx, query) -> dict:
        found, more = reading.jobs(tx, query, RULES)
        return {"items": [views.job_summary(one) for one in found], "more": more}

    @query(contract.GetSigningJob)
    def get_signing_job(self, tx, query) -> dict:
        return views.job_view(reading.look_at(tx, query["job_id"], RULES))

    @query(contract.GetJobDocument)
    def get_job_document(self, tx, query) -> dict:
        return views.file_claim(reading.look_at(tx, query["job_id"], RULES, "document.read"))

    @query(contract.GetValidationReport)
    def get_validation_report(self, tx, query) -> dict:
        case = reading.look_at(tx, query["job_id"], RULES, "report.read")
        return views.report(case, reading.validate(case, self.files, self.pen.verify), tx.now)

    @timer(interval=SETTINGS.sweep_every)
    def expire_jobs(self) -> None:
        if expired := use_cases.expire(self.database, LETTERS):
            _log.info("closed %s signing jobs that nobody signed in time", expired)
