"""What maintenance (Swedish: underhåll) takes, answers and tells.

Maintenance owns the work orders on devices, with their two clocks. Names, addresses and door codes
are in `RegisterMaintenance` and `MaintenanceOrderView` alone.
"""

from marshmallow import fields, validate

from contracts.base import Command, Event, Flag, PagedQuery, Part, Query, Reply, page_of, sorted_by
from contracts.ordering import WORK_ORDER_NUMBER

#: The form alone, which the API's description can tell; whose it is, other services know.
HSA_ID = validate.Regexp(
    r"^SE[0-9]{10}-[0-9A-Za-z]{1,18}$",
    error="Skriv HSA-id som SE, organisationsnummer, bindestreck och resten av id:t.",
)
KINDS = ("corrective", "acute_corrective", "preventive", "adaptation")
STATES = ("registered", "started", "paused", "finished", "cancelled")
#: Source: U-2
BASIC_NEEDS = ("eat_and_drink", "toilet_and_transfer", "care_injury_risk", "communication", "none")
#: Source: M-4, U-4
PAUSE_CAUSES = ("spare_part", "prescriber", "patient_not_reached", "patient_away", "supplier")
#: Source: U-3, U-4
CANCEL_CAUSES = (
    "patient_not_reached",
    "wrong_kind",
    "no_longer_needed",
    "device_returned",
    "device_scrapped",
    "duplicate",
)
CLOCK_STATES = ("untimed", "running", "runs_out_soon", "overdue", "paused", "met", "missed", "void")
HAPPENINGS = (
    "registered",
    "assigned",
    "started",
    "paused",
    "resumed",
    "finished",
    "cancelled",
    "handed_out",
)


class Contact(Part):
    """Whom to call."""

    name = fields.String(required=True, validate=validate.Length(1, 100))
    telephone = fields.String(required=True, validate=validate.Length(1, 40))


class RegisterMaintenance(Command):
    """Ask for work on a device (Swedish: arbetsorder).

    The supply centre registers for others: it states `unit` and `prescriber`, and `reported_at`
    when that was earlier.

    Source: U-2, U-4, U-5
    """

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    individual_number = fields.String(required=True, validate=validate.Length(1, 20))
    description = fields.String(required=True, validate=validate.Length(3, 1000))
    place_on_device = fields.String(load_default="", validate=validate.Length(max=200))
    contacts = fields.List(fields.Nested(Contact), required=True, validate=validate.Length(1, 5))
    address = fields.String(required=True, validate=validate.Length(3, 300))
    door_code = fields.String(load_default="", validate=validate.Length(max=20))
    patient_can_come_in = Flag(required=True)
    stand_in_needed = Flag(required=True)
    basic_need = fields.String(load_default="none", validate=validate.OneOf(BASIC_NEEDS))
    agreement = fields.String(load_default="", validate=validate.Length(max=40))
    unit = fields.String(allow_none=True, load_default=None, validate=HSA_ID)
    prescriber = fields.String(allow_none=True, load_default=None, validate=HSA_ID)
    reported_at = fields.AwareDateTime(allow_none=True, load_default=None)


class WorkCommand(Command):
    """What changes a work order; `at` says when it took place, if not now."""

    work_order_number = fields.String(required=True, validate=WORK_ORDER_NUMBER)
    at = fields.AwareDateTime(allow_none=True, load_default=None)


class AssignTechnician(Command):
    """Give a work order to a technician, instead of whoever had it."""

    work_order_number = fields.String(required=True, validate=WORK_ORDER_NUMBER)
    technician = fields.String(required=True, validate=HSA_ID)


class StartWork(WorkCommand):
    """The work has begun."""


class PauseWork(WorkCommand):
    """The work waits for somebody else; the clocks stand still.

    Source: M-4, U-4
    """

    cause = fields.String(required=True, validate=validate.OneOf(PAUSE_CAUSES))


class ResumeWork(WorkCommand):
    """The work goes on."""


class FinishWork(WorkCommand):
    """The work is done."""


class CancelWork(WorkCommand):
    """Nothing more is done; whoever still needs it orders anew.

    Source: U-3, U-4
    """

    cause = fields.String(required=True, validate=validate.OneOf(CANCEL_CAUSES))


class HandOutDevice(WorkCommand):
    """The device goes back to its user, after the work on it is finished.

    Source: S-1
    """


class GetMaintenanceOrder(Query):
    """One work order with all that is needed to carry it out; the look is logged."""

    work_order_number = fields.String(required=True, validate=WORK_ORDER_NUMBER)


class ListMaintenanceOrders(PagedQuery):
    """Work orders, without personal data; `due` is when the first of their clocks runs out."""

    sort = sorted_by("due", "start_due", "finish_due", "work_order_number", "individual_number")
    state = fields.String(validate=validate.OneOf(STATES))
    kind = fields.String(validate=validate.OneOf(KINDS))
    individual_number = fields.String(validate=validate.Length(1, 20))
    technician = fields.String(validate=HSA_ID)


class GetFulfilment(Query):
    """How many of the works finished on these days were so in time; both days included.

    Source: M-3
    """

    first_day = fields.Date()  # the first of the month eleven months before the last, unless told
    last_day = fields.Date()  # today, unless told


