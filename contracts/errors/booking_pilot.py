"""Refusals about the pilot (Swedish: pilot): who books on the web, and what they thought of it."""

from contracts.errors.base import Conflict, Forbidden, NotFound, Refusal, Text

RULE = "B-3"

NOT_CONNECTED = Refusal(
    "booking.unit.not_connected",
    Forbidden,
    sv=Text(
        "Din enhet är inte ansluten till webbokningen.",
        "Ring Kundtjänst för att boka tid.",
    ),
    en=Text(
        "Your unit is not connected to booking on the web.",
        "Ring customer service to book a time.",
    ),
    rule=RULE,
)
NOT_YOUR_VISIT = Refusal(
    "booking.evaluation.not_yours",
    NotFound,
    sv=Text("Du var inte med på något sådant besök.", "Kontrollera länken i mejlet."),
    en=Text("You were not at any such visit.", "Check the link in the mail."),
    rule=RULE,
)
VISIT_NOT_OVER = Refusal(
    "booking.evaluation.too_early",
    Conflict,
    sv=Text("Besöket är inte avslutat än.", "Svara när det har varit."),
    en=Text("The visit is not over yet.", "Answer when it has been."),
    rule=RULE,
)
ANSWERED = Refusal(
    "booking.evaluation.answered",
    Conflict,
    sv=Text("Du har redan svarat om det här besöket.", "Du behöver inte göra något mer."),
    en=Text("You have already answered about this visit.", "There is nothing more to do."),
    rule=RULE,
)
WRONG_QUESTIONS = Refusal(
    "booking.evaluation.questions",
    Conflict,
    sv=Text("Svaren hör inte till ditt frågeformulär.", "Hämta frågorna och svara på dem alla."),
    en=Text(
        "The answers do not belong to your questionnaire.",
        "Fetch the questions and answer all of them.",
    ),
    rule=RULE,
)
