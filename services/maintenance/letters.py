"""The mails that maintenance sends: no personal data, and always what to do next."""

from collections.abc import Mapping
from typing import Any

from services.maintenance.model.work_order import WorkOrder

CAUSES = {
    "patient_not_reached": "patienten gick inte att nå",
    "wrong_kind": "ordern var av fel slag",
    "no_longer_needed": "behovet finns inte kvar",
    "device_returned": "hjälpmedlet har återlämnats",
    "device_scrapped": "hjälpmedlet har skrotats",
    "duplicate": "samma arbete var redan beställt",
}
CANCELLED = """\
Arbetsorder {number} på hjälpmedel {individual_number} har avbrutits: {cause}.

Behövs arbetet ändå registrerar du en ny arbetsorder i Rampen. Annars behöver du inte
göra något.
"""
#: What is filled in for each is the database's to know.
SOON = """\
Arbetsorder {{number}} på hjälpmedel {{individual_number}}: arbetet ska vara {done}
senast {{due_at}}.

{action} Väntar du på någon annan pausar du ordern med orsaken: då står klockan still.
"""
ACTIONS = {
    "start": ("påbörjat", "Påbörja arbetet, eller lämna över ordern till en kollega."),
    "finish": ("klart", "Gör klart arbetet, eller lämna över ordern till en kollega."),
}


#: To prescribers; what is filled in for each is the database's to know.
OVERDUE = """\
Det avhjälpande underhållet på hjälpmedel {individual_number}, arbetsorder {number}, är
inte klart i tid. Hjälpmedelscentralen arbetar vidare med det.

Är läget ett annat än när du beställde, eller behövs ett ersättningshjälpmedel, ringer du
kundtjänst.
"""


def overdue() -> Mapping[str, Any]:
    """To the prescriber of a repair that is late; the database fills it in for each.

    Source: U-1
    """
    return {"subject": "Arbetsorder {number} är inte klar i tid", "body": OVERDUE}


def cancelled(order: WorkOrder) -> Mapping[str, Any]:
    """To the prescriber.

    Source: U-4
    """
    body = CANCELLED.format(
        number=order.number,
        individual_number=order.individual_number,
        cause=CAUSES[order.cause or ""],
    )
    return {"subject": f"Arbetsorder {order.number} är avbruten", "body": body}


def runs_out_soon(clock: str) -> Mapping[str, Any]:
    """To the technician, for the clock "start" or "finish"; the database fills it in for each."""
    done, action = ACTIONS[clock]
    return {
        "subject": f"Arbetsorder {{number}} ska snart vara {done}",
        "body": SOON.format(done=done, action=action),
    }
