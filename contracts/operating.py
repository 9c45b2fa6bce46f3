"""What every service answers to operators: what waits to be told, and what it gave up on.

No message holds what an event holds: its id, type and reason are enough to decide.
"""

from marshmallow import fields, validate

from contracts.base import Command, PagedQuery, Query, Reply

#: Name of a handler: a method of the service.
HANDLER = validate.Regexp(r"^[a-z][a-z0-9_]{0,99}$")
#: As the message brings it; whatever cannot be read may have none, or one that is no UUID.
EVENT_ID = validate.Length(max=255)


class GetOutbox(Query):
    """How many events wait to be published, and since when."""


class ListDeadLetters(PagedQuery):
    """What the service's handlers gave up on, by handler, the oldest first."""


class ReplayDeadLetters(Command):
    """Give dead letters back to the handler that gave up on them, with all attempts before them.

    Args:
        event_id: without it, every one of the handler's; so many as a call has time for.
    """

    handler = fields.String(required=True, validate=HANDLER)
    event_id = fields.String(validate=EVENT_ID)


class DiscardDeadLetter(Command):
    """Delete a dead letter for good: its handler will never handle that event."""

    handler = fields.String(required=True, validate=HANDLER)
    event_id = fields.String(required=True, validate=EVENT_ID)


class OutboxView(Reply):
    """What waits to be published.

    Args:
        oldest_at: when the oldest of them was told; None when none waits.
    """

    waiting = fields.Integer(required=True)
    oldest_at = fields.AwareDateTime(required=True, allow_none=True)


class DeadLetterView(Reply):
    """An event that a handler gave up on.

    Args:
        event_id: empty when the message has none.
        reason: class of the error, and its code; never its text.
        attempts: how often it was tried again; 0 for what cannot be read.
    """

    handler = fields.String(required=True)
    event_id = fields.String(required=True)
    event_type = fields.String(required=True)
    reason = fields.String(required=True)
    attempts = fields.Integer(required=True)
    failed_at = fields.AwareDateTime(required=True)


class DeadLetterPage(Reply):
    """One page of dead letters; `waiting` counts all that there are."""

    items = fields.List(fields.Nested(DeadLetterView), required=True)
    more = fields.Boolean(required=True)
    waiting = fields.Integer(required=True)


class DeadLettersTaken(Reply):
    """How many dead letters were replayed or discarded, and how many the handler still has."""

    count = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
