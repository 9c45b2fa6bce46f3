"""What the OpenAPI document says of the API as a whole.

Source: the national REST API profile 1.2, DOK.01-DOK.11, SAK.10, SAK.18
"""

from typing import Any

from apispec import APISpec

from gateway.settings import Settings

DESCRIPTION = """\
Rampen tar hand om försörjningen av hjälpmedel: beställning, konsultation, bokning,
underhåll, utbildning. API:et är samma som Rampens egna sidor använder. Du är inloggad med SITHS
(webbläsare) eller skickar en åtkomsttoken (program). Varje fel är ett problem enligt RFC 9457 med
en kod som aldrig ändrar betydelse, och säger vad du ska göra; texterna är svenska, eller engelska
med Accept-Language: en. Tider är i UTC.

Begränsningar: högst 100 rader per sida och 1 MiB per begäran; 10 inloggningar per minut och adress;
lediga tider för högst 62 dagar i taget.

Rampen is the supply of assistive devices: orders, consultations, bookings, maintenance,
training. It is the same API that Rampen's own pages use. You are logged in with SITHS (browser) or
send an access token (program).
Every error is an RFC 9457 problem with a code that never changes its meaning, and says what to do;
texts are in Swedish, or in English with Accept-Language: en. Times are in UTC.

Limits: at most 100 rows a page and 1 MiB a request; 10 logins a minute and address; free times for
at most 62 days at a time.
"""


def frame(settings: Settings, root: str) -> dict[str, Any]:
    """The members of the document that belong to no operation."""
    name, email, url = settings.contact
    docs = f"{settings.public_url}/api/docs"
    contact = {"name": name, "email": email, "url": url or docs}
    return {
        "info": {
            "description": DESCRIPTION,
            "contact": {key: value for key, value in contact.items() if value},
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/sv/"},
            "x-sla": {
                "availability": "Enligt avtal med driften. As agreed with its operator.",
                "responseTime": "Enligt samma avtal; 504 efter "
                f"{settings.rpc_timeout:g} s. As agreed; 504 after that many seconds.",
                "support": f"Kundtjänst, {settings.telephone}; öppettider i /customer-service.",
            },
        },
        "servers": [{"url": settings.public_url + root}],
        "externalDocs": {"description": "Läsbar beskrivning. Readable description.", "url": docs},
        "security": [{"bearer": []}, {"siths": []}],
    }


def add_security(spec: APISpec, settings: Settings) -> None:
    """Say how callers identify themselves."""
    spec.components.security_scheme(
        "bearer",
        {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "Åtkomsttoken från inloggningstjänsten (RFC 9068). Access token.",
        },
    )
    spec.components.security_scheme(
        "siths",
        {
            "type": "openIdConnect",
            "openIdConnectUrl": f"{settings.identity.issuer}/.well-known/openid-configuration",
            "description": "Inloggning med SITHS i webbläsaren. Login with SITHS in a browser.",
        },
    )


def document(spec: APISpec, root: str) -> dict[str, Any]:
    """The whole document; its addresses are relative to the server's, which ends with the root."""
    found = spec.to_dict()
    found["paths"] = {path.removeprefix(root): item for path, item in found["paths"].items()}
    return found
