"""HTTP to Zoezi: login, deadlines, and what may be sent again when no answer comes.

A call that never reached the scheduler is sent again, and so is one that is safe to repeat. Any
other is not: whether it was carried out must then be looked up.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import httpx

from services.booking.schedule import OutcomeUnknown, SchedulerRefused, SchedulerUnavailable

TIMEOUT = httpx.Timeout(connect=2, read=5, write=5, pool=5)  # seconds
LIMITS = httpx.Limits(max_connections=20, max_keepalive_connections=10)
ATTEMPTS = 2

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class ZoeziClient:
    """One connection pool; safe to share between threads, green or not.

    Args:
        address: the scheduler's, without `/api`.
        key: the integration's.
    """

    def __init__(
        self,
        address: str,
        key: str,
        timeout: httpx.Timeout = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api",
            headers={"Authorization": f"Zoezi {key}", "Accept": "application/json"},
            timeout=timeout,
            limits=LIMITS,
            transport=transport,
        )

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **query: Any) -> Any:
        """Ask; a question may always be repeated.

        Raises:
            SchedulerRefused: the scheduler says no, or what it says cannot be read.
            SchedulerUnavailable: there is no answer.
        """
        given = {name: value for name, value in query.items() if value is not None}
        return self._call("GET", path, repeatable=True, params=given)

    def post(self, path: str, body: Mapping[str, Any], *, repeatable: bool = False) -> Any:
        """Change something.

        Raises:
            SchedulerRefused: the scheduler says no, or what it says cannot be read.
            SchedulerUnavailable: it was not reached, or did not answer to what is repeatable.
            OutcomeUnknown: it did not answer to what is not.
        """
        return self._call("POST", path, repeatable=repeatable, json=body)

    def _call(self, method: str, path: str, *, repeatable: bool, **content: Any) -> Any:
        lost: SchedulerUnavailable | None = None
        for _ in range(ATTEMPTS):
            try:
                return self._once(method, path, **content)
            except OutcomeUnknown as error:
                if not repeatable:
                    raise
                lost = error
            except SchedulerUnavailable as error:
                lost = error
        raise SchedulerUnavailable(f"{method} {path}: no answer") from lost

    def _once(self, method: str, path: str, **content: Any) -> Any:
        try:
            response = self._http.request(method, path, **content)
        except NEVER_SENT as error:
            raise SchedulerUnavailable(f"{method} {path}: not reached") from error
        except httpx.TransportError as error:
            raise OutcomeUnknown(f"{method} {path}: {type(error).__name__}") from error
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise OutcomeUnknown(f"{method} {path}: answered {response.status_code}")
        return _read(response)


def _read(response: httpx.Response) -> Any:
    """The answer's JSON; a page of HTML, as from a proxy or a redirect to login, is no answer."""
    try:
        answer = response.json()
    except ValueError:
        raise SchedulerRefused(f"http_{response.status_code}", "not JSON") from None
    if response.is_success:
        return answer
    refusal = answer if isinstance(answer, dict) else {}
    code = refusal.get("error", f"http_{response.status_code}")
    raise SchedulerRefused(str(code), str(refusal.get("message", "")))
