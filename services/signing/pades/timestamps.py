"""Timestamps over HTTP, by RFC 3161."""

import hashlib
import time
from dataclasses import dataclass

import httpx
from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import handle_tsp_response, set_tsp_headers
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from services.signing.pades.errors import TimestampUnavailable
from services.signing.pades.event_loop import run

LONGEST = 65_536  # bytes of an answer
DIGEST = "sha256"
#: What asn1crypto and pyHanko raise at bytes that are not what they should be.
RUBBISH = (ValueError, TypeError, KeyError, AttributeError, OSError)


@dataclass(frozen=True)
class TimestampClient:
    """Asks one timestamp authority; for all green threads together.

    Args:
        timeout: seconds after which it is given up.
    """

    url: str
    timeout: float
    http: httpx.Client

    @classmethod
    def at(cls, url: str, timeout: float) -> "TimestampClient":
        return cls(url, timeout, httpx.Client(timeout=timeout))

    def timestamp(self, signature: bytes) -> cms.ContentInfo:
        """A timestamp token over `signature`, not yet verified.

        Raises:
            TimestampUnavailable: there was no usable answer in time.
        """
        nonce, request = TimeStamper().request_cms(hashlib.sha256(signature).digest(), DIGEST)
        answer = self._post(request.dump())
        try:
            return handle_tsp_response(tsp.TimeStampResp.load(answer, strict=True), nonce)
        except RUBBISH as error:
            reason = f"the timestamp authority's answer cannot be used ({type(error).__name__})"
            raise TimestampUnavailable(reason) from error

    def _post(self, request: bytes) -> bytes:
        deadline = time.monotonic() + self.timeout
        headers = set_tsp_headers({})
        try:
            with self.http.stream("POST", self.url, content=request, headers=headers) as response:
                response.raise_for_status()
                return _read(response, deadline)
        except httpx.HTTPError as error:
            reason = f"the timestamp authority cannot be reached ({type(error).__name__})"
            raise TimestampUnavailable(reason) from error


def _read(response: httpx.Response, deadline: float) -> bytes:
    """The answer's body, unless it is no timestamp, too long, or comes in too slowly."""
    if response.headers.get("Content-Type", "") != "application/timestamp-reply":
        raise TimestampUnavailable("the timestamp authority's answer is not a timestamp")
    content = b""
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > LONGEST or time.monotonic() > deadline:
            raise TimestampUnavailable("the timestamp authority's answer is too long or too slow")
    return content


def check(token: cms.ContentInfo, signature: bytes, context: ValidationContext):
    """Return the token's status and time; it must be trusted.

    Raises:
        TimestampUnavailable: it is another's, for something else, or not trusted.
    """
    try:
        found = run(
            validate_tst_signed_data(
                token["content"], context, lambda name: hashlib.new(name, signature).digest()
            )
        )
        status = TimestampSignatureStatus(**found)
    except (SignatureValidationError, PathError, *RUBBISH) as error:
        reason = f"the timestamp cannot be verified ({type(error).__name__})"
        raise TimestampUnavailable(reason) from error
    if not (status.intact and status.valid and status.trusted):
        raise TimestampUnavailable("the timestamp is not valid, or not from whom we trust")
    return status
