"""Refusals that signing (Swedish: underskrift) gives."""

from contracts.errors.base import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Text,
    Unavailable,
    Unknown,
)

DOCUMENT_UNKNOWN = Refusal(
    "signing.document.unknown",
    NotFound,
    sv=Text(
        "Handlingen finns inte bland de uppladdade.",
        "Ladda upp handlingen igen och skicka den sedan.",
    ),
    en=Text(
        "The document is not among those uploaded.",
        "Upload the document again, and send it then.",
    ),
    rule="S-4",
)
NOT_PDF = Refusal(
    "signing.document.not_pdf",
    Invalid,
    sv=Text(
        "Filen är inte en PDF.",
        "Spara handlingen som PDF och ladda upp den igen.",
    ),
    en=Text(
        "The file is not a PDF.",
        "Save the document as a PDF and upload it again.",
    ),
    rule="S-4",
)
DAMAGED = Refusal(
    "signing.document.damaged",
    Invalid,
    sv=Text(
        "Filen är skadad eller avkortad.",
        "Skapa PDF-filen på nytt och ladda upp den igen.",
    ),
    en=Text(
        "The file is damaged or cut short.",
        "Make the PDF file anew and upload it again.",
    ),
    rule="S-4",
)
TOO_LARGE = Refusal(
    "signing.document.too_large",
    Invalid,
    sv=Text(
        "Filen är större än {mebibytes} MiB.",
        "Minska bilderna i handlingen och ladda upp den igen.",
    ),
    en=Text(
        "The file is larger than {mebibytes} MiB.",
        "Make the document's pictures smaller and upload it again.",
    ),
    rule="S-4",
)
TOO_COMPLEX = Refusal(
    "signing.document.too_complex",
    Invalid,
    sv=Text(
        "Filen är för invecklad för att granskas.",
        "Skriv ut handlingen till en ny PDF-fil och ladda upp den.",
    ),
    en=Text(
        "The file is too complex to be examined.",
        "Print the document to a new PDF file and upload that.",
    ),
    rule="S-4",
)
NO_PAGES = Refusal(
    "signing.document.no_pages",
    Invalid,
    sv=Text(
        "Filen har inga sidor.",
        "Kontrollera att det är rätt fil.",
    ),
    en=Text(
        "The file has no pages.",
        "Check that it is the right file.",
    ),
    rule="S-4",
)
ENCRYPTED = Refusal(
    "signing.document.encrypted",
    Invalid,
    sv=Text(
        "Filen är krypterad eller lösenordsskyddad.",
        "Ta bort skyddet och ladda upp filen igen.",
    ),
    en=Text(
        "The file is encrypted or protected by a password.",
        "Remove the protection and upload the file again.",
    ),
    rule="S-4",
)
ACTIVE_CONTENT = Refusal(
    "signing.document.active_content",
    Invalid,
    sv=Text(
        "Filen innehåller skript eller åtgärder.",
        "Skriv ut handlingen till en ny PDF-fil och ladda upp den.",
    ),
    en=Text(
        "The file holds scripts or actions.",
        "Print the document to a new PDF file and upload that.",
    ),
    rule="S-4",
)
EMBEDDED_CONTENT = Refusal(
    "signing.document.embedded_content",
    Invalid,
    sv=Text(
        "Filen innehåller bilagor, media eller formulär.",
        "Skriv ut handlingen till en ny PDF-fil och ladda upp den.",
    ),
    en=Text(
        "The file holds attachments, media or a form.",
        "Print the document to a new PDF file and upload that.",
    ),
    rule="S-4",
)
ALREADY_SIGNED = Refusal(
    "signing.document.already_signed",
    Invalid,
    sv=Text(
        "Filen är redan underskriven.",
        "Ladda upp handlingen som den var före underskriften.",
    ),
    en=Text(
        "The file is signed already.",
        "Upload the document as it was before it was signed.",
    ),
    rule="S-4",
)
RELEASED = Refusal(
    "signing.case.released",
    Conflict,
    sv=Text(
        "Anpassningen är redan godkänd och diarieförd.",
        "Ingenting mer behöver skickas. Beställ en ny anpassning om hjälpmedlet ska ändras igen.",
    ),
    en=Text(
        "The adaptation is approved and registered already.",
        "Nothing more needs to be sent. Order a new adaptation if the device is to be changed "
        "again.",
    ),
    rule="S-12",
)
JOB_OUT = Refusal(
    "signing.case.job_out",
    Conflict,
    sv=Text(
        "Version {version} av handlingen väntar redan på underskrift eller kontroll.",
        "Återkalla den först, om en ny version ska skickas.",
    ),
    en=Text(
        "Version {version} of the document already waits for signature or verification.",
        "Recall it first if a new version is to be sent.",
    ),
    rule="S-4",
)
PRESCRIBER_NOT_AMONG = Refusal(
    "signing.signatories.prescriber_missing",
    Invalid,
    sv=Text(
        "Förskrivaren som beställde anpassningen finns inte bland undertecknarna.",
        "Lägg till förskrivaren, eller lämna listan tom.",
    ),
    en=Text(
        "The prescriber who ordered the adaptation is not among the signatories.",
        "Add the prescriber, or leave the list empty.",
    ),
    rule="S-1",
)
JOB_STATE = Refusal(
    "signing.job.state",
    Conflict,
    sv=Text(
        "Underskriftsärendet är {state} och kan inte ändras så.",
        "Hämta ärendet på nytt.",
    ),
    en=Text(
        "The signing job is {state} and cannot be changed in this way.",
        "Fetch the job again.",
    ),
    rule="S-10",
)
JOB_EXPIRED = Refusal(
    "signing.job.expired",
    Conflict,
    sv=Text(
        "Underskriftsärendet gällde till {last_day}.",
        "Be teknikern skicka handlingen igen.",
    ),
    en=Text(
        "The signing job was valid until {last_day}.",
        "Ask the technician to send the document again.",
    ),
    rule="S-7",
)
OTHER_MEDIUM = Refusal(
    "signing.job.medium",
    Conflict,
    sv=Text(
        "Så behandlas inte ett ärende av det här slaget.",
        "Digitala ärenden skrivs under. Inskannade kontrolleras av en annan person.",
    ),
    en=Text(
        "A job of this kind is not handled in that way.",
        "Digital ones are signed. Scanned ones are verified by another person.",
    ),
    rule="S-3",
)
NOT_SIGNATORY = Refusal(
    "signing.signatory.not_you",
    Forbidden,
    sv=Text(
        "Ärendet väntar inte på din underskrift.",
        "Be den som ärendet är ställt till att skriva under.",
    ),
    en=Text(
        "The job does not wait for your signature.",
        "Ask whom the job was made for to sign it.",
    ),
    rule="S-8",
)
SIGNED_ALREADY = Refusal(
    "signing.signatory.signed",
    Conflict,
    sv=Text(
        "Du har redan skrivit under.",
        "Du behöver inte göra något mer.",
    ),
    en=Text(
        "You have signed already.",
        "You need not do anything more.",
    ),
    rule="S-10",
)
NOT_ASSESSOR = Refusal(
    "signing.assessment.not_yours",
    Forbidden,
    sv=Text(
        "Riskbedömningen görs av förskrivaren som beställde anpassningen.",
        "Be förskrivaren göra bedömningen.",
    ),
    en=Text(
        "The risk assessment is made by the prescriber who ordered the adaptation.",
        "Ask the prescriber to make the assessment.",
    ),
    rule="S-1",
)
ASSESSMENT_MISSING = Refusal(
    "signing.assessment.missing",
    Conflict,
    sv=Text(
        "Förskrivarens funktionella riskbedömning saknas.",
        "Gör riskbedömningen först och skriv under därefter.",
    ),
    en=Text(
        "The prescriber's functional risk assessment is missing.",
        "Make the risk assessment first, and sign after that.",
    ),
    rule="S-1",
)
ASSESSMENT_CHANGED = Refusal(
    "signing.assessment.changed",
    Conflict,
    sv=Text(
        "Riskbedömningen har ändrats sedan du såg den. Den gällande är version {version}.",
        "Läs den gällande bedömningen och skriv under igen.",
    ),
    en=Text(
        "The risk assessment has changed since you saw it. The one in force is version {version}.",
        "Read the assessment in force, and sign again.",
    ),
    rule="S-1",
)
ASSESSMENT_SIGNED = Refusal(
    "signing.assessment.signed",
    Conflict,
    sv=Text(
        "Någon har skrivit under på riskbedömningen, som därför inte kan ändras.",
        "Avböj ärendet om bedömningen ska göras om.",
    ),
    en=Text(
        "Somebody has signed the risk assessment, which therefore cannot be changed.",
        "Decline the job if the assessment is to be made anew.",
    ),
    rule="S-1",
)
NOT_ACCEPTABLE = Refusal(
    "signing.assessment.not_acceptable",
    Conflict,
    sv=Text(
        "Riskbedömningen säger att risken inte är godtagbar.",
        "Avböj ärendet och ange varför, så får teknikern göra om anpassningen.",
    ),
    en=Text(
        "The risk assessment says that the risk is not acceptable.",
        "Decline the job and say why, and the technician will redo the adaptation.",
    ),
    rule="S-1",
)
CONCLUSION_CONTRADICTS = Refusal(
    "signing.assessment.contradicts",
    Invalid,
    sv=Text(
        "Slutsatsen säger emot de enskilda riskerna.",
        "En risk som inte är godtagbar ger slutsatsen att helheten inte är det. Åtgärder kräver "
        "att någon är angiven.",
    ),
    en=Text(
        "The conclusion contradicts the single risks.",
        "A risk that is not acceptable makes the whole not so. Measures require that one is "
        "stated.",
    ),
    rule="S-1",
)
LOGIN_NOT_FRESH = Refusal(
    "signing.login.not_fresh",
    Unknown,
    sv=Text(
        "Underskriften kräver en ny inloggning, högst {minutes} minuter gammal.",
        "Logga in med SITHS för det här ärendet och skriv under igen.",
    ),
    en=Text(
        "The signature requires a new login, at most {minutes} minutes old.",
        "Log in with SITHS for this job, and sign again.",
    ),
    rule="S-8",
)
LOGIN_LEVEL = Refusal(
    "signing.login.level",
    Unknown,
    sv=Text(
        "Inloggningen har för låg tillitsnivå för att skriva under.",
        "Logga in med SITHS på tillitsnivå 3.",
    ),
    en=Text(
        "The login has too low a level of assurance for a signature.",
        "Log in with SITHS at level 3.",
    ),
    rule="S-8",
)
LOGIN_OTHER = Refusal(
    "signing.login.other_person",
    Forbidden,
    sv=Text(
        "Inloggningen gjordes av en annan person än den som ska skriva under.",
        "Logga in som dig själv för det här ärendet.",
    ),
    en=Text(
        "The login was made by another person than the one who is to sign.",
        "Log in as yourself for this job.",
    ),
    rule="S-8",
)
DAY_AHEAD = Refusal(
    "signing.paper.day_ahead",
    Invalid,
    sv=Text(
        "Underskriftsdagen har inte varit än, eller är före anpassningen.",
        "Ange den dag som står vid den sista underskriften.",
    ),
    en=Text(
        "The day of the signature is still to come, or before the adaptation.",
        "State the day that is written beside the last signature.",
    ),
    rule="S-3",
)
OWN_PAPER = Refusal(
    "signing.paper.own",
    Forbidden,
    sv=Text(
        "Den som har skickat in eller skrivit under handlingen kan inte kontrollera den.",
        "Be en kollega kontrollera den.",
    ),
    en=Text(
        "Whoever has sent in or signed the document cannot verify it.",
        "Ask a colleague to verify it.",
    ),
    rule="S-3",
)
NOT_SIGNED = Refusal(
    "signing.report.not_signed",
    Conflict,
    sv=Text(
        "Handlingen har ingen digital underskrift.",
        "Rapporten finns när någon har skrivit under.",
    ),
    en=Text(
        "The document has no digital signature.",
        "The report exists once somebody has signed.",
    ),
    rule="S-10",
)
TIMESTAMPS_AWAY = Refusal(
    "signing.timestamp.unavailable",
    Unavailable,
    sv=Text(
        "Tidsstämplingen svarar inte, och utan den blir ingen underskrift till. Ingenting har "
        "ändrats.",
        "Vänta en stund och skriv under igen.",
    ),
    en=Text(
        "The timestamp authority does not answer, and without it there is no signature. Nothing "
        "has changed.",
        "Wait a moment, and sign again.",
    ),
    rule="S-11",
)
NOT_SIGNABLE = Refusal(
    "signing.document.not_signable",
    Conflict,
    sv=Text(
        "Handlingen går inte att skriva under.",
        "Be teknikern återkalla ärendet och skicka en ny PDF-fil.",
    ),
    en=Text(
        "The document cannot be signed.",
        "Ask the technician to recall the job and send a new PDF file.",
    ),
    rule="S-11",
)