class ClockView(Reply):
    """One of the clocks of a work order; all of it in opening hours.

    Args:
        limit: "3 working days"; empty where there is none.
        gross_minutes: from the beginning to the end, or until now.
        net_minutes: without the pauses; what the limit is about.
        due_at: when the limit is reached unless there are (more) pauses.
    """

    limit = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(CLOCK_STATES))
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    limit_minutes = fields.Integer(required=True, allow_none=True)
    gross_minutes = fields.Integer(required=True)
    net_minutes = fields.Integer(required=True)


class MaintenanceOrderSummary(Reply):
    """One work order (Swedish: arbetsorder) without personal data."""

    work_order_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    kind = fields.String(required=True)
    individual_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID
    technician = fields.String(required=True, allow_none=True)  # HSA-ID
    state = fields.String(required=True)
    cause = fields.String(required=True, allow_none=True)  # of the pause or the cancelling
    adaptation_id = fields.UUID(allow_none=True)  # where the order is one of an adaptation
    registered_at = fields.AwareDateTime(required=True)
    start_clock = fields.Nested(ClockView, required=True)
    finish_clock = fields.Nested(ClockView, required=True)


class HappeningView(Reply):
    """What happened to a work order: when it did, and when and by whom Rampen was told."""

    what = fields.String(required=True, validate=validate.OneOf(HAPPENINGS))
    at = fields.AwareDateTime(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    recorded_by = fields.String(required=True)  # HSA-ID
    cause = fields.String(required=True, allow_none=True)
    technician = fields.String(required=True, allow_none=True)  # HSA-ID


class ContactView(Reply):
    """Whom to call."""

    name = fields.String(required=True)
    telephone = fields.String(required=True)


class MaintenanceOrderView(MaintenanceOrderSummary):
    """One work order with its history, and what is needed to carry it out.

    Source: U-4, U-5
    """

    prescriber = fields.String(required=True)  # HSA-ID
    agreement = fields.String(required=True)
    basic_need = fields.String(required=True)
    description = fields.String(required=True)
    place_on_device = fields.String(required=True)
    contacts = fields.List(fields.Nested(ContactView), required=True)
    address = fields.String(required=True)
    door_code = fields.String(required=True)
    patient_can_come_in = fields.Boolean(required=True)
    stand_in_needed = fields.Boolean(required=True)
    history = fields.List(fields.Nested(HappeningView), required=True)
    version = fields.Integer(required=True)


class FulfilmentRow(Reply):
    """The works of one kind that were finished in one month.

    Args:
        started_in_time, finished_in_time: how many of those that had such a limit.
        start_percent, finish_percent: the same of a hundred; None when none had a limit.
        mean_net_minutes: in opening hours, from report to end without pauses.

    Source: M-3
    """

    kind = fields.String(required=True)
    month = fields.String(required=True)  # 2026-06
    finished = fields.Integer(required=True)
    started_in_time = fields.Integer(required=True)
    finished_in_time = fields.Integer(required=True)
    start_percent = fields.Float(required=True, allow_none=True)
    finish_percent = fields.Float(required=True, allow_none=True)
    mean_gross_minutes = fields.Integer(required=True)
    mean_net_minutes = fields.Integer(required=True)


class Fulfilment(Reply):
    """Target fulfilment (Swedish: måluppfyllnad) per kind and month.

    Source: M-3
    """

    items = fields.List(fields.Nested(FulfilmentRow), required=True)


MaintenanceOrderPage = page_of(MaintenanceOrderSummary)


class WorkEvent(Event):
    """What every event of a work order tells."""

    work_order_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    kind = fields.String(required=True)
    individual_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID


class WorkStartedV1(WorkEvent):
    """Work on a device has begun."""

    event_type = "maintenance.work.started.v1"

    started_at = fields.AwareDateTime(required=True)


class WorkPausedV1(WorkEvent):
    """Work on a device waits for somebody else."""

    event_type = "maintenance.work.paused.v1"

    cause = fields.String(required=True)
    paused_at = fields.AwareDateTime(required=True)


class WorkResumedV1(WorkEvent):
    """Work on a device goes on."""

    event_type = "maintenance.work.resumed.v1"

    resumed_at = fields.AwareDateTime(required=True)


class WorkFinishedV1(WorkEvent):
    """Work on a device is done."""

    event_type = "maintenance.work.finished.v1"

    finished_at = fields.AwareDateTime(required=True)


class WorkCancelledV1(WorkEvent):
    """Nothing more is done on this work order."""

    event_type = "maintenance.work.cancelled.v1"

    cause = fields.String(required=True)
    cancelled_at = fields.AwareDateTime(required=True)


class AdaptationBuiltV1(WorkEvent):
    """An adaptation is built; its document may be sent for signing.

    Source: S-4
    """

    event_type = "maintenance.adaptation.built.v1"

    adaptation_id = fields.UUID(required=True)
    prescriber = fields.String(required=True)  # HSA-ID
    technician = fields.String(required=True)  # HSA-ID
    built_at = fields.AwareDateTime(required=True)


class AdaptationCancelledV1(WorkEvent):
    """An adaptation was called off before its work had begun: the device is as it was.

    Source: S-1, U-4
    """

    event_type = "maintenance.adaptation.cancelled.v1"

    adaptation_id = fields.UUID(required=True)
    cancelled_at = fields.AwareDateTime(required=True)
