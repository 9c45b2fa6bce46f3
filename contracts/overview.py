"""What waits at ordering for whoever asks, in one answer: a first page costs one question."""

from marshmallow import fields, validate

from contracts.base import Query, Reply
from contracts.notices import NoticePage
from contracts.ordering import Gates, OrderPage


class GetOverview(Query):
    """The first of the actor's unread notices, her gates, and her unit's first open orders.

    Args:
        first: how many of the notices, and of the orders.
    """

    first = fields.Integer(load_default=8, validate=validate.Range(1, 100))


class Overview(Reply):
    """As `list_notices`, `list_gates` and `list_orders` would answer."""

    notices = fields.Nested(NoticePage, required=True)
    gates = fields.Nested(Gates, required=True)
    orders = fields.Nested(OrderPage, required=True)
