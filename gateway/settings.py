"""The gateway's settings, read from the environment and checked at start.

    PUBLIC_URL          the address that people use, without path; https outside one's own machine
    SESSION_SECRET      at least 32 characters; signs the session cookie
    SESSION_IDLE        minutes without a request until a session ends
    SESSION_LIFETIME    hours until it ends anyway
    OIDC_ISSUER         the identity provider; its discovery document lies under it
    OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_SCOPE   how the gateway presents itself there
    OIDC_AUDIENCE       what an access token must be meant for
    OIDC_ACR            the levels of assurance that suffice, with commas between
    OIDC_ALGORITHMS     the signatures that are accepted, with commas between
    OIDC_…_CLAIM        names of claims: HSA_ID, ROLE, UNIT, UNIT_NAME, PRINCIPAL
    RPC_TIMEOUT         seconds until a call to a service is given up
    LOGIN_RATE          how often one address may begin to log in, such as 10/minute
    BLOB_URL            where files are kept, as the services have it
    MAX_BODY            bytes of a request's body
    TRUSTED_PROXIES     how many proxies stand before the gateway and set X-Forwarded-…
    CUSTOMER_SERVICE_TELEPHONE   whom to call when it is urgent
    API_CONTACT_NAME, API_CONTACT_EMAIL, API_CONTACT_URL   who answers for the API

GATEWAY_BIND, GATEWAY_WORKERS: see gunicorn.conf.py; AMQP_URI, PROBE_PORT, LOG_LEVEL: see chassis.
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from limits import RateLimitItem, parse

from chassis.settings import SettingError, amqp_uri, read

LOA = "http://id.sambi.se/loa/loa"
LOCAL = ("127.0.0.1", "localhost", "::1")
SHORTEST_SECRET = 32  # characters


@dataclass(frozen=True)
class Claims:
    """What the identity provider calls what we want to know."""

    hsa_id: str = "employeeHsaId"
    role: str = "role"
    unit: str = "healthCareUnitHsaId"
    unit_name: str = "healthCareUnitName"
    principal: str = "healthCareProviderHsaId"


@dataclass(frozen=True)
class Identity:
    """The identity provider, and what is asked of its answers."""

    issuer: str
    client_id: str
    client_secret: str
    scope: str = "openid profile email"
    audience: str = "rampen"
    levels: tuple[str, ...] = (f"{LOA}3", f"{LOA}4")
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256")
    claims: Claims = Claims()


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings; see the module's docstring."""

    public_url: str
    session_secret: str
    identity: Identity
    amqp_uri: str = ""
    blob_url: str = "memory://rampen"
    session_idle: timedelta = timedelta(minutes=30)
    session_lifetime: timedelta = timedelta(hours=8)
    rpc_timeout: float = 10.0
    login_rate: RateLimitItem = parse("10/minute")  # noqa: RUF009 - it never changes
    max_body: int = 1 << 20
    trusted_proxies: int = 0
    telephone: str = "031-390 06 00"  # belongs to nobody: set aside by PTS
    contact: tuple[str, str, str] = ("Hjälpmedelscentralen", "", "")  # name, mail, address

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @classmethod
    def from_environment(cls) -> "Settings":
        """
        Raises:
            SettingError: one is missing or wrong; the text names it.
        """
        return cls(
            public_url=_address("PUBLIC_URL", default="http://127.0.0.1:8000"),
            session_secret=_secret("SESSION_SECRET"),
            identity=_identity(),
            amqp_uri=amqp_uri(),
            blob_url=read("BLOB_URL"),
            session_idle=timedelta(minutes=read("SESSION_IDLE", "float", default=30)),
            session_lifetime=timedelta(hours=read("SESSION_LIFETIME", "float", default=8)),
            rpc_timeout=read("RPC_TIMEOUT", "float", default=10.0),
            login_rate=_rate("LOGIN_RATE", "10/minute"),
            max_body=read("MAX_BODY", "int", default=cls.max_body),
            trusted_proxies=read("TRUSTED_PROXIES", "int", default=0),
            telephone=read("CUSTOMER_SERVICE_TELEPHONE", default=cls.telephone),
            contact=_contact(),
        )


def _identity() -> Identity:
    words = {"levels": "OIDC_ACR", "algorithms": "OIDC_ALGORITHMS"}
    lists = {
        field: tuple(read(name, "list", default=list(getattr(Identity, field))))
        for field, name in words.items()
    }
    return Identity(
        issuer=_address("OIDC_ISSUER"),
        client_id=read("OIDC_CLIENT_ID"),
        client_secret=read("OIDC_CLIENT_SECRET"),
        scope=read("OIDC_SCOPE", default=Identity.scope),
        audience=read("OIDC_AUDIENCE", default=Identity.audience),
        claims=Claims(
            **{
                field: read(f"OIDC_{field.upper()}_CLAIM", default=getattr(Claims, field))
                for field in Claims.__dataclass_fields__
            }
        ),
        **lists,
    )


def _contact() -> tuple[str, str, str]:
    name, email, url = Settings.contact
    return (
        read("API_CONTACT_NAME", default=name),
        read("API_CONTACT_EMAIL", default=email),
        read("API_CONTACT_URL", default=url),
    )


def _address(name: str, **options: str) -> str:
    value = read(name, **options).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in LOCAL):
        raise SettingError(name, "must be an https:// address (http:// on 127.0.0.1 alone)")
    return value


def _secret(name: str) -> str:
    value = read(name)
    if len(value) < SHORTEST_SECRET:
        raise SettingError(name, f"must have at least {SHORTEST_SECRET} characters")
    return value


def _rate(name: str, default: str) -> RateLimitItem:
    try:
        return parse(read(name, default=default))
    except ValueError:
        raise SettingError(name, "must look like 10/minute") from None
