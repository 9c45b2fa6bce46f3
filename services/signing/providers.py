"""What signing's process shares among its workers: the signer, and the files."""

from io import BytesIO

from nameko.extensions import DependencyProvider

from chassis.blobs import Blob, BlobStore
from services.signing.pades.settings import local_signer, trust_roots
from services.signing.pades.verification import Verification, verify


class BlobFiles:
    """The blob store; port `Files`."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs

    def content(self, key: str) -> bytes:
        return b"".join(self._blobs.read(key))

    def keep(self, content: bytes) -> Blob:
        return self._blobs.put(BytesIO(content), limit=len(content))

    def remove(self, key: str) -> None:
        self._blobs.remove(key)


class Files(DependencyProvider):
    """The blob store at BLOB_URL."""

    def setup(self) -> None:
        self._files = BlobFiles(BlobStore.from_settings())

    def get_dependency(self, worker_ctx) -> BlobFiles:
        return self._files


class LocalPen:
    """Signs, and verifies what was signed."""

    def __init__(self) -> None:
        self.signer, self._roots = local_signer(), trust_roots()

    def verify(self, pdf: bytes) -> Verification:
        return verify(pdf, self._roots)


class Pen(DependencyProvider):
    """The local signer, as the settings of `services.signing.pades` describe it."""

    def setup(self) -> None:
        self._pen = LocalPen()

    def get_dependency(self, worker_ctx) -> LocalPen:
        return self._pen
