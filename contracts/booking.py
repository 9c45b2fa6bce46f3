"""What booking (Swedish: bokning) takes, answers and tells.

Booking owns consultation activities with their clock, holds and bookings.
"""

from marshmallow import fields, validate

from contracts.base import Command, Event, Flag, PagedQuery, Part, Query, Reply, page_of, sorted_by
from contracts.ordering import WORK_ORDER_NUMBER

ACTIVITY_STATES = ("registered", "booking", "booked", "held", "no_show", "closed")
OUTCOMES = ("held", "no_show")
REBOOKING_CAUSES = ("prescriber_prevented", "patient_prevented", "consultant_prevented", "other")


MONTH = validate.Regexp(r"^20[0-9]{2}-(0[1-9]|1[0-2])$", error="Must be a month such as 2026-05.")


class HoldTime(Command):
    """Keep a free time while the form is filled in.

    What the actor held for the same activity before is let go, once the new time is held. Until
    then it is taken: a time that overlaps it is had by letting go of it first.

    Source: B-8, B-9, B-10
    """

    activity_id = fields.UUID(required=True)
    place_id = fields.Integer(required=True, strict=True)
    service_product_id = fields.Integer(required=True, strict=True)
    start = fields.AwareDateTime(required=True)
    # None: the first free
    consultant_id = fields.Integer(allow_none=True, load_default=None, strict=True)


class ExtendHold(Command):
    """Keep a held time longer, while the form is still being filled in."""

    hold_id = fields.UUID(required=True)


class ReleaseHold(Command):
    hold_id = fields.UUID(required=True)


class ListHolds(Query):
    """The times that the actor holds now for the own unit, in order of time.

    Those for another unit where she works count, but are seen there.
    """


class OtherPart(Part):
    """The other work order of a visit, and the time held for it, right before or after the first.

    Source: B-14
    """

    hold_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True, validate=WORK_ORDER_NUMBER)


class BookTime(Command):
    """Book the time held, with work order number and telephone (both mandatory).

    With `together_with`, two work orders in one visit: both are booked, or neither is; the answer
    is the earlier booking.

    Source: B-9, B-14
    """

    hold_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True, validate=WORK_ORDER_NUMBER)
    telephone = fields.String(required=True, validate=validate.Length(1, 40))
    together_with = fields.Nested(OtherPart)


class CancelBooking(Command):
    """Give a booked time back; the activity's clock starts anew.

    Of two work orders in one visit the other keeps its time, unless it is the `whole_visit`.

    Source: B-12, B-14
    """

    booking_id = fields.UUID(required=True)
    whole_visit = Flag()


class RebookTime(Command):
    """Move a booked time to another, at the same place and for the same service product.

    The old time is kept until the new one is had. Of two work orders in one visit the other keeps
    its time, unless it is the `whole_visit`: then it follows at the same distance.

    Source: B-10, B-12, B-14, X-25
    """

    booking_id = fields.UUID(required=True)
    start = fields.AwareDateTime(required=True)
    # None: the first free
    consultant_id = fields.Integer(allow_none=True, load_default=None, strict=True)
    cause = fields.String(required=True, validate=validate.OneOf(REBOOKING_CAUSES))
    whole_visit = Flag()


