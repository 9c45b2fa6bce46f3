"""Around every request: its id, a line in the log, a place in the metrics, the security headers."""

import logging
import re
import time
import uuid
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from chassis import logs, metrics
from gateway.settings import Settings

HEADER = "X-Request-Id"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_log = logging.getLogger("gateway.access")


class Requests:
    """What happens before and after each request."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._key = settings.session_secret.encode()[:64]
        self._headers = _security_headers(settings)
        app.before_request(self.begin)
        app.after_request(self.finish)
        app.teardown_request(self.forget)

    def begin(self) -> None:
        given = request.headers.get(HEADER, "")
        g.request_id = given if _WELL_FORMED.fullmatch(given) else str(uuid.uuid4())
        g.log_token = logs.request_id.set(g.request_id)
        g.started = time.perf_counter()

    def finish(self, response: Response) -> Response:
        for name, value in self._headers:
            response.headers.setdefault(name, value)
        response.headers[HEADER] = g.request_id
        self._note(response.status_code)
        return response

    def forget(self, _error: BaseException | None) -> None:
        if token := g.pop("log_token", None):
            logs.request_id.reset(token)

    def _note(self, status: int) -> None:
        """Note the request: its route, not its address, which may say too much."""
        route = request.url_rule.rule if request.url_rule else "unknown"
        seconds = time.perf_counter() - g.started
        metrics.http_seconds.labels(request.method, route, status).observe(seconds)
        person = g.get("person")
        actor = self._pseudonym(person.actor.hsa_id) if person else ""
        milliseconds = round(seconds * 1000, 1)
        _log.info(
            "%s %s %s",
            request.method,
            route,
            status,
            extra={"status": status, "duration_ms": milliseconds, "actor": actor},
        )

    @lru_cache(maxsize=10_000)  # noqa: B019 - there is one of us in the process
    def _pseudonym(self, hsa_id: str) -> str:
        """The same person is the same in all lines, and is not named in any."""
        if not hsa_id:
            return ""
        return blake2b(hsa_id.encode(), key=self._key, digest_size=8).hexdigest()


def _security_headers(settings: Settings) -> list[tuple[str, str]]:
    issuer = urlsplit(settings.identity.issuer)
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
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
        ("Cache-Control", "no-store"),
    ]
    if settings.is_https:
        headers.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
    return headers
