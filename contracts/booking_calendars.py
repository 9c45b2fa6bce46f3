"""What booking takes and answers about consultants' calendars (Swedish: kalendrar).

Source: B-16
"""

from marshmallow import fields, validate

from contracts.base import Command, Query, Reply


class LinkConsultant(Command):
    """Say which person a consultant of the scheduler is."""

    consultant_id = fields.Integer(
        required=True, strict=True, validate=validate.Range(0, 2**31 - 1)
    )
    hsa_id = fields.String(required=True, validate=validate.Length(1, 64))


class ConsultantLink(Reply):
    """Who a consultant is."""

    consultant_id = fields.Integer(required=True)
    hsa_id = fields.String(required=True)


class MakeCalendarAddress(Command):
    """Make a new secret address of the actor's calendar; the one before leads nowhere then."""


class RevokeCalendarAddress(Command):
    address_id = fields.UUID(required=True)


class ListCalendarAddresses(Query):
    """The valid address of the actor's calendar, if any; not the secret in it."""


class CalendarAddressView(Reply):
    """A secret address that a calendar program subscribes to."""

    address_id = fields.UUID(required=True)
    made_at = fields.AwareDateTime(required=True)
    # below Rampen's address; shown once, when it is made
    path = fields.String(allow_none=True)


class CalendarAddresses(Reply):
    items = fields.List(fields.Nested(CalendarAddressView), required=True)


class GetCalendar(Query):
    """What is at a secret address, of which only the SHA-256 is known here, in hexadecimal."""

    secret_hash = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))


class CalendarText(Reply):
    text = fields.String(required=True)  # iCalendar


class AddFeed(Command):
    """Read the busy times of the actor's published calendar, and block them."""

    address = fields.String(required=True, validate=validate.Length(1, 2000))


class RemoveFeed(Command):
    """Read the calendar no longer; its times block no more."""

    feed_id = fields.UUID(required=True)


class ReadFeed(Command):
    """Read the calendar now."""

    feed_id = fields.UUID(required=True)


class ListFeeds(Query):
    """The actor's calendars that are read."""


class FeedProblem(Reply):
    """Why a calendar could not be read; the times known before hold."""

    code = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    wrong_sv = fields.String(required=True)
    action_sv = fields.String(required=True)
    wrong_en = fields.String(required=True)
    action_en = fields.String(required=True)


class FeedView(Reply):
    """A calendar whose busy times are read."""

    feed_id = fields.UUID(required=True)
    host = fields.String(required=True)  # the rest of the address is secret
    added_at = fields.AwareDateTime(required=True)
    checked_at = fields.AwareDateTime(allow_none=True)  # None: not yet
    next_at = fields.AwareDateTime(required=True)  # when it is read again, at the earliest
    busy_periods = fields.Integer(allow_none=True)
    problem = fields.Nested(FeedProblem, allow_none=True)


class Feeds(Reply):
    items = fields.List(fields.Nested(FeedView), required=True)
