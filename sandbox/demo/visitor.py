"""A person at the portal: logs in as people do, and sends requests as a careful client does."""

import time
from typing import Any, Self
from urllib.parse import urlencode
from uuid import uuid4

import httpx

from sandbox.demo.evidence import NotSo

API = "/api/v1"
#: Statuses that say nothing of the request itself: the same request may be sent again.
AGAIN = {502, 503, 504}
TOO_MANY = 429


class Visitor:
    """
    Args:
        url: the portal's address.
        identity: the identity provider's.
        hsa_id: who logs in, with a commission after a slash where there are several.
    """

    def __init__(self, url: str, identity: str, hsa_id: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=20, headers={"Origin": url})
        self._url, self._identity, self._hsa_id = url, identity, hsa_id
        self.repeated = 0  # how often a request had to be sent again

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def cookies(self) -> httpx.Cookies:
        """The session, for another client that goes on with it."""
        return self._http.cookies

    def log_in(self, path: str = "/login") -> int:
        """Follow the login from page to page, as a browser does; return how many there were.

        Args:
            path: of the login; one made for a signature has its own.
        """
        response, pages = self._begun(path), 1
        while response.is_redirect:
            response = self._http.get(self._chosen(response.headers["Location"]))
            pages += 1
        if response.is_error:
            raise NotSo(f"the login ended in {response.status_code}")
        return pages

    def beside(self) -> "Visitor":
        """The same person in a client of its own, which goes on with the session."""
        other = Visitor(self._url, self._identity, self._hsa_id)
        other._http.cookies.update(self.cookies)
        return other

    def delete(self, path: str) -> None:
        self._answered("DELETE", path)

    def get(self, path: str, **query: Any) -> Any:
        return self._answered("GET", path, params=query).json()

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a command until it is answered, always with the same key.

        Raises:
            NotSo: it was refused.
        """
        response = self.send(path, body)
        if response.is_error:
            raise NotSo(f"POST {path} was refused: {response.text}")
        return response.json()

    def send(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """The same, with a refusal as the answer that it is."""
        headers = {"Idempotency-Key": str(uuid4())}
        return self._answered("POST", path, json=body, headers=headers)

    def upload(self, path: str, content: bytes) -> dict[str, Any]:
        """Send a PDF file.

        Raises:
            NotSo: it was refused.
        """
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/pdf"}
        response = self._answered("POST", path, content=content, headers=headers)
        if response.is_error:
            raise NotSo(f"the file was refused: {response.text}")
        return response.json()

    def fetch(self, path: str) -> bytes:
        """A file."""
        return self._answered("GET", path).content

    def pages(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Every item of a list, page after page."""
        found, page = [], 1
        while True:
            part = self.get(path, limit=100, page=page, **query)
            found += part["items"]
            if not part["more"]:
                return found
            page += 1

    def _answered(self, method: str, path: str, **options: Any) -> httpx.Response:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                response = self._http.request(method, API + path, **options)
                if response.status_code not in AGAIN:
                    return response
            except httpx.TransportError:
                pass  # no answer: perhaps carried out, perhaps not; the same again tells
            self.repeated += 1
            time.sleep(0.2)
        raise NotSo(f"{method} {path} was not answered within a minute")

    def _begun(self, path: str) -> httpx.Response:
        """A login's first page; whoever logs in too often waits as long as she is told to."""
        response = self._http.get(path)
        while response.status_code == TOO_MANY:
            time.sleep(int(response.headers["Retry-After"]))
            response = self._http.get(path)
        return response

    def _chosen(self, address: str) -> str:
        if not address.startswith(f"{self._identity}/authorize"):
            return address
        return f"{address}&{urlencode({'login_hint': self._hsa_id})}"
