"""What ordering, booking and the scheduler say of one another: asked for by operators."""

from contracts.errors.booking_reconciliation import RECONCILIATION_GOES_ON
from contracts.errors.common import KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from gateway.api.operations import Operation
from gateway.bus import Booking

RECONCILIATION = (
    Operation(
        http="POST",
        path="/reconciliations",
        calls=Booking.start_reconciliation,
        summary="Stäm av beställning, bokning och schemaläggare",
        text="Compares all that ordering, booking and the scheduler say of consultations, and once"
        " more after a while: what differs both times counts, and is repaired where that is safe."
        " One at a time. For operators.",
        status=201,
        location="/api/v1/reconciliations/{reconciliation_id}",
        refuses=(ROLE_MAY_NOT, RECONCILIATION_GOES_ON, KEY_REUSED),
    ),
    Operation(
        http="GET",
        path="/reconciliations",
        calls=Booking.list_reconciliations,
        summary="Lista avstämningar",
        text="The runs, newest first; one a night, and those that were asked for. For operators.",
        refuses=(ROLE_MAY_NOT,),
    ),
    Operation(
        http="GET",
        path="/reconciliations/<uuid:id>",
        path_fields={"id": "reconciliation_id"},
        calls=Booking.get_reconciliation,
        summary="Visa en avstämning",
        text="A run, how far it has come, and how many differences it has seen. For operators.",
        refuses=(ROLE_MAY_NOT, NOT_FOUND),
    ),
    Operation(
        http="GET",
        path="/differences",
        calls=Booking.list_differences,
        summary="Lista avvikelser",
        text="What differs, what each says of it, since when, and whether it was repaired; with"
        " the state `all` also what does so no longer. For operators.",
        refuses=(ROLE_MAY_NOT,),
    ),
)
