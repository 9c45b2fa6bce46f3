"""What signing (Swedish: underskrift) takes, answers and tells.

Signing owns adaptation documents (Swedish: anpassningshandling) with their versions, the functional
risk assessments, signing jobs (Swedish: underskriftsärende), signatures and diary numbers. What a
document or an assessment says is in no event.
"""

from marshmallow import fields, validate

from contracts.base import Command, Event, Flag, PagedQuery, Part, Query, Reply, page_of, sorted_by
from contracts.maintenance import HSA_ID

#: Of one version of a document: out for signatures or verification, or how that ended.
JOB_STATES = ("open", "signed", "declined", "recalled", "expired")
#: Of an adaptation: what its device waits for.
CASE_STATES = ("awaits_document", "awaits_signatures", "awaits_verification", "released")
MEDIA = ("digital", "paper")
CONCLUSIONS = ("acceptable", "acceptable_with_measures", "not_acceptable")
SIGNATORY_STATES = ("waiting", "signed")
SHA256 = validate.Regexp(r"^[0-9a-f]{64}$")
_KEY = validate.Regexp(r"^[0-9a-f]{32,64}$")
_REASON = validate.Length(3, 1000)


class RegisterDocument(Command):
    """Take in an adaptation document that lies in the blob store (Swedish: anpassningshandling).

    Source: S-4
    """

    key = fields.String(required=True, validate=_KEY)
    size = fields.Integer(required=True, validate=validate.Range(0))  # bytes
    sha256 = fields.String(required=True, validate=SHA256)


class SendForSigning(Command):
    """Send a document to those who are to sign it (Swedish: underskriftsärende).

    Args:
        signatories: HSA-IDs; only the prescriber who ordered the adaptation unless told.
        valid_days: for so many days it can be signed; the region's usual unless told.

    Source: S-4, S-7, X-24
    """

    adaptation_id = fields.UUID(required=True)
    document_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=validate.Length(3, 100))
    description = fields.String(load_default="", validate=validate.Length(max=2000))
    signatories = fields.List(
        fields.String(validate=HSA_ID), load_default=list, validate=validate.Length(max=5)
    )
    valid_days = fields.Integer(allow_none=True, load_default=None, validate=validate.Range(1, 365))


class Risk(Part):
    """One risk with how likely and how grave it is, from 1 to 5, and what is done about it."""

    area = fields.String(required=True, validate=validate.Length(1, 100))
    description = fields.String(required=True, validate=validate.Length(3, 1000))
    probability = fields.Integer(required=True, strict=True, validate=validate.Range(1, 5))
    severity = fields.Integer(required=True, strict=True, validate=validate.Range(1, 5))
    measure = fields.String(load_default="", validate=validate.Length(max=1000))
    acceptable = Flag(required=True)


class JobCommand(Command):
    """What changes a signing job."""

    job_id = fields.UUID(required=True)


class AssessRisk(JobCommand):
    """Make the functional risk assessment (Swedish: funktionell riskbedömning).

    Source: S-1, U-11
    """

    risks = fields.List(fields.Nested(Risk), required=True, validate=validate.Length(1, 50))
    conclusion = fields.String(required=True, validate=validate.OneOf(CONCLUSIONS))


class FreshLogin(Part):
    """Who has just logged in anew, as the identity provider says."""

    hsa_id = fields.String(required=True, validate=validate.Length(max=64))
    given_name = fields.String(required=True, validate=validate.Length(max=200))
    family_name = fields.String(required=True, validate=validate.Length(max=200))
    acr = fields.String(required=True, validate=validate.Length(max=200))
    authenticated_at = fields.AwareDateTime(required=True)


class SignJob(JobCommand):
    """Sign the document of a job, by a login made for it (Swedish: skriva under).

    Args:
        assessment_version: the assessment that the signatory has seen.
        login: None where there was no fresh one.

    Source: S-8, S-11
    """

    assessment_version = fields.Integer(required=True, strict=True, validate=validate.Range(1))
    login = fields.Nested(FreshLogin, allow_none=True, load_default=None)


