"""Signatures a second: ours, with a key and certificate for each, against bare pyHanko with one."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from statistics import median
from time import perf_counter
from unittest.mock import patch

from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen import canvas

from bench.results import Line, Results, ms, ratio
from bench.suite import Suite
from services.signing.pades.local_signer import LocalSigner
from services.signing.pades.material import Signatory, SignedMaterial
from services.signing.pades.settings import local_signer

TURNS, EACH = 15, 4  # turns a side, signatures a turn
AT_LEAST = 0.8  # of the signatures that pyHanko makes in the same time
SIGNATORY = Signatory("SE2120001111-B001", "Bo", "Bänk")


def measure(suite: Suite, results: Results) -> None:
    suite.report(f"{EACH} signatures at a time, {TURNS} turns a side")
    signer, pdf = _signer(suite), _document()
    sides: list[Callable[[], object]] = [
        lambda: signer.sign(pdf, SIGNATORY, _material()),
        _bare(signer, pdf),
    ]
    found: list[list[float]] = [[], []]
    for turn in range(TURNS + 1):
        for side, seconds in zip(sides, found, strict=True):
            taken = _timed(side)
            seconds += [taken] if turn else []  # the first turn warms up
    results.lines.append(_line(*found))


def _line(ours: list[float], theirs: list[float]) -> Line:
    times = ratio(theirs, ours)  # of the signatures in the same time
    our, their = ms(median(ours)), f"bare pyHanko {ms(median(theirs))}"
    what = "a signature, PAdES B-LT (signatures in the same time)"
    return Line(what, our, their, times, f"≥ {AT_LEAST}", times >= AT_LEAST)


def _signer(suite: Suite) -> LocalSigner:
    with patch.dict(os.environ, suite.site.environment()):
        return local_signer()


def _bare(ours: LocalSigner, pdf: bytes) -> Callable[[], object]:
    """The same level by pyHanko's own calls, with one key and certificate for all of them."""
    key = ec.generate_private_key(ec.SECP256R1())
    raw = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    registry = SimpleCertificateStore.from_certs(ours.authority.certificates)
    certificate = ours.authority.certify(key, SIGNATORY)
    signer = signers.SimpleSigner(certificate, keys.PrivateKeyInfo.load(raw), registry)
    timestamps = RequestsHTTPTimeStamper(ours.timestamps.url)

    def sign() -> None:
        field = fields.SigFieldSpec("Underskrift1", on_page=-1, box=(6, 6, 180, 50))
        signers.PdfSigner(
            _metadata(ours), signer, timestamper=timestamps, new_field_spec=field, stamp_style=STYLE
        ).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))

    return sign


STYLE = TextStampStyle(stamp_text="Underskrivet av Bo\n%(ts)s")


def _metadata(ours: LocalSigner) -> signers.PdfSignatureMetadata:
    context = ValidationContext(
        trust_roots=ours.roots,
        other_certs=ours.authority.certificates,
        crls=ours.authority.revocation_lists(),
        revocation_mode="require",
    )
    placement = SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
    return signers.PdfSignatureMetadata(
        field_name="Underskrift1",
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=context,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        dss_settings=DSSContentSettings(include_vri=False, placement=placement),
    )


def _material() -> SignedMaterial:
    digest = sha256(b"bench").hexdigest()
    now = datetime.now(UTC)
    return SignedMaterial("Specialanpassning", "B 2026/1", digest, "Risken är godtagbar", now)


def _document() -> bytes:
    output = BytesIO()
    drawn = canvas.Canvas(output)
    for _ in range(3):
        drawn.drawString(72, 700, "Specialanpassad fotplatta")
        drawn.showPage()
    drawn.save()
    return output.getvalue()


def _timed(side: Callable[[], object]) -> float:
    began = perf_counter()
    for _ in range(EACH):
        side()
    return (perf_counter() - began) / EACH
