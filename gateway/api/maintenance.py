"""Work orders on devices, and how many were done in time: asked of maintenance."""

from contracts.errors import maintenance as errors
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from gateway.api.operations import Operation
from gateway.bus import Maintenance, Method

_TIME = (errors.TIME_IN_FUTURE, errors.TIME_TOO_OLD, errors.TIME_BEFORE_LAST)
_CHANGE = (ROLE_MAY_NOT, NOT_FOUND, errors.WORK_STATE, CHANGED_MEANWHILE, KEY_REUSED)


def _change(path: str, calls: Method, summary: str, text: str, *refuses) -> Operation:
    return Operation(
        http="POST",
        path=f"/maintenance-orders/<digits:number>/{path}",
        path_fields={"number": "work_order_number"},
        calls=calls,
        summary=summary,
        text=text,
        status=201,
        refuses=(*_CHANGE, *refuses),
    )


MAINTENANCE_ORDERS = (
    Operation(
        http="POST",
        path="/maintenance-orders",
        calls=Maintenance.register_maintenance,
        summary="Registrera underhåll",
        text="Opens a work order on a device and starts its clocks. Acute work is for basic needs"
        " and ordered by a prescriber. The supply centre registers for others, and states unit,"
        " prescriber and, when it was rung up earlier, the time of the report.",
        status=201,
        location="/api/v1/maintenance-orders/{work_order_number}",
        refuses=(
            ROLE_MAY_NOT,
            errors.UNIT_NOT_YOURS,
            errors.ORDERER_MISSING,
            errors.INDIVIDUAL_NUMBER_WRONG,
            errors.ADAPTATION_BY_PRESCRIBER,
            errors.ACUTE_NOT_BASIC_NEED,
            errors.ACUTE_NOT_BY_PRESCRIBER,
            errors.TIME_IN_FUTURE,
            errors.TIME_TOO_OLD,
            KEY_REUSED,
        ),
    ),
    Operation(
        http="GET",
        path="/maintenance-orders",
        calls=Maintenance.list_maintenance_orders,
        summary="Lista underhåll",
        text="The work orders of your unit, at the supply centre everybody's, without personal"
        " data. Those whose time runs out first come first, unless `sort` says otherwise.",
        refuses=(NOT_FOUND, errors.INDIVIDUAL_NUMBER_WRONG),
    ),
    Operation(
        http="GET",
        path="/maintenance-orders/<digits:number>",
        path_fields={"number": "work_order_number"},
        calls=Maintenance.get_maintenance_order,
        summary="Visa en underhållsorder",
        text="One work order with contacts, clocks and history. The look is logged.",
        refuses=(NOT_FOUND,),
    ),
    _change(
        "assignment",
        Maintenance.assign_technician,
        "Tilldela en tekniker",
        "Gives the work order to a technician, instead of whoever had it.",
    ),
    _change(
        "start",
        Maintenance.start_work,
        "Påbörja arbetet",
        "The work has begun, now or at the time stated. Both that time and the present are kept.",
        *_TIME,
    ),
    _change(
        "pause",
        Maintenance.pause_work,
        "Pausa arbetet",
        "The work waits for somebody else, with the cause; the clocks stand still.",
        *_TIME,
    ),
    _change(
        "resumption",
        Maintenance.resume_work,
        "Återuppta arbetet",
        "The work goes on, and so do the clocks.",
        *_TIME,
    ),
    _change(
        "completion",
        Maintenance.finish_work,
        "Slutför arbetet",
        "The work is done. Whether it was so in time follows from the history.",
        *_TIME,
    ),
    _change(
        "hand-out",
        Maintenance.hand_out_device,
        "Lämna ut hjälpmedlet",
        "The device goes back to its user. One with an unsigned adaptation is handed out to"
        " nobody.",
        errors.DEVICE_BLOCKED,
        *_TIME,
    ),
    _change(
        "cancellation",
        Maintenance.cancel_work,
        "Avbryt arbetet",
        "Nothing more is done. The prescriber is told why by mail; a new order is needed. An"
        " adaptation whose work has begun is not cancelled: its device is altered.",
        errors.ADAPTATION_BEGUN,
        errors.UNIT_NOT_YOURS,
        *_TIME,
    ),
)
FULFILMENT = (
    Operation(
        http="GET",
        path="/maintenance-fulfilment",
        calls=Maintenance.get_fulfilment,
        summary="Visa måluppfyllnad",
        text="How many works were started and finished in time, per kind and month of their end;"
        " the last twelve months unless told.",
        refuses=(NOT_FOUND,),
    ),
)