class DeclineJob(JobCommand):
    """Do not sign (Swedish: avböja); the reason is shown to everyone who took part.

    Source: S-10
    """

    reason = fields.String(required=True, validate=_REASON)


class RecallJob(JobCommand):
    """Take a job back that is out (Swedish: återkalla)."""

    reason = fields.String(required=True, validate=_REASON)


class SubmitPaper(Command):
    """Send in the scan of a document that was signed on paper.

    Args:
        signatories: who signed, with the prescriber who ordered the adaptation among them.
        signed_day: the day written beside the last signature.
        assessment_in_scan: whether the prescriber's risk assessment is part of the scan; else it
            is made in Rampen before the scan is verified.

    Source: S-1, S-3
    """

    adaptation_id = fields.UUID(required=True)
    document_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=validate.Length(3, 100))
    signatories = fields.List(
        fields.String(validate=HSA_ID), required=True, validate=validate.Length(1, 5)
    )
    signed_day = fields.Date(required=True)
    assessment_in_scan = Flag(load_default=False)


class VerifyPaper(JobCommand):
    """Somebody else than who sent the scan in has compared it with the paper.

    Source: S-3, S-12
    """


class RejectPaper(JobCommand):
    """The scan does not hold; the technician sends a new one.

    Source: S-3
    """

    reason = fields.String(required=True, validate=_REASON)


class ListSigningCases(PagedQuery):
    """Adaptations that are built, those waiting longest first unless told."""

    sort = sorted_by("built_at", "work_order_number", "individual_number")
    adaptation_id = fields.UUID()
    state = fields.String(validate=validate.OneOf(CASE_STATES))


class ListSigningJobs(PagedQuery):
    """Signing jobs, the latest first unless told.

    Args:
        waits_for: only those that wait for the asker's own signature.
    """

    sort = sorted_by("-sent_at", "work_order_number", "individual_number")
    adaptation_id = fields.UUID()
    state = fields.String(validate=validate.OneOf(JOB_STATES))
    waits_for = fields.String(validate=validate.OneOf(("me",)))


class GetSigningJob(Query):
    """One signing job with its assessment; the look is logged."""

    job_id = fields.UUID(required=True)


class GetJobDocument(Query):
    """The claim of a job's file, as it has become by the signatures; the look is logged."""

    job_id = fields.UUID(required=True)


class GetValidationReport(Query):
    """Whether the signatures of a job's file hold (Swedish: valideringsrapport)."""

    job_id = fields.UUID(required=True)


class RegisteredDocument(Reply):
    """A document that may be signed."""

    document_id = fields.UUID(required=True)
    pages = fields.Integer(required=True)
    size = fields.Integer(required=True)  # bytes
    sha256 = fields.String(required=True)


class SigningCase(Reply):
    """An adaptation that is built, and what it waits for; `job_id` is its latest job's."""

    adaptation_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    individual_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID
    prescriber = fields.String(required=True)  # HSA-ID
    technician = fields.String(required=True)  # HSA-ID
    built_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(CASE_STATES))
    job_id = fields.UUID(required=True, allow_none=True)
    diary_number = fields.String(required=True, allow_none=True)


class SignatoryView(Reply):
    """Who is to sign, and when that was done."""

    hsa_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(SIGNATORY_STATES))
    signed_at = fields.AwareDateTime(required=True, allow_none=True)


class SigningJobSummary(Reply):
    """One version of an adaptation document, out for signatures or after that.

    Args:
        signatures: how many there are; `wanted`, how many there are to be.
        assessment_version: of the latest risk assessment, where there is one.

    Source: S-10
    """

    job_id = fields.UUID(required=True)
    adaptation_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    individual_number = fields.String(required=True)
    version = fields.Integer(required=True)
    medium = fields.String(required=True, validate=validate.OneOf(MEDIA))
    state = fields.String(required=True, validate=validate.OneOf(JOB_STATES))
    signatures = fields.Integer(required=True)
    wanted = fields.Integer(required=True)
    assessment_version = fields.Integer(required=True, allow_none=True)
    sent_at = fields.AwareDateTime(required=True)
    last_day = fields.Date(required=True, allow_none=True)  # on which it can be signed
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    diary_number = fields.String(required=True, allow_none=True)  # once registered