class RecordOutcome(Command):
    """Note what became of a visit; with `follow_up` a new work order is opened for what remains."""

    booking_id = fields.UUID(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    note = fields.String(load_default="", validate=validate.Length(max=1000))
    follow_up = Flag(load_default=False)


class ReopenActivity(Command):
    """Open a closed activity again, with a new window; the old closing stays in its history.

    Source: B-6
    """

    activity_id = fields.UUID(required=True)


class CountUnbooked(Query):
    """How many activities closed without a booking, by month, unit and product area.

    Both months included; at most 24.

    Source: B-6
    """

    first_month = fields.String(validate=MONTH)  # eleven months ago unless told
    last_month = fields.String(validate=MONTH)  # the present one unless told


class ListPlaces(Query):
    """The places (Swedish: orter) that have consultations."""


class ListServiceProducts(Query):
    """The service products (Swedish: tjänsteprodukter) of one place."""

    place_id = fields.Integer(required=True)


class ListFreeTimes(Query):
    """Free times, both days included; at most 62 days at a time.

    With `other_service_product_id`, those long enough for both, one after the other with the same
    consultant.

    Source: B-8, B-10, B-13, B-14
    """

    place_id = fields.Integer(required=True)
    service_product_id = fields.Integer(required=True)
    other_service_product_id = fields.Integer()
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    consultant_id = fields.Integer()


class GetActivity(Query):
    activity_id = fields.UUID(required=True)


class ListActivities(PagedQuery):
    """The activities of the actor's unit; those whose window ends first come first unless told."""

    sort = sorted_by("closes_at", "work_order_number", "registered_at")
    state = fields.String(validate=validate.OneOf(ACTIVITY_STATES))
    work_order_number = fields.String(validate=WORK_ORDER_NUMBER)  # of the one sought


class GetBooking(Query):
    booking_id = fields.UUID(required=True)


class PlaceView(Reply):
    place_id = fields.Integer(required=True)
    name = fields.String(required=True)


class Places(Reply):
    items = fields.List(fields.Nested(PlaceView), required=True)


class ServiceProductView(Reply):
    service_product_id = fields.Integer(required=True)
    name = fields.String(required=True)
    duration = fields.Integer(required=True)  # minutes


class ServiceProducts(Reply):
    items = fields.List(fields.Nested(ServiceProductView), required=True)


class ConsultantView(Reply):
    consultant_id = fields.Integer(required=True)
    name = fields.String(required=True)


class FreeTimeView(Reply):
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    consultant_ids = fields.List(fields.Integer(), required=True)
    other_start = fields.AwareDateTime(allow_none=True)  # of the other service product. B-14


class FreeTimes(Reply):
    items = fields.List(fields.Nested(FreeTimeView), required=True)
    consultants = fields.List(fields.Nested(ConsultantView), required=True)


class HoldView(Reply):
    """A time held; it is let go at `expires_at` unless booked before."""

    hold_id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    work_order_number = fields.String()
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    extensible = fields.Boolean()  # False: it has been held longer as often as it may be
    # False: a warning, as another service product was proposed; None: none was. Source: B-15
    suits_proposal = fields.Boolean(allow_none=True)


class Holds(Reply):
    items = fields.List(fields.Nested(HoldView), required=True)


class BookingView(Reply):
    """A booked consultation."""

    booking_id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    place_name = fields.String(required=True)
    service_product_name = fields.String(required=True)
    consultant_name = fields.String(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    telephone = fields.String(required=True)  # E.164
    state = fields.String(required=True)  # booked, cancelled, held or no_show
    place_id = fields.Integer(allow_none=True)  # None: booked before it was noted
    service_product_id = fields.Integer(allow_none=True)
    suits_proposal = fields.Boolean(allow_none=True)  # False: another was proposed
    visit_id = fields.UUID(allow_none=True)  # the same for two work orders in one visit. B-14
    together_with = fields.String(allow_none=True)  # number of the other work order in the visit
    rebookings = fields.Integer()  # how often it has been moved
    outcome_note = fields.String()
    follow_up = fields.Boolean()  # whether a new work order was opened for what remained


class ClosingView(Reply):
    """When and why an activity was closed, and when it was opened again."""

    closed_at = fields.AwareDateTime(required=True)
    cause = fields.String(required=True)
    reopened_at = fields.AwareDateTime(required=True, allow_none=True)


class ActivityView(Reply):
    """A consultation activity, and how long it stays open without a booked time."""

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    state = fields.String(required=True)
    registered_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(allow_none=True)  # None when no clock runs
    cause = fields.String(allow_none=True)  # why it was closed
    booking = fields.Nested(BookingView, allow_none=True)
    iso_code = fields.String(allow_none=True)  # of the device or product area that it concerns
    proposed_service_product_id = fields.Integer(allow_none=True)  # None: nothing to go by
    closings = fields.List(fields.Nested(ClosingView))  # oldest first


class UnbookedView(Reply):
    """What became of one unit's activities of one product area in one month."""

    month = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID
    iso_code = fields.String(required=True, allow_none=True)  # None: nobody has said
    service_product_id = fields.Integer(allow_none=True)  # the one proposed
    registered = fields.Integer(required=True)
    closed_unbooked = fields.Integer(required=True)
    reopened = fields.Integer(required=True)


class Unbooked(Reply):
    """How many activities closed without a booking."""

    items = fields.List(fields.Nested(UnbookedView), required=True)


ActivityPage = page_of(ActivityView)


class ActivityBookedV1(Event):
    """A time was booked for an activity."""

    event_type = "booking.activity.booked.v1"

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    booking_id = fields.UUID(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    booked_at = fields.AwareDateTime(required=True)


class ActivityRebookedV1(Event):
    """The booked time was moved to another (`cause` as in `RebookTime`).

    Source: B-12, X-25
    """

    event_type = "booking.activity.rebooked.v1"

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    booking_id = fields.UUID(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    rebooked_at = fields.AwareDateTime(required=True)
    cause = fields.String(required=True)


class ActivityCancelledV1(Event):
    """The booked time was given back; the activity is open again until `closes_at`."""

    event_type = "booking.activity.cancelled.v1"

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    booking_id = fields.UUID(required=True)
    cancelled_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(required=True)


class ActivityClosedV1(Event):
    """An activity was closed, for want of a booking within its window (`cause`: not_booked).

    Source: B-6
    """

    event_type = "booking.activity.closed.v1"

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    cause = fields.String(required=True)
    closed_at = fields.AwareDateTime(required=True)


class ActivityReopenedV1(Event):
    """A closed activity was opened again, until `closes_at`.

    Source: B-6
    """

    event_type = "booking.activity.reopened.v1"

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    reopened_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(required=True)


class ActivityHeldV1(Event):
    """A visit took place. With `follow_up`, a new work order is to be opened for what remains."""

    event_type = "booking.activity.held.v1"

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    booking_id = fields.UUID(required=True)
    noted_at = fields.AwareDateTime(required=True)
    follow_up = fields.Boolean(required=True)
    principal = fields.String(required=True)  # HSA-ID
    agreement = fields.String(allow_none=True)


class ActivityMissedV1(Event):
    """Nobody came to a visit. With `follow_up`, a new work order is to be opened."""

    event_type = "booking.activity.missed.v1"

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    booking_id = fields.UUID(required=True)
    noted_at = fields.AwareDateTime(required=True)
    follow_up = fields.Boolean(required=True)
    principal = fields.String(required=True)  # HSA-ID
    agreement = fields.String(allow_none=True)
