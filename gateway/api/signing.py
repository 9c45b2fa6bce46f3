"""Adaptation documents, sent, assessed and signed: asked of signing."""

from flask import request
from marshmallow import fields, validate

from contracts.base import Part
from contracts.errors import signing as errors
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from gateway.api.files import Download, Upload
from gateway.api.operations import Json, Operation
from gateway.auth import step_up
from gateway.bus import Method, Signing

_SEND = (
    ROLE_MAY_NOT,
    NOT_FOUND,
    errors.DOCUMENT_UNKNOWN,
    errors.RELEASED,
    errors.JOB_OUT,
    errors.PRESCRIBER_NOT_AMONG,
    CHANGED_MEANWHILE,
    KEY_REUSED,
)
_CHANGE = (NOT_FOUND, errors.JOB_STATE, errors.JOB_EXPIRED, CHANGED_MEANWHILE, KEY_REUSED)


class SignJobRequest(Part):
    """What a signatory sends to sign: which assessment she has seen.

    Source: S-11
    """

    assessment_version = fields.Integer(required=True, strict=True, validate=validate.Range(1))


def _with_login(sent: Json) -> Json:
    """Add the fresh login made for the job, or that there is none."""
    job_id = str((request.view_args or {})["id"])
    return sent | {"login": step_up.login_for(job_id)}


def _send(path: str, calls: Method, summary: str, text: str, *refuses) -> Operation:
    return Operation(
        http="POST",
        path=f"/signing-cases/<uuid:id>/{path}",
        path_fields={"id": "adaptation_id"},
        calls=calls,
        summary=summary,
        text=text,
        status=201,
        location="/api/v1/signing-jobs/{job_id}",
        refuses=(*_SEND, *refuses),
    )


def _change(path: str, calls: Method, summary: str, text: str, *refuses) -> Operation:
    return Operation(
        http="POST",
        path=f"/signing-jobs/<uuid:id>/{path}",
        path_fields={"id": "job_id"},
        calls=calls,
        summary=summary,
        text=text,
        status=201,
        refuses=(*_CHANGE, *refuses),
    )


DOCUMENTS = (
    Upload(
        http="POST",
        path="/signing-documents",
        calls=Signing.register_document,
        summary="Ladda upp en anpassningshandling",
        text="Takes in the PDF file itself, at most 25 MiB. It must be whole, not encrypted, and"
        " without scripts, attachments, forms or signatures. What is answered names it as it is"
        " sent to be signed.",
        status=201,
        refuses=(
            ROLE_MAY_NOT,
            KEY_REUSED,
            CHANGED_MEANWHILE,
            errors.DOCUMENT_UNKNOWN,
            errors.NOT_PDF,
            errors.DAMAGED,
            errors.TOO_LARGE,
            errors.TOO_COMPLEX,
            errors.NO_PAGES,
            errors.ENCRYPTED,
            errors.ACTIVE_CONTENT,
            errors.EMBEDDED_CONTENT,
            errors.ALREADY_SIGNED,
        ),
    ),
)
CASES = (
    Operation(
        http="GET",
        path="/signing-cases",
        calls=Signing.list_signing_cases,
        summary="Lista byggda anpassningar",
        text="Adaptations that are built, and what each waits for: its document, signatures,"
        " verification, or nothing more. Those built first come first.",
    ),
    _send(
        "jobs",
        Signing.send_for_signing,
        "Skicka för underskrift",
        "Sends an uploaded document to its signatories: the prescriber who ordered the adaptation,"
        " and others if told. Each gets a mail with a link. It can be signed for 30 days unless"
        " told.",
    ),
    _send(
        "papers",
        Signing.submit_paper,
        "Skicka in en handling på papper",
        "Sends in the scan of a document that was signed on paper. A colleague verifies it.",
        errors.DAY_AHEAD,
    ),
)
JOBS = (
    Operation(
        http="GET",
        path="/signing-jobs",
        calls=Signing.list_signing_jobs,
        summary="Lista underskriftsärenden",
        text="The jobs that you are to sign and those of your unit, at the supply centre"
        " everybody's; the latest first, unless `sort` says otherwise.",
    ),
    Operation(
        http="GET",
        path="/signing-jobs/<uuid:id>",
        path_fields={"id": "job_id"},
        calls=Signing.get_signing_job,
        summary="Visa ett underskriftsärende",
        text="One job with its signatories, risk assessment and document. The look is logged.",
        refuses=(NOT_FOUND,),
    ),
    Download(
        http="GET",
        path="/signing-jobs/<uuid:id>/document",
        path_fields={"id": "job_id"},
        calls=Signing.get_job_document,
        summary="Läs handlingen",
        text="The PDF file as it is now, with the signatures that there are. The look is logged.",
        refuses=(NOT_FOUND,),
    ),
    Operation(
        http="GET",
        path="/signing-jobs/<uuid:id>/validation",
        path_fields={"id": "job_id"},
        calls=Signing.get_validation_report,
        summary="Visa valideringsrapporten",
        text="Who has signed the file and whether that holds, by what the file itself says.",
        refuses=(NOT_FOUND, errors.NOT_SIGNED),
    ),
    _change(
        "assessments",
        Signing.assess_risk,
        "Gör riskbedömningen",
        "The functional risk assessment of the prescriber who ordered the adaptation; again, and"
        " it is a new version. Its hash becomes part of what is signed.",
        errors.NOT_ASSESSOR,
        errors.ASSESSMENT_SIGNED,
        errors.CONCLUSION_CONTRADICTS,
    ),
    Operation(
        http="POST",
        path="/signing-jobs/<uuid:id>/signature",
        path_fields={"id": "job_id"},
        calls=Signing.sign_job,
        takes=SignJobRequest,
        complete=_with_login,
        summary="Skriv under",
        text="Signs the document, after a new login for this very job, at most three minutes old:"
        " people go to /login/signing/{id} for it, programs bring a token with such an auth_time.",
        status=201,
        refuses=(
            *_CHANGE,
            errors.LOGIN_NOT_FRESH,
            errors.LOGIN_LEVEL,
            errors.LOGIN_OTHER,
            errors.OTHER_MEDIUM,
            errors.NOT_SIGNATORY,
            errors.SIGNED_ALREADY,
            errors.ASSESSMENT_MISSING,
            errors.ASSESSMENT_CHANGED,
            errors.NOT_ACCEPTABLE,
            errors.NOT_SIGNABLE,
            errors.TIMESTAMPS_AWAY,
        ),
    ),
    _change(
        "refusal",
        Signing.decline_job,
        "Avböj",
        "A signatory does not sign, and says why. Everyone who takes part is told; the technician"
        " sends a new version.",
        errors.NOT_SIGNATORY,
        errors.OTHER_MEDIUM,
    ),
    _change(
        "recall",
        Signing.recall_job,
        "Återkalla",
        "The technician takes back what is out, and says why.",
        ROLE_MAY_NOT,
    ),
    _change(
        "verification",
        Signing.verify_paper,
        "Godkänn en handling på papper",
        "Somebody else than who sent it in has compared the scan with the paper: it is registered.",
        ROLE_MAY_NOT,
        errors.OTHER_MEDIUM,
        errors.OWN_PAPER,
        errors.ASSESSMENT_MISSING,
        errors.NOT_ACCEPTABLE,
    ),
    _change(
        "rejection",
        Signing.reject_paper,
        "Underkänn en handling på papper",
        "The scan does not hold, for the reason told; the technician sends a new one.",
        ROLE_MAY_NOT,
        errors.OTHER_MEDIUM,
        errors.OWN_PAPER,
    ),
)
