"""Refusals to operators, which any service may give."""

from contracts.errors.base import NotFound, Refusal, Text

DEAD_LETTER_GONE = Refusal(
    "operating.dead_letter_gone",
    NotFound,
    sv=Text(
        "Det döda brevet finns inte längre.",
        "Hämta listan på nytt: någon annan kan ha spelat om eller kastat det.",
    ),
    en=Text(
        "The dead letter is no longer there.",
        "Fetch the list again: somebody else may have replayed or discarded it.",
    ),
)
HANDLER_UNKNOWN = Refusal(
    "operating.handler_unknown",
    NotFound,
    sv=Text("Tjänsten har ingen sådan mottagare.", "Ta namnet ur listan över döda brev."),
    en=Text("The service has no such handler.", "Take its name from the list of dead letters."),
)
