"""Fetches a published calendar from where its owner says it is, and from nowhere else.

The address comes from a person and must not make us a way into what is behind our walls. So the
host's name is looked up once, every address that it has must be public (or allowed by a setting),
and the connection is made to just the address that was checked; each redirect is checked in the
same way. What is read has a largest size and a longest time.
"""

import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from contracts.errors.booking_calendars import (
    FEED_ADDRESS,
    FEED_REFUSED,
    FEED_SILENT,
    FEED_TOO_LARGE,
)

PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # leads to any IPv4 address
CHUNK = 1 << 16  # bytes


@dataclass(frozen=True)
class Fetched:
    """
    Args:
        content: None: as it was when it had this ETag.
    """

    content: bytes | None
    etag: str | None


@dataclass(frozen=True)
class Fetcher:
    """
    Args:
        allowed: hosts that may be read though they are not public.
        largest: bytes.
        longest: seconds for the whole; `patience`, for each step.
    """

    allowed: frozenset[str] = frozenset()
    largest: int = 5_000_000
    longest: float = 30
    redirects: int = 4
    patience: float = 10

    def fetch(self, address: str, etag: str | None) -> Fetched:
        """What is at the address, unless it still has the ETag.

        Raises:
            Invalid: it may not be read, cannot be, or is too large.
        """
        give_up = time.monotonic() + self.longest
        headers = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity"}
        headers |= {"If-None-Match": etag} if etag else {}
        try:
            with httpx.Client(timeout=self.patience, trust_env=False) as client:
                return self._follow(client, httpx.URL(address), headers, give_up)
        except (httpx.HTTPError, OSError) as error:
            raise FEED_SILENT() from error
        except (httpx.InvalidURL, ValueError) as error:
            raise FEED_ADDRESS() from error

    def _follow(self, client, url: httpx.URL, headers: dict[str, str], give_up: float) -> Fetched:
        for _ in range(self.redirects + 1):
            with self._asked(client, url, headers) as response:
                if response.status_code not in REDIRECTS:
                    return self._read(response, headers, give_up)
                url = url.join(response.headers.get("Location", ""))
        raise FEED_REFUSED()

    @contextmanager
    def _asked(self, client, url: httpx.URL, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """Ask the very machine that was checked, under the name that it has in the address."""
        pinned = url.copy_with(host=self._checked(url))
        request = client.build_request(
            "GET",
            pinned,
            headers=headers | {"Host": url.netloc.decode()},
            extensions={"sni_hostname": url.host},
        )
        response = client.send(request, stream=True)
        try:
            yield response
        finally:
            response.close()

    def _checked(self, url: httpx.URL) -> str:
        """The host's address in the network.

        Raises:
            Invalid: it may not be read.
        """
        if url.scheme not in PORTS or not url.host or url.userinfo:
            raise FEED_ADDRESS()
        found = socket.getaddrinfo(url.host, url.port or PORTS[url.scheme], type=socket.SOCK_STREAM)
        addresses = [str(address[0]) for *_, address in found]
        if url.host not in self.allowed and not all(_is_public(one) for one in addresses):
            raise FEED_ADDRESS()
        return addresses[0]

    def _read(self, response: httpx.Response, headers: dict[str, str], give_up: float) -> Fetched:
        if response.status_code == HTTPStatus.NOT_MODIFIED and "If-None-Match" in headers:
            return Fetched(None, headers["If-None-Match"])
        if response.status_code != HTTPStatus.OK:
            raise FEED_REFUSED()
        content = bytearray()
        for chunk in response.iter_bytes(CHUNK):
            content += chunk
            if len(content) > self.largest:
                raise FEED_TOO_LARGE()
            if time.monotonic() > give_up:
                raise FEED_SILENT()
        return Fetched(bytes(content), response.headers.get("ETag"))


def _is_public(address: str) -> bool:
    """Whether it is a machine on the open net; an IPv4 address in IPv6 clothes is seen through."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
        if found in NAT64:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved
