"""Orders, consultations, work orders, articles, customers, patients: asked of ordering."""

from contracts.errors import ordering as errors
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from gateway.api.operations import Operation
from gateway.bus import Ordering

_WHO = (
    ROLE_MAY_NOT,
    errors.CUSTOMER_UNKNOWN,
    errors.UNIT_NOT_YOURS,
    errors.UNIT_OUTSIDE_COOPERATION,
    errors.AGREEMENT_MISSING,
)

ARTICLES = (
    Operation(
        http="GET",
        path="/articles",
        calls=Ordering.list_articles,
        summary="Sök artiklar",
        text="Articles whose number, name or ISO code matches `search`; all of them without it."
        " They come by number unless `sort` says otherwise.",
    ),
)
CUSTOMERS = (
    Operation(
        http="GET",
        path="/customers",
        calls=Ordering.list_customers,
        summary="Visa kundnummer",
        text="The customer numbers (kundnummer) that you may order on.",
    ),
)
PEOPLE = (
    Operation(
        http="POST",
        path="/people/search",
        calls=Ordering.find_names,
        summary="Visa vad personer heter",
        text="The names of staff by HSA-ID, of those who are registered; a hundred at a time.",
    ),
)
GATES = (
    Operation(
        http="GET",
        path="/gates",
        calls=Ordering.list_gates,
        summary="Visa spärrar",
        text="The product areas in which your orders to patients need training, whether you have"
        " it, which courses give what is missing, and when this was last heard of.",
    ),
)
PATIENTS = (
    Operation(
        http="POST",
        path="/patients/search",
        calls=Ordering.find_patient,
        summary="Sök en patient",
        text="Looks a patient up by personal identity number. The look is logged with your reason."
        " The number goes in the body, never in an address.",
        refuses=(ROLE_MAY_NOT, errors.PATIENT_UNKNOWN, errors.PERSONAL_IDENTITY_NUMBER_WRONG),
    ),
)
ORDERS = (
    Operation(
        http="POST",
        path="/orders",
        calls=Ordering.place_order,
        summary="Lägg en beställning",
        text="Orders articles on a customer number, for a patient, the unit itself or one of its"
        " stores. Sent again with the same key it is carried out once and answers the same.",
        status=201,
        location="/api/v1/orders/{order_id}",
        refuses=(
            *_WHO,
            errors.PERMISSION_TYPE,
            errors.PATIENT_UNKNOWN,
            errors.PERSONAL_IDENTITY_NUMBER_WRONG,
            errors.STORE_UNKNOWN,
            errors.ARTICLE_UNKNOWN,
            errors.ARTICLE_ENDED,
            errors.ARTICLE_NOT_OF_SUPPLIER,
            errors.GATE_CLOSED,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="GET",
        path="/orders",
        calls=Ordering.list_orders,
        summary="Lista enhetens beställningar",
        text="The orders of your unit without patient data, newest first unless `sort` says"
        " otherwise.",
    ),
    Operation(
        http="GET",
        path="/orders/<uuid:id>",
        path_fields={"id": "order_id"},
        calls=Ordering.get_order,
        summary="Visa en beställning",
        text="One order with its lines. The look at a patient's order is logged.",
        refuses=(NOT_FOUND,),
    ),
    Operation(
        http="POST",
        path="/orders/<uuid:id>/cancellation",
        path_fields={"id": "order_id"},
        calls=Ordering.cancel_order,
        summary="Återta en beställning",
        text="Takes an order back before it is delivered.",
        status=201,
        refuses=(ROLE_MAY_NOT, NOT_FOUND, errors.ORDER_STATE, CHANGED_MEANWHILE, KEY_REUSED),
    ),
)
CONSULTATIONS = (
    Operation(
        http="POST",
        path="/consultations",
        calls=Ordering.register_consultation,
        summary="Registrera en konsultation",
        text="Asks for a consultation and opens a work order. A time must be booked before the"
        " activity closes by itself. Acute cases are refused: they go by telephone.",
        status=201,
        location="/api/v1/work-orders/{work_order_number}",
        refuses=(
            *_WHO,
            errors.PERMISSION_TYPE,
            errors.PATIENT_UNKNOWN,
            errors.PERSONAL_IDENTITY_NUMBER_WRONG,
            errors.CONSULTATION_ACUTE,
            errors.CONSULTATION_NOT_OF_SUPPLIER,
            KEY_REUSED,
        ),
    ),
)
WORK_ORDERS = (
    Operation(
        http="GET",
        path="/work-orders",
        calls=Ordering.list_work_orders,
        summary="Lista enhetens arbetsordrar",
        text="The work orders of your unit, newest first. With `same_patient_as`, the number of a"
        " work order, only the others for its patient: they may be booked in one visit.",
    ),
    Operation(
        http="GET",
        path="/work-orders/<digits:number>",
        path_fields={"number": "work_order_number"},
        calls=Ordering.get_work_order,
        summary="Visa en arbetsorder",
        text="One work order, without patient data.",
        refuses=(NOT_FOUND,),
    ),
    Operation(
        http="GET",
        path="/work-orders/<digits:number>/patient",
        path_fields={"number": "work_order_number"},
        calls=Ordering.get_work_order_patient,
        summary="Visa vem en arbetsorder gäller",
        text="The patient of a work order of your unit, and what was written when it was"
        " registered. The look is logged.",
        refuses=(ROLE_MAY_NOT, NOT_FOUND),
    ),
)
