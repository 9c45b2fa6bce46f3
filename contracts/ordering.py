"""What ordering (Swedish: beställning) takes, answers and tells.

Ordering owns customers, agreements, permissions, patients, articles, orders and work orders.
"""

from marshmallow import fields, validate

from contracts import identity
from contracts.base import Command, Event, Flag, PagedQuery, Part, Query, Reply, page_of, sorted_by

RECIPIENT_KINDS = ("patient", "unit", "store")
CUSTOMER_NUMBER = validate.Regexp(r"^[0-9]{4,10}$", error="Must be 4 to 10 digits.")
ARTICLE_NUMBER = validate.Regexp(r"^[A-Z0-9-]{3,20}$", error="Must be an article number.")
ORDER_NUMBER = validate.Regexp(r"^[0-9]{6,10}$", error="Must be 6 to 10 digits.")
WORK_ORDER_NUMBER = validate.Regexp(r"^[0-9]{6,10}$", error="Must be 6 to 10 digits.")
ISO_CODE = validate.Regexp(
    r"^[0-9]{2}( [0-9]{2}){0,2}$", error="Must be a code of ISO 9999, such as 12 22 or 12 22 03."
)
PERSONAL_IDENTITY_NUMBER = validate.Length(  # ordering checks it; it stays in ordering
    max=13, error=identity.WRONG["format"]
)


class OrderLine(Part):
    """So many pieces of one article."""

    article_number = fields.String(required=True, validate=ARTICLE_NUMBER)
    quantity = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))


class Recipient(Part):
    """Where the devices go: a patient, the unit itself, or one of its stores.

    Source: O-18
    """

    kind = fields.String(required=True, validate=validate.OneOf(RECIPIENT_KINDS))
    personal_identity_number = fields.String(validate=PERSONAL_IDENTITY_NUMBER)
    store_number = fields.String(validate=validate.Length(1, 20))


class PlaceOrder(Command):
    """Order articles on a customer number (Swedish: kundorder).

    Source: O-5, O-18
    """

    customer_number = fields.String(required=True, validate=CUSTOMER_NUMBER)
    recipient = fields.Nested(Recipient, required=True)
    lines = fields.List(fields.Nested(OrderLine), required=True, validate=validate.Length(1, 100))
    reference = fields.String(load_default="", validate=validate.Length(max=40))


class CancelOrder(Command):
    """Take an order back before it is delivered."""

    order_id = fields.UUID(required=True)


class RegisterConsultation(Command):
    """Ask for a consultation (Swedish: konsultationsaktivitet); opens a work order.

    `acute` consultations are refused here: they go by telephone.

    Source: B-4, B-5
    """

    customer_number = fields.String(required=True, validate=CUSTOMER_NUMBER)
    personal_identity_number = fields.String(required=True, validate=PERSONAL_IDENTITY_NUMBER)
    description = fields.String(load_default="", validate=validate.Length(max=1000))
    acute = Flag(load_default=False)
    # of the device or product area that it concerns; helps to choose the service product
    iso_code = fields.String(allow_none=True, load_default=None, validate=ISO_CODE)


class GetOrder(Query):
    order_id = fields.UUID(required=True)


class ListOrders(PagedQuery):
    """The orders of the actor's unit, newest first unless told."""

    sort = sorted_by("-order_number", "customer_number", "placed_at")
    state = fields.String(validate=validate.OneOf(("placed", "cancelled")))
    order_number = fields.String(validate=ORDER_NUMBER)  # of the one sought


class GetWorkOrder(Query):
    work_order_number = fields.String(required=True, validate=WORK_ORDER_NUMBER)


class GetWorkOrderPatient(Query):
    """Whom a work order of the actor's unit is for, and what was written; the look is logged.

    Source: HSLF-FS 2016:40 4 kap. 9 §
    """

    work_order_number = fields.String(required=True, validate=WORK_ORDER_NUMBER)


class ListWorkOrders(PagedQuery):
    """The work orders of the actor's unit, newest first.

    With `same_patient_as`, only the others for the patient of that one, which may be in the same
    visit.

    Source: B-14
    """

    state = fields.String(validate=validate.OneOf(("open", "booked", "closed")))
    same_patient_as = fields.String(validate=WORK_ORDER_NUMBER)


