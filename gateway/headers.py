"""The security headers of every answer, added last and cheaply."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from gateway.settings import Settings

Environ = dict[str, Any]


class SecurityHeaders:
    """WSGI middleware that adds them; an answer may say itself how long it keeps."""

    def __init__(self, app: Callable[..., Iterable[bytes]], settings: Settings) -> None:
        self._app = app
        self._always = security_headers(settings)
        self._unkept = [*self._always, ("Cache-Control", "no-store")]

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            is_kept = any(name == "Cache-Control" for name, _ in headers)
            headers.extend(self._always if is_kept else self._unkept)
            return start_response(status, headers, *exc_info)

        return self._app(environ, start)


def security_headers(settings: Settings) -> list[tuple[str, str]]:
    issuer = urlsplit(settings.identity.issuer)  # where logging out leads on to
    policy = (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {issuer.scheme}://{issuer.netloc}"
    )
    headers = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]
    if settings.is_https:
        headers.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
    return headers
