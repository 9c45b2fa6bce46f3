"""What booking takes and answers about what ordering, booking and the scheduler say (avstämning).

Source: B-16
"""

from marshmallow import fields, validate

from contracts.base import Command, PagedQuery, Query, Reply, page_of

KINDS = (
    "missing_in_scheduler",
    "cancelled_in_scheduler",
    "moved_in_scheduler",
    "only_in_scheduler",
    "state_in_ordering",
    "unknown_to_ordering",
    "unknown_to_booking",
)


class StartReconciliation(Command):
    """Compare all that ordering, booking and the scheduler say; twice, with a while between.

    One goes on at a time; another is refused until it is done.
    """


class GetReconciliation(Query):
    reconciliation_id = fields.UUID(required=True)


class ListReconciliations(PagedQuery):
    """The runs, newest first."""


class ListDifferences(PagedQuery):
    """What differs, newest first; with the state `all` also what does so no longer."""

    kind = fields.String(validate=validate.OneOf(KINDS))
    state = fields.String(load_default="open", validate=validate.OneOf(("open", "all")))


class ReconciliationView(Reply):
    """A run, and how far it has come."""

    reconciliation_id = fields.UUID(required=True)
    asked_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)  # first_look, second_look or done
    stage = fields.String(required=True)  # scheduler, ordering or done
    compared = fields.Integer(required=True)  # bookings and work orders so far, in both looks
    differences = fields.Integer(required=True)  # that count, of those it has seen
    repaired = fields.Integer(required=True)
    trouble = fields.String(required=True, allow_none=True)  # why it waits
    finished_at = fields.AwareDateTime(required=True, allow_none=True)


class DifferenceView(Reply):
    """What differs, what each says of it, and since when."""

    difference_id = fields.Integer(required=True)
    kind = fields.String(required=True)
    work_order_number = fields.String(required=True, allow_none=True)
    activity_id = fields.UUID(required=True, allow_none=True)
    scheduler_id = fields.Integer(required=True, allow_none=True)
    booking_says = fields.String(required=True, allow_none=True)  # None: nothing
    scheduler_says = fields.String(required=True, allow_none=True)
    ordering_says = fields.String(required=True, allow_none=True)
    since = fields.AwareDateTime(required=True)
    last_seen = fields.AwareDateTime(required=True)
    repaired_at = fields.AwareDateTime(required=True, allow_none=True)
    gone_at = fields.AwareDateTime(required=True, allow_none=True)


ReconciliationPage = page_of(ReconciliationView)
DifferencePage = page_of(DifferenceView)
