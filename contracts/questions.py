"""Several questions to one service in one message: what a page asks is one round trip."""

from marshmallow import fields, validate

from contracts.base import Part, Query, Reply

MOST = 30  # questions in one message


class Question(Part):
    """One of them.

    Args:
        method: of the service; one that asks, not one that changes.
        message: as that method takes it.
    """

    method = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9_]{0,99}$"))
    message = fields.Dict(keys=fields.String(), required=True)


class AnswerAll(Query):
    """Questions that have nothing to do with each other: one that is refused spoils no other."""

    questions = fields.List(
        fields.Nested(Question), required=True, validate=validate.Length(1, MOST)
    )


class Answer(Reply):
    """What a question would have been answered in a message of its own.

    Args:
        error: what it was refused for, as RPC carries it; None when it was answered.
    """

    result = fields.Raw(required=True, allow_none=True)
    error = fields.Dict(required=True, allow_none=True)


class Answers(Reply):
    """One for each question, in their order."""

    items = fields.List(fields.Nested(Answer), required=True)
