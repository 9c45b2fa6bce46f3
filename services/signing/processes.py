"""What takes more than a transaction: looking into an upload, and signing.

A signature is made in memory and put into the blob store under the hash of its file; then one
transaction makes it true, or nothing does. Killed before that, there is a file that nobody knows
and a job as it was. Of two who sign at once, one finds the job changed and signs the other's file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from contracts.errors import Conflict, Forbidden, Refusal
from contracts.errors import signing as refusals
from contracts.errors.common import CHANGED_MEANWHILE
from services.signing.access import check_technician
from services.signing.model.assessment import Assessment, Conclusion
from services.signing.model.case import Case
from services.signing.model.job import STOCKHOLM, Document, Signature, State
from services.signing.pades import errors
from services.signing.pades.examination import LARGEST, Facts
from services.signing.pades.material import Signatory, SignedMaterial, Signer
from services.signing.ports import Database, Files, Letters, Rules
from services.signing.use_cases import case_of
from services.signing.views import Json, job_view, registered_document

ATTEMPTS = 5  # at a job that others sign at the same time
SKEW = timedelta(seconds=30)  # how far the identity provider's clock may be before ours
CONCLUSIONS = {
    Conclusion.ACCEPTABLE: "Risken är godtagbar",
    Conclusion.ACCEPTABLE_WITH_MEASURES: "Risken är godtagbar med angivna åtgärder",
}
REFUSED: Mapping[type[errors.Unacceptable], Refusal] = {
    errors.NotPdf: refusals.NOT_PDF,
    errors.Damaged: refusals.DAMAGED,
    errors.TooLarge: refusals.TOO_LARGE,
    errors.TooComplex: refusals.TOO_COMPLEX,
    errors.NoPages: refusals.NO_PAGES,
    errors.Encrypted: refusals.ENCRYPTED,
    errors.ActiveContent: refusals.ACTIVE_CONTENT,
    errors.EmbeddedContent: refusals.EMBEDDED_CONTENT,
    errors.AlreadySigned: refusals.ALREADY_SIGNED,
}

Command = Mapping[str, Any]


@dataclass(frozen=True)
class Uploading:
    """Looks into uploaded files.

    Args:
        examine: raises `Unacceptable` where a file must not be signed.
    """

    database: Database
    files: Files
    rules: Rules
    examine: Callable[[bytes], Facts]

    def register(self, command: Command, mark: bytes) -> Json:
        """Take in a file that may be signed (contract RegisterDocument).

        Raises:
            Invalid: it may not, for a reason of its own.
            Forbidden: the actor is no technician.

        Source: S-4
        """
        self._check_actor(command["key"])
        pages = self._pages(command)
        facts = {name: command[name] for name in ("key", "size", "sha256")}
        document = Document(uuid5(command["command_id"], "document"), pages=pages, **facts)
        with self.database.transaction() as tx:
            tx.documents.add(document)
            reply = registered_document(document)
            tx.answer(command["command_id"], mark, reply)
        return reply

    def _check_actor(self, key: str) -> None:
        try:
            with self.database.reading() as tx:
                check_technician(tx.actor, self.rules)
        except Forbidden:
            self._forget(key)
            raise

    def _pages(self, command: Command) -> int:
        try:
            found = self.examine(self.files.content(command["key"]))
        except FileNotFoundError:
            raise refusals.DOCUMENT_UNKNOWN() from None
        except errors.Unacceptable as error:
            self._forget(command["key"])
            raise REFUSED[type(error)](**_limits(error)) from None
        if found.sha256 != command["sha256"]:
            raise refusals.DAMAGED()
        return found.pages

    def _forget(self, key: str) -> None:
        with self.database.reading() as tx:
            if not tx.documents.knows(key):
                self.files.remove(key)


@dataclass(frozen=True)
class Signing:
    """Signs documents."""

    database: Database
    files: Files
    signer: Signer
    letters: Letters
    rules: Rules

    def sign(self, command: Command, mark: bytes) -> Json:
        """Sign the document of a job (contract SignJob).

        Raises:
            Unknown: there is no fresh login of a sufficient level.
            Forbidden: it is another's, or the job was made for others.
            Conflict: the job, or its assessment, does not allow it.
            Unavailable: there is no timestamp to be had.

        Source: S-1, S-8, S-11, S-12
        """
        for _ in range(ATTEMPTS):
            try:
                return self._attempt(command, mark)
            except Conflict as error:
                if error.code != CHANGED_MEANWHILE.code:
                    raise
        raise CHANGED_MEANWHILE()

    def _attempt(self, command: Command, mark: bytes) -> Json:
        case, now = self._prepare(command)
        signed = self._signed(case, command["login"], now)
        kept = self.files.keep(signed)
        version = command["assessment_version"]
        hsa_id = command["login"]["hsa_id"]
        case.sign(Signature(hsa_id, now, version, kept.key, kept.size, kept.sha256))
        return self._record(case, command, mark)

    def _prepare(self, command: Command) -> tuple[Case, datetime]:
        """The job, ready to be signed by the actor, with the diary number that is signed, too."""
        with self.database.transaction() as tx:
            self._check_login(tx.actor.hsa_id, command["login"], tx.now)
            case = case_of(tx, command["job_id"], self.rules)
            version = command["assessment_version"]
            case.latest.check_signable(tx.actor.hsa_id, version, tx.now)
            tx.cases.keep_number(case, tx.now.astimezone(STOCKHOLM).year)
            return case, tx.now

    def _check_login(self, actor: str, login: Mapping[str, Any] | None, now: datetime) -> None:
        """Source: S-8; facts §7.3 (freshness)"""
        age = None if login is None else now - login["authenticated_at"]
        if login is None or age is None or not -SKEW <= age <= self.rules.login_age:
            raise refusals.LOGIN_NOT_FRESH(minutes=self.rules.login_age // timedelta(minutes=1))
        if login["acr"] not in self.rules.levels:
            raise refusals.LOGIN_LEVEL()
        if login["hsa_id"] != actor:
            raise refusals.LOGIN_OTHER()

    def _signed(self, case: Case, login: Mapping[str, Any], now: datetime) -> bytes:
        job, assessment = case.latest, case.latest.assessment
        if assessment is None:
            raise refusals.ASSESSMENT_MISSING()
        signatory = Signatory(login["hsa_id"], login["given_name"], login["family_name"])
        try:
            pdf = self.files.content(job.file.key)
            return self.signer.sign(pdf, signatory, _material(case, assessment, now))
        except errors.TimestampUnavailable:
            raise refusals.TIMESTAMPS_AWAY() from None
        except errors.NotSignable:
            raise refusals.NOT_SIGNABLE() from None

    def _record(self, case: Case, command: Command, mark: bytes) -> Json:
        """Make it true: signature, file, state, events, mails and answer in one transaction."""
        with self.database.transaction() as tx:
            tx.cases.save(case)
            if case.latest.state is State.SIGNED:
                for recipient in case.people:
                    tx.mail(recipient, **self.letters.registered(case, case.latest))
            reply = job_view(case)
            tx.answer(command["command_id"], mark, reply)
        return reply


def _material(case: Case, assessment: Assessment, now: datetime) -> SignedMaterial:
    job = case.latest
    return SignedMaterial(
        title=job.title,
        diary_number=case.diary_number or "",
        assessment_sha256=assessment.sha256,
        conclusion=CONCLUSIONS[assessment.conclusion],
        time=now,
        sequence=len(job.signatures) + 1,
        signatories=len(job.signatories),
    )


def _limits(error: errors.Unacceptable) -> dict[str, Any]:
    return {"mebibytes": LARGEST >> 20} if isinstance(error, errors.TooLarge) else {}
