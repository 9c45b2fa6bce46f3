"""What signing (Swedish: underskrift) takes, answers and tells.

Signing owns adaptation documents (Swedish: anpassningshandling) with their versions, the functional
risk assessments, signing jobs (Swedish: underskriftsärende), signatures and diary numbers.
"""

from marshmallow import fields

from contracts.base import Event


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
