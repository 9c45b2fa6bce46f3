"""Around every request: its id, its place in the metrics, its line in the log."""

import re
import time
import uuid
from functools import lru_cache
from hashlib import blake2b

from flask import Flask, Response, g, request

from chassis import logs, metrics
from gateway import access_log
from gateway.settings import Settings

HEADER = "X-Request-Id"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


class Requests:
    """What happens before and after each request."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._key = settings.session_secret.encode()[:64]
        self.pseudonym = lru_cache(maxsize=10_000)(self._pseudonym)
        app.before_request(self.begin)
        app.after_request(self.finish)
        app.teardown_request(self.forget)

    def begin(self) -> None:
        given = request.environ.get("HTTP_X_REQUEST_ID", "")
        g.request_id = given if _WELL_FORMED.fullmatch(given) else str(uuid.uuid4())
        g.log_token = logs.request_id.set(g.request_id)
        g.started = time.perf_counter()

    def finish(self, response: Response) -> Response:
        """Note the request: its route, not its address, which may say too much."""
        response.headers[HEADER] = g.request_id
        rule = request.url_rule
        route, status = rule.rule if rule else "unknown", response.status_code
        seconds = time.perf_counter() - g.started
        metrics.http_seconds.labels(request.method, route, status).observe(seconds)
        person = g.get("person")
        actor = self.pseudonym(person.actor.hsa_id) if person else ""
        access_log.write(request.method, route, status, seconds, actor, g.request_id)
        return response

    def forget(self, _error: BaseException | None) -> None:
        if token := g.pop("log_token", None):
            logs.request_id.reset(token)

    def _pseudonym(self, hsa_id: str) -> str:
        """The same person is the same in all lines, and is named in none."""
        if not hsa_id:
            return ""
        return blake2b(hsa_id.encode(), key=self._key, digest_size=8).hexdigest()
