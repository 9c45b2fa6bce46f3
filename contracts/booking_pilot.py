"""What booking takes and answers about the pilot: who books on the web, and what they think of it.

Source: B-3
"""

from datetime import date

from marshmallow import fields, validate

from contracts.base import Command, PagedQuery, Query, Reply, page_of


class ConnectGroup(Command):
    """Say from when, and until when, the units of a customer group book on the web.

    A group of the same name is changed. While there is no group at all, everybody books.
    """

    name = fields.String(required=True, validate=validate.Length(1, 100))
    units = fields.List(
        fields.String(validate=validate.Length(1, 64)),
        required=True,
        validate=validate.Length(1, 1000),
    )
    first_day = fields.Date(required=True)
    last_day = fields.Date(allow_none=True, load_default=None)  # None: from then on


class GroupView(Reply):
    """A customer group, and the days on which it books on the web."""

    name = fields.String(required=True)
    units = fields.List(fields.String(), required=True)  # HSA-ID
    first_day = fields.Date(required=True)
    last_day = fields.Date(allow_none=True)


class ListGroups(Query):
    """The customer groups, by their first day."""


class Groups(Reply):
    items = fields.List(fields.Nested(GroupView), required=True)


class GetQuestionnaire(Query):
    """The questions about a visit, for the one who asks."""

    booking_id = fields.UUID(required=True)


class ListQuestionnaires(Query):
    """The visits of the last two weeks that the actor was at and has not answered about."""


class WaitingQuestionnaire(Reply):
    """A visit that somebody is asked about."""

    booking_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    place_name = fields.String(required=True)
    start = fields.AwareDateTime(required=True)


class WaitingQuestionnaires(Reply):
    items = fields.List(fields.Nested(WaitingQuestionnaire), required=True)


class QuestionView(Reply):
    question = fields.String(required=True)
    sv = fields.String(required=True)
    en = fields.String(required=True)


class Questionnaire(Reply):
    """What a prescriber, or a consultant, is asked after a visit; each from 1 (no) to 5 (yes)."""

    booking_id = fields.UUID(required=True)
    asked_as = fields.String(required=True)  # prescriber or consultant
    items = fields.List(fields.Nested(QuestionView), required=True)
    answered = fields.Boolean()  # whether the one who asks has


class AnswerQuestionnaire(Command):
    """Answer all questions about a visit; once for each person and visit.

    The comment must hold nothing about a patient.
    """

    booking_id = fields.UUID(required=True)
    answers = fields.Dict(
        keys=fields.String(),  # all of the questionnaire's questions, and no others
        values=fields.Integer(strict=True, validate=validate.Range(1, 5)),
        required=True,
    )
    comment = fields.String(load_default="", validate=validate.Length(0, 500))


class QuestionnaireAnswered(Reply):
    """The answers were taken."""

    booking_id = fields.UUID(required=True)


class ListEvaluations(Query):
    """What was answered, per place, about visits of the months that these days lie in.

    Of all, unless told. Whole months, as for the comments: the answers of one day are one person's.
    """

    first_day = fields.Date(load_default=date.min)
    last_day = fields.Date(load_default=date.max)


class EvaluationView(Reply):
    """How one question was answered at one place."""

    place_name = fields.String(required=True)
    asked_as = fields.String(required=True)
    question = fields.String(required=True)
    answers = fields.Integer(required=True)  # how many
    mean = fields.Float(required=True)
    low = fields.Integer(required=True)  # how many answered 1 or 2
    sv = fields.String()  # the question
    en = fields.String()


class Evaluations(Reply):
    """Results of the questionnaires, per place and question."""

    items = fields.List(fields.Nested(EvaluationView), required=True)


class ListComments(PagedQuery):
    """What was written about visits of the months that these days lie in; of all, unless told.

    Whole months, so that no visit, and with it nobody who was there, can be singled out.
    """

    first_day = fields.Date(load_default=date.min)
    last_day = fields.Date(load_default=date.max)


class CommentView(Reply):
    """A comment, without who wrote it."""

    place_name = fields.String(required=True)
    asked_as = fields.String(required=True)
    month = fields.String(required=True)  # of the visit
    comment = fields.String(required=True)


CommentPage = page_of(CommentView)
