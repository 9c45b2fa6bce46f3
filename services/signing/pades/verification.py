"""Who has signed a file, when, and whether that holds: by the file itself and the roots alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko_certvalidator import ValidationContext

from services.signing.pades.errors import Damaged, NotPdf
from services.signing.pades.event_loop import run
from services.signing.pades.material import StatedMaterial

PADES = "/ETSI.CAdES.detached"
HEADER = b"%PDF-"
#: What reading a file raises that somebody has had his hands in.
UNREADABLE = (
    *(PdfError, SignatureValidationError, CMSExtractionError, RecursionError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, OSError),
)


@dataclass(frozen=True)
class FoundSignature:
    """One signature in a file.

    Args:
        field: its field's name.
        time: by the timestamp authority; None where nobody trusted says so.
        level: `B-LT` and the like, by what is in the file.
        intact: what it signs is as it was, and the signature is the certificate's.
        covered: it covers the whole document, or what came later is what it allows.
        trusted: certificate and timestamp lead to the given roots, and were not revoked then.
    """

    field: str
    hsa_id: str
    name: str
    time: datetime | None
    level: str
    intact: bool
    covered: bool
    trusted: bool
    material: StatedMaterial

    @property
    def holds(self) -> bool:
        return self.intact and self.covered and self.trusted and self.time is not None


@dataclass(frozen=True)
class Verification:
    """What was found in a file, oldest signature first."""

    signatures: tuple[FoundSignature, ...]

    @property
    def holds(self) -> bool:
        """Whether there are signatures, and each of them holds."""
        return bool(self.signatures) and all(one.holds for one in self.signatures)


def verify(pdf: bytes, roots: Iterable[asn1.Certificate]) -> Verification:
    """Look at every signature in `pdf`; asks nobody, and minds no certificate's later end.

    Raises:
        NotPdf: it does not begin as a PDF file does.
        Damaged: it cannot be read.
    """
    if not pdf.startswith(HEADER):
        raise NotPdf("not a PDF file")
    trusted = list(roots)
    try:
        reader = PdfFileReader(BytesIO(pdf))
        store = _store(reader)
        found = [_look(one, store, trusted) for one in reader.embedded_regular_signatures]
    except UNREADABLE as error:
        raise Damaged(f"the file cannot be read ({type(error).__name__})") from error
    return Verification(tuple(found))


def _look(
    signature: EmbeddedPdfSignature,
    store: DocumentSecurityStore | None,
    roots: list[asn1.Certificate],
) -> FoundSignature:
    stamped = _stamped(signature)
    signers, timestamps = (_context(store, roots, stamped) for _ in range(2))
    status = run(async_validate_pdf_signature(signature, signers, timestamps))
    subject = signature.signer_cert.subject.native
    stated = signature.sig_object
    return FoundSignature(
        field=signature.field_name,
        hsa_id=str(subject.get("serial_number", "")),
        name=str(subject.get("common_name", "")),
        time=stamped if _timestamp_holds(status) else None,
        level=_level(signature, stamped, store),
        intact=status.intact and status.valid,
        covered=_covered(status),
        trusted=status.trusted,
        material=StatedMaterial.from_text(str(stated.get("/Reason", ""))),
    )


def _stamped(signature: EmbeddedPdfSignature) -> datetime | None:
    """When the signature's timestamp says that it was; nothing is checked yet."""
    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        return token["encap_content_info"]["content"].parsed["gen_time"].native
    return None


def _store(reader: PdfFileReader) -> DocumentSecurityStore | None:
    try:
        return DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return None


def _context(
    store: DocumentSecurityStore | None, roots: list[asn1.Certificate], moment: datetime | None
) -> ValidationContext:
    """Trust as it was at `moment`: by the roots, with what the file brings along."""
    settings: dict[str, Any] = {
        "trust_roots": roots,
        "moment": moment,
        "revocation_mode": "require",
    }
    if store is None:
        return ValidationContext(**settings)
    return store.as_validation_context(settings)


def _timestamp_holds(status: PdfSignatureStatus) -> bool:
    stamp = status.timestamp_validity
    return stamp is not None and stamp.intact and stamp.valid and stamp.trusted


def _covered(status: PdfSignatureStatus) -> bool:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and bool(status.docmdp_ok)


def _level(
    signature: EmbeddedPdfSignature, stamped: datetime | None, store: DocumentSecurityStore | None
) -> str:
    if signature.sig_object.get("/SubFilter") != PADES:
        return "CMS"
    if stamped is None:
        return "B-B"
    return "B-LT" if store and (store.crls or store.ocsps) else "B-T"