class RiskView(Reply):
    """One risk with how likely and how grave it is, from 1 to 5, and what is done about it."""

    area = fields.String(required=True)
    description = fields.String(required=True)
    probability = fields.Integer(required=True)
    severity = fields.Integer(required=True)
    measure = fields.String(required=True)
    acceptable = fields.Boolean(required=True)


class AssessmentView(Reply):
    """A functional risk assessment; `sha256` is of its canonical JSON, and is what gets signed."""

    version = fields.Integer(required=True)
    risks = fields.List(fields.Nested(RiskView), required=True)
    conclusion = fields.String(required=True, validate=validate.OneOf(CONCLUSIONS))
    made_by = fields.String(required=True)  # HSA-ID
    made_at = fields.AwareDateTime(required=True)
    sha256 = fields.String(required=True)


class SigningJobView(SigningJobSummary):
    """One signing job as its signatories see it.

    Source: S-10
    """

    title = fields.String(required=True)
    description = fields.String(required=True)
    sent_by = fields.String(required=True)  # HSA-ID
    signatories = fields.List(fields.Nested(SignatoryView), required=True)
    document = fields.Nested(RegisteredDocument, required=True)  # as it was sent
    assessment = fields.Nested(AssessmentView, required=True, allow_none=True)
    signed_day = fields.Date(required=True, allow_none=True)  # on paper
    assessment_in_scan = fields.Boolean(required=True)
    closed_by = fields.String(required=True, allow_none=True)  # HSA-ID
    reason = fields.String(required=True, allow_none=True)


class FileClaim(Reply):
    """Where a file lies in the blob store, and what people call it."""

    key = fields.String(required=True)
    size = fields.Integer(required=True)  # bytes
    sha256 = fields.String(required=True)
    file_name = fields.String(required=True)


class ReportedSignature(Reply):
    """One signature, by what the file itself says.

    Args:
        signed_at: by the timestamp authority.
        level: B-LT and the like.
    """

    hsa_id = fields.String(required=True)
    signed_at = fields.AwareDateTime(required=True, allow_none=True)
    level = fields.String(required=True)
    intact = fields.Boolean(required=True)
    covers_document = fields.Boolean(required=True)
    trusted = fields.Boolean(required=True)
    holds = fields.Boolean(required=True)


class ValidationReport(Reply):
    """Whether the signatures of a file hold (Swedish: valideringsrapport); times are UTC."""

    job_id = fields.UUID(required=True)
    sha256 = fields.String(required=True)
    holds = fields.Boolean(required=True)
    validated_at = fields.AwareDateTime(required=True)
    signatures = fields.List(fields.Nested(ReportedSignature), required=True)


SigningCasePage = page_of(SigningCase)
SigningJobPage = page_of(SigningJobSummary)


class JobEvent(Event):
    """What every event of a signing job tells.

    Args:
        version: of the adaptation document, from 1; every one has a job of its own.
    """

    adaptation_id = fields.UUID(required=True)
    job_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    work_order_number = fields.String(required=True)
    individual_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID


class DocumentSignedV1(JobEvent):
    """Everybody has signed: the device may be taken into use.

    Source: S-1, S-12
    """

    event_type = "signing.document.signed.v1"

    diary_number = fields.String(required=True)
    signed_at = fields.AwareDateTime(required=True)


class DocumentTakenOnPaperV1(JobEvent):
    """A document signed on paper was verified: the device may be taken into use.

    Source: S-1, S-3
    """

    event_type = "signing.document.taken_on_paper.v1"

    diary_number = fields.String(required=True)
    verified_at = fields.AwareDateTime(required=True)


class DocumentDeclinedV1(JobEvent):
    """A signatory does not sign; the technician makes a new version.

    Source: S-10
    """

    event_type = "signing.document.declined.v1"

    declined_at = fields.AwareDateTime(required=True)


class DocumentExpiredV1(JobEvent):
    """Nobody signed while the job was valid; the technician sends a new one.

    Source: S-7
    """

    event_type = "signing.document.expired.v1"

    expired_at = fields.AwareDateTime(required=True)