class ListWorkOrderStates(Query):
    """What state the work orders of consultations are in, by number; for Rampen itself."""

    after = fields.Integer(required=True, validate=validate.Range(min=0))  # a number
    limit = fields.Integer(required=True, validate=validate.Range(1, 1000))


class ListArticles(PagedQuery):
    """Articles whose number, name or ISO code matches `search`."""

    sort = sorted_by("article_number", "name", "iso_code")
    search = fields.String(load_default="", validate=validate.Length(max=100))


class ListCustomers(Query):
    """The customer numbers that the actor may order on."""


class ListGates(Query):
    """The gates that the actor's orders to patients are held against.

    Source: T-1
    """


class FindPatient(Query):
    """Look a patient up by personal identity number; the look is logged with its reason.

    Source: HSLF-FS 2016:40 4 kap. 9 §
    """

    personal_identity_number = fields.String(required=True, validate=PERSONAL_IDENTITY_NUMBER)
    reason = fields.String(required=True, validate=validate.Length(3, 200))


class FindContacts(Query):
    """The mail addresses of people, for what is sent to them. Only for Rampen itself."""

    hsa_ids = fields.List(fields.String(), required=True, validate=validate.Length(1, 1000))


class FindNames(Query):
    """What people are called, for lists that know them by HSA-ID.

    Staff find each other's names, as they do in the HSA catalogue; those of patients never.

    Source: P-5
    """

    hsa_ids = fields.List(
        fields.String(validate=validate.Length(1, 64)),
        required=True,
        validate=validate.Length(1, 100),
    )


class Names(Reply):
    """Names by HSA-ID, of those who are registered."""

    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class PlacedOrder(Reply):
    """The answer to `PlaceOrder`."""

    order_id = fields.UUID(required=True)
    order_number = fields.String(required=True)
    state = fields.String(required=True)
    placed_at = fields.AwareDateTime(required=True)


class OrderLineView(Reply):
    article_number = fields.String(required=True)
    article_name = fields.String(required=True)
    quantity = fields.Integer(required=True)
    delivery_class = fields.String(required=True)  # as it was when the order was placed


class RecipientView(Reply):
    kind = fields.String(required=True)
    patient_id = fields.UUID(allow_none=True)
    patient_name = fields.String(allow_none=True)
    store_number = fields.String(allow_none=True)


class OrderView(Reply):
    """One order, with its lines."""

    order_id = fields.UUID(required=True)
    order_number = fields.String(required=True)
    customer_number = fields.String(required=True)
    unit_name = fields.String(required=True)
    recipient = fields.Nested(RecipientView, required=True)
    lines = fields.List(fields.Nested(OrderLineView), required=True)
    reference = fields.String(required=True)
    state = fields.String(required=True)
    placed_at = fields.AwareDateTime(required=True)
    orderer = fields.String(required=True)  # HSA-ID
    version = fields.Integer(required=True)


class OrderSummary(Reply):
    """One row of the list of orders (columns as O-25): no patient data."""

    order_id = fields.UUID(required=True)
    order_number = fields.String(required=True)
    customer_number = fields.String(required=True)
    recipient_kind = fields.String(required=True)
    lines = fields.Integer(required=True)  # how many
    state = fields.String(required=True)
    placed_at = fields.AwareDateTime(required=True)
    orderer = fields.String(required=True)  # HSA-ID


class RegisteredConsultation(Reply):
    """The answer to `RegisterConsultation`."""

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    state = fields.String(required=True)
    registered_at = fields.AwareDateTime(required=True)


class WorkOrderView(Reply):
    """One work order (Swedish: arbetsorder), without patient data."""

    work_order_number = fields.String(required=True)
    activity_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    customer_number = fields.String(required=True)
    state = fields.String(required=True)
    cause = fields.String(allow_none=True)  # why it was closed
    registered_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    booked_start = fields.AwareDateTime(allow_none=True)
    orderer = fields.String(required=True)  # HSA-ID


class WorkOrderStateView(Reply):
    """A work order as far as booking may know it."""

    work_order_number = fields.String(required=True)
    activity_id = fields.UUID(required=True)
    state = fields.String(required=True)
    cause = fields.String(required=True, allow_none=True)
    booked_start = fields.AwareDateTime(required=True, allow_none=True)


