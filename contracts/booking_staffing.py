"""What booking answers about hours that can be booked, against what is needed (Swedish: bemanning).

Source: B-17
"""

from marshmallow import fields

from contracts.base import Query, Reply


class ListStaffing(Query):
    """Hours per week, place and service product; the weeks that fall short most come first.

    Whole weeks, at most 26 at a time.
    """

    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class StaffedWeekView(Reply):
    """A week of one service product at one place.

    A consultant with several competences counts for each, as each hour can go to any of them.
    """

    week_starts_day = fields.Date(required=True)  # its Monday
    week = fields.String(required=True)  # as calendars write it: 2026-W53
    place_name = fields.String(required=True)
    service_product_name = fields.String(required=True)
    consultants = fields.Integer(required=True)  # with the competence, who work there then
    hours_on_duty = fields.Float(required=True)  # of the plans, without holidays
    hours_absent = fields.Float(required=True)  # of these, away or busy
    hours_booked = fields.Float(required=True)
    hours_free = fields.Float(required=True)  # that can still be booked
    # registered and without a time: counted in the first week that is not over
    waiting = fields.Integer(required=True)
    # activities a week, the mean of the last eight weeks
    registered_a_week = fields.Float(required=True)
    hours_needed = fields.Float(required=True)
    hours_short = fields.Float(required=True)


class Staffing(Reply):
    """Weeks with their hours, those that fall short most first."""

    items = fields.List(fields.Nested(StaffedWeekView), required=True)
    # waiting activities of units that have booked nothing yet: nobody knows where they will go
    waiting_elsewhere = fields.Integer(required=True)
