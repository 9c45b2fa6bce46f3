"""Refusals that training (Swedish: utbildning) gives."""

from contracts.errors.base import Conflict, Invalid, NotFound, Refusal, Text

COURSE_UNKNOWN = Refusal(
    "training.course.unknown",
    NotFound,
    sv=Text("Det finns ingen utbildning {course}.", "Sök utbildningen i katalogen."),
    en=Text("There is no course {course}.", "Look the course up in the catalogue."),
    rule="T-28",
)
COURSE_NOT_GIVEN = Refusal(
    "training.course.not_given",
    Conflict,
    sv=Text(
        "Utbildningen {course} gavs inte den {day}.",
        "Kontrollera dagen, eller välj den utbildning som gällde då.",
    ),
    en=Text(
        "The course {course} was not given on {day}.",
        "Check the day, or choose the course that was in force then.",
    ),
    rule="T-13",
)
DAY_AHEAD = Refusal(
    "training.completion.day_ahead",
    Conflict,
    sv=Text("Dagen {day} har inte varit än.", "Registrera när utbildningen är genomförd."),
    en=Text("The day {day} is still to come.", "Record it once the course is completed."),
    rule="T-1",
)
COMPLETION_UNKNOWN = Refusal(
    "training.completion.unknown",
    NotFound,
    sv=Text(
        "Ingen har registrerat att deltagaren har genomfört {course}.",
        "Kontrollera HSA-id och utbildning.",
    ),
    en=Text(
        "Nobody has recorded that the participant has completed {course}.",
        "Check the HSA-ID and the course.",
    ),
    rule="T-1",
)
CURRICULUM_REFERENCE = Refusal(
    "training.curriculum.reference",
    Invalid,
    sv=Text("Det finns ingen kompetens {code}.", "Beskriv kompetensen i samma begäran."),
    en=Text("There is no competence {code}.", "Describe the competence in the same request."),
    rule="X-12",
)
CURRICULUM_DAYS = Refusal(
    "training.curriculum.days",
    Invalid,
    sv=Text("Dagarna för {code} går inte ihop.", "Ange en sista dag som inte ligger före."),
    en=Text("The days of {code} do not fit.", "State a last day that is not before the first."),
    rule="T-13",
)
OCCASION_TIMES = Refusal(
    "training.occasion.times",
    Invalid,
    sv=Text(
        "Tillfället slutar innan det börjar, eller har redan varit.",
        "Ange en tid som kommer, med slut efter start.",
    ),
    en=Text(
        "The occasion ends before it starts, or has already been.",
        "State a time to come, with its end after its start.",
    ),
    rule="T-35",
)
SMALLEST_NUMBER = Refusal(
    "training.occasion.smallest_number",
    Invalid,
    sv=Text(
        "Minsta antal deltagare är större än antalet platser.", "Minska det, eller öka platserna."
    ),
    en=Text("The smallest number of participants exceeds the seats.", "Lower it, or add seats."),
    rule="T-41",
)
OCCASION_OVER = Refusal(
    "training.occasion.over",
    Conflict,
    sv=Text("Tillfället har redan börjat.", "Välj ett tillfälle som kommer."),
    en=Text("The occasion has already started.", "Choose an occasion to come."),
    rule="T-39",
)
OCCASION_CANCELLED = Refusal(
    "training.occasion.cancelled",
    Conflict,
    sv=Text("Tillfället är inställt.", "Välj ett annat tillfälle."),
    en=Text("The occasion is cancelled.", "Choose another occasion."),
    rule="T-41",
)
ENROLLED_ALREADY = Refusal(
    "training.enrolment.already",
    Conflict,
    sv=Text("Deltagaren är redan anmäld till tillfället.", "Se anmälan bland dina utbildningar."),
    en=Text("The participant is already enrolled at the occasion.", "See it among your courses."),
    rule="T-39",
)
PREREQUISITE_MISSING = Refusal(
    "training.enrolment.prerequisite",
    Conflict,
    sv=Text(
        "Utbildningen kräver förkunskaper som saknas: {lacking}.",
        "Gå de utbildningarna först och anmäl dig sedan igen.",
    ),
    en=Text(
        "The course requires what is missing: {lacking}.",
        "Take those courses first, and enrol again afterwards.",
    ),
    rule="T-36",
)
ENROLMENT_STATE = Refusal(
    "training.enrolment.state",
    Conflict,
    sv=Text("Anmälan är {state} och kan inte ändras så.", "Hämta anmälan på nytt."),
    en=Text("The enrolment is {state} and cannot be changed so.", "Fetch the enrolment again."),
    rule="T-39",
)
OFFER_EXPIRED = Refusal(
    "training.offer.expired",
    Conflict,
    sv=Text(
        "Erbjudandet om plats har gått ut, och platsen har gått vidare.",
        "Anmäl dig igen för att ställa dig sist i kön.",
    ),
    en=Text(
        "The offer of a seat has expired, and the seat has gone on to the next.",
        "Enrol again to stand last in the waiting list.",
    ),
    rule="T-39",
)
IMPORT_UNREADABLE = Refusal(
    "training.import.unreadable",
    Invalid,
    sv=Text(
        "Filen går inte att läsa in. Ingenting har lästs in.",
        "Rätta raderna som nämns och läs in hela filen igen.",
    ),
    en=Text(
        "The file cannot be imported. Nothing has been imported.",
        "Correct the lines named, and import the whole file again.",
    ),
    rule="T-14",
)
ROW_SETTLED = Refusal(
    "training.import.row_settled",
    Conflict,
    sv=Text("Raden är redan hanterad.", "Hämta listan på nytt."),
    en=Text("The row has been dealt with already.", "Fetch the list again."),
    rule="T-14",
)