class WorkOrderStates(Reply):
    items = fields.List(fields.Nested(WorkOrderStateView), required=True)


class ArticleView(Reply):
    article_number = fields.String(required=True)
    name = fields.String(required=True)
    iso_code = fields.String(required=True)
    delivery_class = fields.String(required=True)
    status = fields.String(required=True)
    supply_form = fields.String(required=True)  # rent or purchase
    supplier = fields.String(required=True)  # HMC or LMN


class CustomerView(Reply):
    """A customer number (Swedish: kundnummer) and the unit that it defines."""

    customer_number = fields.String(required=True)
    kind = fields.String(required=True)
    supplier = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID
    unit_name = fields.String(required=True)
    stores = fields.List(fields.String(), required=True)


class Customers(Reply):
    items = fields.List(fields.Nested(CustomerView), required=True)


class PatientView(Reply):
    """What an orderer needs to see of a patient."""

    patient_id = fields.UUID(required=True)
    name = fields.String(required=True)
    birth_date = fields.Date(required=True)
    municipality = fields.String(required=True)


class WorkOrderPatientView(PatientView):
    """Whom a work order is for.

    Args:
        description: what was written when it was registered.
    """

    description = fields.String(required=True)


class Contacts(Reply):
    """Mail address by HSA-ID; those not found are left out."""

    mail = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


OrderPage = page_of(OrderSummary)
WorkOrderPage = page_of(WorkOrderView)
ArticlePage = page_of(ArticleView)


class OrderedLine(Event):
    article_number = fields.String(required=True)
    quantity = fields.Integer(required=True)


class GateCourse(Reply):
    """A course that gives a competence."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class GateCompetence(Reply):
    """A competence that is missing, and the courses that give it."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    courses = fields.List(fields.Nested(GateCourse), required=True)


class GateView(Reply):
    """Whether the actor may prescribe in a product area, and what is missing."""

    product_area = fields.String(required=True)
    title = fields.String(required=True)
    prefixes = fields.List(fields.String(), required=True)  # of ISO 9999
    is_open = fields.Boolean(required=True)
    missing = fields.List(fields.Nested(GateCompetence), required=True)


class Gates(Reply):
    """The actor's gates as ordering knows them, and when it last heard of them from training."""

    as_of = fields.AwareDateTime(required=True, allow_none=True)  # None: never
    items = fields.List(fields.Nested(GateView), required=True)


class OrderPlacedV1(Event):
    """An order was placed."""

    event_type = "ordering.order.placed.v1"

    order_id = fields.UUID(required=True)
    order_number = fields.String(required=True)
    customer_number = fields.String(required=True)
    recipient_kind = fields.String(required=True)
    lines = fields.List(fields.Nested(OrderedLine), required=True)
    placed_at = fields.AwareDateTime(required=True)


class OrderCancelledV1(Event):
    """An order was taken back by the one who placed it, or a colleague."""

    event_type = "ordering.order.cancelled.v1"

    order_id = fields.UUID(required=True)
    cancelled_at = fields.AwareDateTime(required=True)


class ConsultationRequestedV1(Event):
    """A consultation activity was registered; the clock of B-6 starts at `registered_at`."""

    event_type = "ordering.consultation.requested.v1"

    activity_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    customer_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID
    principal = fields.String(required=True)  # HSA-ID
    prescriber = fields.String(required=True)  # HSA-ID
    registered_at = fields.AwareDateTime(required=True)
    agreement = fields.String(allow_none=True)  # the first, where there are several
    iso_code = fields.String(allow_none=True)  # of the device or product area


class AdaptationOrderedV1(Event):
    """A custom adaptation (Swedish: specialanpassning) of a device was ordered.

    The device is blocked from now on; the instruction stays in ordering.

    Source: S-1, U-10
    """

    event_type = "ordering.adaptation.ordered.v1"

    adaptation_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    individual_number = fields.String(required=True)
    customer_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID
    principal = fields.String(required=True)  # HSA-ID
    prescriber = fields.String(required=True)  # HSA-ID
    ordered_at = fields.AwareDateTime(required=True)
