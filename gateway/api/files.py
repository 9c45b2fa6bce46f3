"""Operations that take in or give out a file: it goes by the blob store, messages carry its claim.

Source: S-4, S-10
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import IO
from urllib.parse import quote

from flask import Response, current_app, request

from chassis.blobs import Blob, BlobStore, TooLarge
from contracts.errors.common import SERVICE_UNAVAILABLE
from gateway import refusals
from gateway.api.operations import Json, Operation

PDF = "application/pdf"
LARGEST = 25 * 1024 * 1024  # bytes


@dataclass(frozen=True, kw_only=True)
class Upload(Operation):
    """Takes in a PDF file, which the service then looks into."""

    @property
    def has_input(self) -> bool:  # type: ignore[override]
        """Whether there is anything but the file."""
        return False

    def answer(self, path: Mapping[str, object]) -> Response:
        """
        Raises:
            WrongMediaType: it does not say that it is a PDF file.
            TooLarge: it is larger than any that is signed.
        """
        command_id = self._command_id()
        stored = _take_in()
        return self._answer(self.calls({"command_id": command_id, **vars(stored)}))


@dataclass(frozen=True, kw_only=True)
class Download(Operation):
    """Gives out a PDF file, to whom the service tells where it is."""

    def _answer(self, result: Json) -> Response:
        """
        Raises:
            Unavailable: the blob store does not have it.
        """
        return given_out(result)


def given_out(claim: Json) -> Response:
    """The PDF file of this claim, to be shown where it is asked for.

    Raises:
        Unavailable: the blob store does not have it.
    """
    response = Response(_content(claim["key"]), content_type=PDF)
    response.content_length = claim["size"]
    name = quote(claim["file_name"])
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    response.set_etag(claim["sha256"])
    response.make_conditional(request)
    return response


def kept(stream: IO[bytes]) -> Blob:
    """Put what `stream` brings into the blob store.

    Raises:
        TooLarge: it is larger than any that is signed.
    """
    try:
        return _blobs().put(stream, LARGEST)
    except TooLarge:
        raise refusals.BODY_TOO_LARGE(max_bytes=LARGEST) from None


def _take_in() -> Blob:
    if request.mimetype != PDF:
        raise refusals.NOT_PDF_TYPE()
    if (request.content_length or 0) > LARGEST:
        raise refusals.BODY_TOO_LARGE(max_bytes=LARGEST)
    request.max_content_length = LARGEST + 1  # for this request, instead of MAX_BODY
    return kept(request.stream)


def _content(key: str) -> chain[bytes]:
    """The file's content; its beginning is read before anything is answered."""
    chunks = _blobs().read(key)
    try:
        return chain([next(chunks, b"")], chunks)
    except FileNotFoundError:
        raise SERVICE_UNAVAILABLE() from None


def _blobs() -> BlobStore:
    store: BlobStore = current_app.extensions["blobs"]
    return store
