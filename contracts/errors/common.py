"""Refusals that any service, or the gateway, may give."""

from contracts.errors.base import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Text,
    TimedOut,
    Unavailable,
    Unknown,
)

MESSAGE_INVALID = Refusal(
    "message.invalid",
    Invalid,
    sv=Text("Uppgifterna kunde inte tas emot.", "Rätta fälten som nämns och försök igen."),
    en=Text("The information could not be accepted.", "Correct the fields named and try again."),
)
LOGIN_REQUIRED = Refusal(
    "login.required",
    Unknown,
    sv=Text("Du är inte inloggad.", "Logga in med SITHS och försök igen."),
    en=Text("You are not logged in.", "Log in with SITHS and try again."),
    rule="P-7",
)
ROLE_MAY_NOT = Refusal(
    "role.may_not",
    Forbidden,
    sv=Text(
        "Din roll i det här uppdraget får inte göra detta.",
        "Byt uppdrag, eller ansök om behörighet hos din chef.",
    ),
    en=Text(
        "Your role in this commission may not do this.",
        "Switch commission, or apply to your manager for permission.",
    ),
    rule="P-2",
)
NOT_FOUND = Refusal(
    "not_found",
    NotFound,
    sv=Text("Det du söker finns inte, eller så får du inte se det.", "Kontrollera numret."),
    en=Text("What you look for does not exist, or is not yours to see.", "Check the number."),
)
KEY_REUSED = Refusal(
    "command.key_reused",
    Conflict,
    sv=Text(
        "Samma nyckel har redan använts för en annan begäran.",
        "Skicka den nya begäran med en ny nyckel.",
    ),
    en=Text(
        "The same key has already been used for another request.",
        "Send the new request with a new key.",
    ),
)
CHANGED_MEANWHILE = Refusal(
    "changed_meanwhile",
    Conflict,
    sv=Text("Någon annan har ändrat samma sak just nu.", "Hämta det på nytt och försök igen."),
    en=Text("Somebody else has just changed the same thing.", "Fetch it again and retry."),
)
SERVICE_UNAVAILABLE = Refusal(
    "service.unavailable",
    Unavailable,
    sv=Text(
        "En del av systemet svarar inte just nu. Ingenting har gått förlorat.",
        "Vänta en stund och försök igen.",
    ),
    en=Text(
        "A part of the system does not answer right now. Nothing has been lost.",
        "Wait a moment and try again.",
    ),
)
DEADLINE_PASSED = Refusal(
    "deadline.passed",
    TimedOut,
    sv=Text(
        "Svaret kom inte i tid.",
        "Skicka samma begäran igen, med samma nyckel: den utförs bara en gång.",
    ),
    en=Text(
        "The answer did not come in time.",
        "Send the same request again, with the same key: it is carried out only once.",
    ),
)
