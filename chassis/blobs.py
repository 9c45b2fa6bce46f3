"""Files by claim check: the file lies in the blob store, messages carry key, size and hash."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

import fsspec

from chassis import settings

CHUNK = 1 << 20  # bytes


class TooLarge(ValueError):
    """The file is larger than allowed."""


@dataclass(frozen=True)
class Blob:
    """A stored file: `size` in bytes, `sha256` in hexadecimal."""

    key: str
    size: int
    sha256: str


class BlobStore:
    """Files below one address, known by the hash of their content."""

    def __init__(self, url: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)

    @classmethod
    def from_settings(cls) -> "BlobStore":
        return cls(settings.read("BLOB_URL"))

    def put(self, source: IO[bytes], limit: int) -> Blob:
        """Store what `source` yields under the hash of it; the same again is harmless.

        Args:
            limit: most bytes that are taken.

        Raises:
            TooLarge: there was more; nothing is stored.
        """
        incoming = f"{self._root}/incoming/{uuid.uuid4().hex}"
        self._fs.makedirs(self._fs._parent(incoming), exist_ok=True)
        try:
            blob = self._write(incoming, source, limit)
        except BaseException:
            with suppress(FileNotFoundError):
                self._fs.rm(incoming)
            raise
        self._fs.makedirs(self._fs._parent(self._path(blob.key)), exist_ok=True)
        self._fs.mv(incoming, self._path(blob.key))  # whole at once, or not at all
        return blob

    def read(self, key: str) -> Iterator[bytes]:
        """The file's content, chunk by chunk.

        Raises:
            FileNotFoundError: there is none.
        """
        with self._fs.open(self._path(key), "rb") as source:
            while chunk := source.read(CHUNK):
                yield chunk

    def remove(self, key: str) -> None:
        """Forget the file; one that is not there is gone already."""
        with suppress(FileNotFoundError):
            self._fs.rm(self._path(key))

    def _write(self, path: str, source: IO[bytes], limit: int) -> Blob:
        digest, size = hashlib.sha256(), 0
        with self._fs.open(path, "wb") as target:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLarge(f"more than {limit} bytes")
                digest.update(chunk)
                target.write(chunk)
        return Blob(digest.hexdigest(), size, digest.hexdigest())

    def _path(self, key: str) -> str:
        if not key.isalnum():
            raise FileNotFoundError(key)  # never a path of the caller's making
        return f"{self._root}/{key[:2]}/{key}"
