"""What contracts complain of in single fields, and what refusals mention, in both languages.

marshmallow complains in English and our own fields in Swedish; a caller gets the language asked
for. A test sends every contract what is wrong with it and finds each complaint here.
"""

import re
from functools import cache

LANGUAGES = ("sv", "en")  # the first is the default

_COMPLAINTS = (  # Swedish, English
    ("Uppgiften saknas.", "Missing data for required field."),
    ("Uppgiften får inte vara null.", "Field may not be null."),
    ("Fältet finns inte.", "Unknown field."),
    ("Värdet godtas inte.", "Invalid value."),
    ("Ska vara ett objekt.", "Invalid input type."),
    ("Ska vara ett objekt.", "Invalid type."),
    ("Ska vara namn med värden.", "Not a valid mapping type."),
    ("Ska vara text.", "Not a valid string."),
    ("Texten är inte giltig UTF-8.", "Not a valid utf-8 string."),
    ("Ska vara ett heltal.", "Not a valid integer."),
    ("Ska vara ett tal.", "Not a valid number."),
    ("Talet är för stort.", "Number too large."),
    ("Ska vara true eller false.", "Not a valid boolean."),
    ("Ska vara ett UUID.", "Not a valid UUID."),
    ("Ska vara en lista.", "Not a valid list."),
    ("Ska vara en tidpunkt, som 2026-11-24T13:30:00Z.", "Not a valid datetime."),
    ("Tidpunkten saknar tidszon.", "Not a valid aware datetime."),
    ("Ska vara ett datum, som 2026-11-24.", "Not a valid date."),
    ("Ska vara minst {min} tecken.", "Shorter than minimum length {min}."),
    ("Får vara högst {max} tecken.", "Longer than maximum length {max}."),
    ("Ska vara mellan {min} och {max} tecken.", "Length must be between {min} and {max}."),
    ("Ange minst en.", "State at least one."),
    ("Ange minst {min} stycken.", "State at least {min} of them."),
    ("Ange högst {max} stycken.", "State at most {max} of them."),
    (
        "Ska vara mellan {min} och {max}.",
        "Must be greater than or equal to {min} and less than or equal to {max}.",
    ),
    ("Ska vara minst {min}.", "Must be greater than or equal to {min}."),
    ("Ska vara högst {max}.", "Must be less than or equal to {max}."),
    ("Ska vara något av: {choices}.", "Must be one of: {choices}."),
    ("Har inte rätt form.", "String does not match expected pattern."),
    ("Ska vara {min} till {max} siffror.", "Must be {min} to {max} digits."),
    (
        "Ska vara en kod i ISO 9999, som 12 22 eller 12 22 03.",
        "Must be a code of ISO 9999, such as 12 22 or 12 22 03.",
    ),
    ("Ska vara en månad, som 2026-05.", "Must be a month such as 2026-05."),
    (
        "Ange en månad från och med den första, högst {max} månader i taget.",
        "State a month from the first on, at most {max} months at a time.",
    ),
    ("Ska vara ett artikelnummer.", "Must be an article number."),
    (
        "Ska vara {min} till {max} små bokstäver, siffror och understreck, först en bokstav.",
        "Must be {min} to {max} small letters, digits and underscores, a letter first.",
    ),
    (
        "Ska vara två, fyra eller sex siffror, som i 12 22.",
        "Must be two, four or six digits, as in 12 22.",
    ),
    (
        "Första raden ska vara hsa_id;course;completed_day.",
        "The first line must be hsa_id;course;completed_day.",
    ),
    ("Raden har inte tre celler.", "The line does not have three cells."),
    ("Dagen ska skrivas som 2026-11-24.", "Write the day as 2026-11-24."),
    ("Dagen har inte varit än.", "The day is still to come."),
    ("En cell börjar som en formel.", "A cell begins like a formula."),
    ("En cell är längre än {max} tecken.", "A cell is longer than {max} characters."),
    ("Utbildningen finns inte.", "There is no such course."),
    ("Utbildningen gavs inte den dagen.", "The course was not given that day."),
    ("Filen har inga rader.", "The file has no rows."),
    ("Skriv numret som ÅÅÅÅMMDD-NNNN.", "Write the number as YYYYMMDD-NNNN."),
    ("Numret innehåller inget giltigt datum.", "The number holds no valid date."),
    (
        "Kontrollsiffran stämmer inte. Kontrollera numret.",
        "The check digit is wrong. Check the number.",
    ),
    ("Telefonnumret går inte att ringa.", "The telephone number cannot be called."),
    (
        "Uppgiften hör inte till en sådan mottagare.",
        "The information does not belong to such a recipient.",
    ),
    ("Ange en dag från och med den första.", "State a day from the first on."),
    (
        "Ange en dag från och med den första, högst {max} dagar i taget.",
        "State a day from the first on, at most {max} days at a time.",
    ),
    (
        "Skriv HSA-id som SE, organisationsnummer, bindestreck och resten av id:t.",
        "Write the HSA-ID as SE, organisation number, a hyphen, and the rest of the id.",
    ),
)

_WORDS = {  # what refusals mention: services tell states by code, spans and hours in Swedish
    "sv": {
        "placed": "lagd",
        "cancelled": "återtagen",
        "cancelling": "på väg att avbokas",
        "open": "öppen",
        "registered": "registrerad",
        "booking": "under bokning",
        "attempted": "under bokning",
        "booked": "bokad",
        "dropped": "avvisad",
        "begun": "påbörjad",
        "held": "genomförd",
        "no_show": "uteblivet besök",
        "rebooking": "under ombokning",
        "closed": "stängd",
        "started": "påbörjad",
        "paused": "pausad",
        "finished": "klar",
        "enrolled": "anmäld",
        "waiting": "i kö",
        "offered": "erbjuden plats",
        "expired": "utgången",
        "withdrawn": "inställd",
        "in_stock": "i lager",
        "delivered": "levererat",
        "signed": "underskriven",
        "declined": "avböjd",
        "recalled": "återkallad",
    },
    "en": {
        "arbetsdag": "working day",
        "arbetsdagar": "working days",
        "dag": "day",
        "dagar": "days",
        "timme": "hour",
        "timmar": "hours",
        "minut": "minute",
        "minuter": "minutes",
        "sekund": "second",
        "sekunder": "seconds",
        "och": "and",
    },
}


def mentioned(value: object, language: str) -> str:
    """What a refusal mentions, in `language`."""
    words = _WORDS[language]
    return " ".join(words.get(word, word) for word in str(value).split(" "))


def complaint(text: str, language: str) -> str:
    """`text`, one or several complaints in either language, in `language`."""
    for pattern, template in _patterns(language):
        text = pattern.sub(template, text)
    return text


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """What to find, longest first, and what to put in its place."""
    target = LANGUAGES.index(language)
    pairs = sorted(((pair[1 - target], pair[target]) for pair in _COMPLAINTS), key=_length)
    return [(_finder(source), re.sub(r"\{(\w+)\}", r"\\g<\1>", wanted)) for source, wanted in pairs]


def _length(pair: tuple[str, str]) -> int:
    return -len(pair[0])


def _finder(template: str) -> re.Pattern[str]:
    """What `template` looks like when its `{name}`s are filled in."""
    parts = re.split(r"\{(\w+)\}", template)
    names = {"choices": r"[^.]+"}
    return re.compile(
        "".join(
            rf"(?P<{part}>{names.get(part, r'-?[0-9]+')})" if at % 2 else re.escape(part)
            for at, part in enumerate(parts)
        )
    )
