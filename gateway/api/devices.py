"""Devices by individual number, and their adaptations: asked of ordering."""

from contracts.errors import ordering as errors
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from contracts.errors.maintenance import INDIVIDUAL_NUMBER_WRONG
from gateway.api.operations import Operation
from gateway.bus import Ordering

_NUMBER = {"number": "individual_number"}
_DEVICE = (ROLE_MAY_NOT, INDIVIDUAL_NUMBER_WRONG)
_CHANGE = (*_DEVICE, errors.DEVICE_UNKNOWN, errors.DEVICE_STATE, CHANGED_MEANWHILE, KEY_REUSED)
_WHO = (
    errors.CUSTOMER_UNKNOWN,
    errors.UNIT_OUTSIDE_COOPERATION,
    errors.AGREEMENT_MISSING,
    errors.PATIENT_UNKNOWN,
    errors.PERSONAL_IDENTITY_NUMBER_WRONG,
)

DEVICES = (
    Operation(
        http="GET",
        path="/devices",
        calls=Ordering.list_devices,
        summary="Lista hjälpmedel",
        text="Devices (individmärkta hjälpmedel): your unit's, to the supply centre everybody's.",
        refuses=(ROLE_MAY_NOT,),
    ),
    Operation(
        http="POST",
        path="/devices",
        calls=Ordering.register_device,
        summary="Registrera ett hjälpmedel",
        text="Takes a marked device into the supply centre's stock.",
        status=201,
        location="/api/v1/devices/{individual_number}",
        refuses=(*_DEVICE, errors.ARTICLE_UNKNOWN, errors.DEVICE_KNOWN, KEY_REUSED),
    ),
    Operation(
        http="GET",
        path="/devices/<string:number>",
        path_fields=_NUMBER,
        calls=Ordering.get_device,
        summary="Visa ett hjälpmedel",
        text="Where a device is, and whether an unsigned adaptation blocks it. The look is logged"
        " when it is with a patient.",
        refuses=(*_DEVICE, NOT_FOUND),
    ),
    Operation(
        http="POST",
        path="/devices/<string:number>/delivery",
        path_fields=_NUMBER,
        calls=Ordering.deliver_device,
        summary="Leverera ett hjälpmedel",
        text="Delivers a device to a customer number's unit, or to a patient. A device with an"
        " unsigned adaptation is delivered to nobody.",
        status=201,
        refuses=(*_CHANGE, *_WHO, errors.DEVICE_BLOCKED),
    ),
    Operation(
        http="POST",
        path="/devices/<string:number>/return",
        path_fields=_NUMBER,
        calls=Ordering.return_device,
        summary="Återta ett hjälpmedel",
        text="Takes a delivered device back into stock.",
        status=201,
        refuses=_CHANGE,
    ),
)
ADAPTATIONS = (
    Operation(
        http="GET",
        path="/adaptations",
        calls=Ordering.list_adaptations,
        summary="Lista specialanpassningar",
        text="The custom adaptations of your unit, to the supply centre everybody's; newest first.",
        refuses=(ROLE_MAY_NOT,),
    ),
    Operation(
        http="POST",
        path="/adaptations",
        calls=Ordering.order_adaptation,
        summary="Beställ en specialanpassning",
        text="Orders a custom adaptation with your instruction and first functional risk analysis."
        " The device is blocked from now on, until its document is signed.",
        status=201,
        location="/api/v1/adaptations/{adaptation_id}",
        refuses=(
            *_DEVICE,
            *_WHO,
            errors.UNIT_NOT_YOURS,
            errors.PERMISSION_TYPE,
            errors.DEVICE_UNKNOWN,
            errors.ADAPTATION_OPEN,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="GET",
        path="/adaptations/<uuid:id>",
        path_fields={"id": "adaptation_id"},
        calls=Ordering.get_adaptation,
        summary="Visa en specialanpassning",
        text="One adaptation with its instruction. The look is logged when it is for a patient.",
        refuses=(ROLE_MAY_NOT, NOT_FOUND),
    ),
)
