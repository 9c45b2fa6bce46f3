"""Refusals about comparing ordering, booking and the scheduler (Swedish: avstämning)."""

from contracts.errors.base import Conflict, Refusal, Text

RECONCILIATION_GOES_ON = Refusal(
    "booking.reconciliation.goes_on",
    Conflict,
    sv=Text(
        "En avstämning pågår redan, så ingen ny startades.",
        "Följ den tills den är klar. Starta sedan en ny om något har rättats under tiden.",
    ),
    en=Text(
        "A reconciliation is going on already, so that no new one was started.",
        "Follow it until it is done. Then start a new one if something was mended meanwhile.",
    ),
    rule="B-16",
)
