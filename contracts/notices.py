"""Dated messages to all who use Rampen (Swedish: meddelanden): what ordering takes and answers.

Source: A-1
"""

from marshmallow import fields, validate

from contracts.actor import ROLES
from contracts.base import Command, PagedQuery, Query, Reply, page_of

NOTICE_KINDS = ("safety", "message", "news")  # säkerhetsmeddelande, meddelande, nyheter
NOTICE_STATES = ("coming", "current", "ended", "withdrawn")
SCOPES = ("mine", "unread", "all")
TITLE = validate.Length(3, 120)
TEXT = validate.Length(3, 4000)


class Wording(Command):
    """What a notice says, to whom and when; no personal data.

    Args:
        title, text: in Swedish; `english_title` and `english_text` both or neither.
        valid_from: the first day, Swedish time, on which it is shown.
        valid_until: the last one; without it until it is withdrawn.
        roles: who is to read it; none for everybody.
    """

    kind = fields.String(required=True, validate=validate.OneOf(NOTICE_KINDS))
    title = fields.String(required=True, validate=TITLE)
    text = fields.String(required=True, validate=TEXT)
    english_title = fields.String(validate=TITLE)
    english_text = fields.String(validate=TEXT)
    valid_from = fields.Date(required=True)
    valid_until = fields.Date()
    roles = fields.List(
        fields.String(validate=validate.OneOf(ROLES)),
        load_default=list,
        validate=validate.Length(max=len(ROLES)),
    )


class PublishNotice(Wording):
    """Have a new notice shown from its first day on."""


class CorrectNotice(Wording):
    """Say it otherwise; what it said before is kept.

    Args:
        version: that the correction is of.
    """

    notice_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))


class WithdrawNotice(Command):
    """Show a notice to nobody any more; it is kept."""

    notice_id = fields.UUID(required=True)


class ReadNotice(Command):
    """Have read what a notice says: it is new to the actor no more, until it is corrected.

    Args:
        version: that was read.
    """

    notice_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))


class ListNotices(PagedQuery):
    """The notices that the actor is to read today, those of safety first, then the newest.

    Args:
        scope: `unread` leaves out what the actor has read; `all` is for those who write them: also
            what others read, is yet to come, or over.
    """

    scope = fields.String(load_default="mine", validate=validate.OneOf(SCOPES))


class GetNotice(Query):
    """One notice with all that it ever said, for those who write them."""

    notice_id = fields.UUID(required=True)


class NoticeView(Reply):
    """A notice as it is now; `roles` is empty when it is for everybody."""

    notice_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(NOTICE_KINDS))
    title = fields.String(required=True)
    text = fields.String(required=True)
    english_title = fields.String(required=True, allow_none=True)
    english_text = fields.String(required=True, allow_none=True)
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    state = fields.String(required=True, validate=validate.OneOf(NOTICE_STATES))


class ListedNotice(NoticeView):
    """A notice as one of a list; `is_unread` while the actor is to read this version of it."""

    is_unread = fields.Boolean(required=True)


class WrittenNotice(NoticeView):
    """A notice as it was said once, by whom (HSA-ID) and when."""

    written_by = fields.String(required=True)
    written_at = fields.AwareDateTime(required=True)


class NoticeHistory(Reply):
    """All that a notice ever said, the newest first."""

    items = fields.List(fields.Nested(WrittenNotice), required=True)


NoticePage = page_of(ListedNotice)
