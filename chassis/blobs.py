"""Files by claim check: the file lies in the blob store, messages carry key, size and hash."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

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
    """Files below one address, known by a key that nobody can guess."""

    def __init__(self, url: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)

    @classmethod
    def from_settings(cls) -> "BlobStore":
        return cls(settings.read("BLOB_URL"))

    def put(self, source: BinaryIO, limit: int) -> Blob:
        """Store what `source` yields.

        Args:
            limit: most bytes that are taken.

        Raises:
            TooLarge: there was more; nothing is stored.
        """
        key, digest, size = uuid.uuid4().hex, hashlib.sha256(), 0
        path = self._path(key)
        self._fs.makedirs(self._fs._parent(path), exist_ok=True)
        with self._fs.transaction, self._fs.open(path, "wb") as target:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLarge(f"more than {limit} bytes")
                digest.update(chunk)
                target.write(chunk)
        return Blob(key, size, digest.hexdigest())

    def read(self, key: str) -> Iterator[bytes]:
        """The file's content, chunk by chunk.

        Raises:
            FileNotFoundError: there is none.
        """
        with self._fs.open(self._path(key), "rb") as source:
            while chunk := source.read(CHUNK):
                yield chunk

    def _path(self, key: str) -> str:
        if not key.isalnum():
            raise FileNotFoundError(key)  # never a path of the caller's making
        return f"{self._root}/{key[:2]}/{key}"
