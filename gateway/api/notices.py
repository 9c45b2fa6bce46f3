"""Dated messages to all who use Rampen: asked of ordering."""

from contracts.errors import ordering as errors
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from gateway.api.operations import Operation
from gateway.bus import Ordering

_WORDING = (ROLE_MAY_NOT, errors.NOTICE_PERIOD_WRONG, errors.NOTICE_HALF_ENGLISH, KEY_REUSED)
_KNOWN = (NOT_FOUND, errors.NOTICE_WITHDRAWN, CHANGED_MEANWHILE)

NOTICES = (
    Operation(
        http="GET",
        path="/notices",
        calls=Ordering.list_notices,
        summary="Lista meddelanden",
        text="What you are to read today: safety messages (säkerhetsmeddelanden) first, then the"
        " newest. With `scope=unread` without those that you have read; with `scope=all`, for those"
        " who write them, also what others read, what is yet to come and what is over.",
        refuses=(ROLE_MAY_NOT,),
    ),
    Operation(
        http="POST",
        path="/notices",
        calls=Ordering.publish_notice,
        summary="Publicera ett meddelande",
        text="Shows a message from its first day to its last, to the roles named or to everybody."
        " Operators and customer service only. No personal data.",
        status=201,
        location="/api/v1/notices/{notice_id}",
        refuses=_WORDING,
    ),
    Operation(
        http="GET",
        path="/notices/<uuid:id>",
        path_fields={"id": "notice_id"},
        calls=Ordering.get_notice,
        summary="Visa ett meddelande med historik",
        text="All that the message ever said, newest first, for those who write them.",
        refuses=(ROLE_MAY_NOT, NOT_FOUND),
    ),
    Operation(
        http="POST",
        path="/notices/<uuid:id>/correction",
        path_fields={"id": "notice_id"},
        calls=Ordering.correct_notice,
        summary="Rätta ett meddelande",
        text="Says it otherwise; what it said before is kept. Name the version that you correct:"
        " if somebody has corrected it since, you are refused.",
        status=201,
        refuses=(*_WORDING, *_KNOWN),
    ),
    Operation(
        http="POST",
        path="/notices/<uuid:id>/withdrawal",
        path_fields={"id": "notice_id"},
        calls=Ordering.withdraw_notice,
        summary="Återkalla ett meddelande",
        text="Shows it to nobody any more; it is kept.",
        status=201,
        refuses=(ROLE_MAY_NOT, *_KNOWN, KEY_REUSED),
    ),
    Operation(
        http="POST",
        path="/notices/<uuid:id>/reading",
        path_fields={"id": "notice_id"},
        calls=Ordering.read_notice,
        summary="Märk ett meddelande som läst",
        text="You have read this version of the message; when it is corrected it is new again."
        " Reading it once more changes nothing.",
        status=204,
        refuses=(NOT_FOUND, KEY_REUSED),
    ),
)
