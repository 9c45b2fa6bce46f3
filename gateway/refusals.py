"""Refusals that the gateway itself gives."""

from contracts.errors import ContractError, Forbidden, NotFound, Refusal, Text, Unknown


class BadRequest(ContractError):
    """The request cannot be read."""

    status = 400


class WrongMethod(ContractError):
    """The address does not do that."""

    status = 405


class TooLarge(ContractError):
    """The request's body is larger than any that fits."""

    status = 413


class WrongMediaType(ContractError):
    """The request's body is not of the kind that is read here."""

    status = 415


class TooMany(ContractError):
    """The same caller has asked too often."""

    status = 429


class Broken(ContractError):
    """Something failed in a way that nobody foresaw."""

    status = 500


BODY_UNREADABLE = Refusal(
    "request.unreadable",
    BadRequest,
    sv=Text("Begäran går inte att läsa.", "Skicka ett JSON-objekt i UTF-8."),
    en=Text("The request cannot be read.", "Send a JSON object in UTF-8."),
)
KEY_MISSING = Refusal(
    "idempotency_key.missing",
    BadRequest,
    sv=Text(
        "Begäran saknar huvudet Idempotency-Key.",
        "Skicka en nyckel som du väljer själv, till exempel ett UUID, och samma nyckel igen när "
        "du upprepar begäran.",
    ),
    en=Text(
        "The request lacks the header Idempotency-Key.",
        "Send a key of your own choice, such as a UUID, and the same key when you repeat the "
        "request.",
    ),
)
KEY_WRONG = Refusal(
    "idempotency_key.wrong",
    BadRequest,
    sv=Text(
        "Idempotency-Key är för lång eller innehåller annat än tecken i ASCII.", "Välj ett UUID."
    ),
    en=Text(
        "The Idempotency-Key is too long, or holds other than ASCII characters.", "Take a UUID."
    ),
)
METHOD_WRONG = Refusal(
    "method.wrong",
    WrongMethod,
    sv=Text("Adressen tar inte emot {method}.", "Använd någon av: {allowed}."),
    en=Text("This address does not take {method}.", "Use one of: {allowed}."),
)
BODY_TOO_LARGE = Refusal(
    "request.too_large",
    TooLarge,
    sv=Text("Begäran är för stor.", "Skicka högst {max_bytes} byte."),
    en=Text("The request is too large.", "Send at most {max_bytes} bytes."),
)
NOT_JSON = Refusal(
    "request.not_json",
    WrongMediaType,
    sv=Text("Begäran är inte JSON.", "Skicka Content-Type: application/json."),
    en=Text("The request is not JSON.", "Send Content-Type: application/json."),
)
NOT_PDF_TYPE = Refusal(
    "request.not_pdf",
    WrongMediaType,
    sv=Text("Begäran är inte en PDF-fil.", "Skicka filen med Content-Type: application/pdf."),
    en=Text("The request is not a PDF file.", "Send the file with Content-Type: application/pdf."),
)
TOO_MANY_LOGINS = Refusal(
    "login.too_many",
    TooMany,
    sv=Text("För många inloggningar från samma adress.", "Vänta {seconds} sekunder."),
    en=Text("Too many logins from the same address.", "Wait for {seconds} seconds."),
)
OTHER_ORIGIN = Refusal(
    "request.other_origin",
    Forbidden,
    sv=Text("Begäran kom från en annan webbplats.", "Gör om det från Rampens egna sidor."),
    en=Text("The request came from another site.", "Do it again from Rampen's own pages."),
)
FORM_EXPIRED = Refusal(
    "request.form_expired",
    Forbidden,
    sv=Text(
        "Formuläret hör inte till din inloggning.", "Öppna sidan igen och skicka en gång till."
    ),
    en=Text("The form does not belong to your login.", "Open the page again, and send once more."),
)
FILE_UNREADABLE = Refusal(
    "request.file_unreadable",
    BadRequest,
    sv=Text("Filen är inte text i UTF-8.", "Spara den som CSV UTF-8 och välj den igen."),
    en=Text("The file is not text in UTF-8.", "Save it as CSV UTF-8, and choose it again."),
)
TOKEN_WRONG = Refusal(
    "token.wrong",
    Unknown,
    sv=Text("Åtkomsttoken gäller inte.", "Hämta en ny hos inloggningstjänsten."),
    en=Text("The access token is not valid.", "Fetch a new one from the identity provider."),
)
ASSURANCE_TOO_LOW = Refusal(
    "login.assurance_too_low",
    Unknown,
    sv=Text("Inloggningen har för låg tillitsnivå.", "Logga in med SITHS på tillitsnivå 3."),
    en=Text("The login has too low a level of assurance.", "Log in with SITHS at level 3."),
    rule="P-7",
)
COMMISSION_MISSING = Refusal(
    "login.commission_missing",
    Unknown,
    sv=Text(
        "Inloggningen saknar medarbetaruppdrag eller roll.",
        "Välj ett uppdrag när du loggar in. Saknar du uppdrag ordnar din chef det i HSA.",
    ),
    en=Text(
        "The login lacks a commission or a role.",
        "Choose a commission as you log in. Your manager can have one registered in HSA.",
    ),
    rule="P-7",
)
LOGIN_FAILED = Refusal(
    "login.failed",
    Unknown,
    sv=Text("Inloggningen gick inte att slutföra.", "Börja om från startsidan."),
    en=Text("The login could not be completed.", "Start again from the first page."),
    rule="P-8",
)
PAGE_MISSING = Refusal(
    "address.unknown",
    NotFound,
    sv=Text("Adressen finns inte.", "Se /api/docs för de adresser som finns."),
    en=Text("There is no such address.", "See /api/docs for those that there are."),
)
FAILURE = Refusal(
    "failure",
    Broken,
    sv=Text("Något gick fel hos oss.", "Försök igen. Hör av dig och ange ärende-id om det består."),
    en=Text("Something failed on our side.", "Try again. If it persists, tell us the request id."),
)
