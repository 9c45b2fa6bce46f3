"""Signs with a key of its own for each signature, which nobody ever sees (PAdES B-LT).

As the Sweden Connect signature service does: the key is made, certified for minutes, used once,
and forgotten. All that a verifier will need is in the file, in the same revision.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import cms, keys
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from services.signing.pades import mark
from services.signing.pades.authority import Authority
from services.signing.pades.errors import NotSignable, TimestampUnavailable
from services.signing.pades.event_loop import run
from services.signing.pades.material import Signatory, SignedMaterial, field_name
from services.signing.pades.timestamps import TimestampClient, check

DIGEST = "sha256"
RESERVED = 32_768  # hexadecimal digits for the signature, its chain and the timestamp


@dataclass(frozen=True)
class LocalSigner:
    """A `Signer` with a certificate authority at hand.

    Args:
        roots: whom the timestamp authority's chain must end at.
    """

    authority: Authority
    timestamps: TimestampClient
    roots: tuple[asn1.Certificate, ...]

    def sign(self, pdf: bytes, signatory: Signatory, material: SignedMaterial) -> bytes:
        """See `Signer`.

        Source: S-1, S-11, S-12
        """
        try:
            writer = IncrementalPdfFileWriter(BytesIO(pdf))
            key = ec.generate_private_key(ec.SECP256R1())
            signer = self._signer(key, signatory)
            output = BytesIO()
            prepared = self._prepare(output, writer, signer, signatory, material)
            signature = _signature(signer, prepared, material.time)
            self._add_timestamp(signature, signer.signing_cert)
            prepared.fill_with_cms(output, signature)
        except (PdfError, SigningError) as error:
            raise NotSignable(f"the file cannot be signed: {error}") from error
        return output.getvalue()

    def _signer(self, key: ec.EllipticCurvePrivateKey, signatory: Signatory) -> SimpleSigner:
        """The key with its certificate, and the chain that goes into the signature."""
        raw = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return SimpleSigner(
            signing_cert=self.authority.certify(key, signatory),
            signing_key=keys.PrivateKeyInfo.load(raw),
            cert_registry=SimpleCertificateStore.from_certs(self.authority.certificates),
            embed_roots=False,
        )

    def _prepare(
        self,
        output: BytesIO,
        writer: IncrementalPdfFileWriter,
        signer: SimpleSigner,
        signatory: Signatory,
        material: SignedMaterial,
    ) -> PreparedByteRangeDigest:
        """Write the file with all of the new revision but the signature itself, and hash it."""
        if material.sequence == 1:
            add_fields(writer, material.signatories)
        self._add_validation_data(writer)
        metadata = _metadata(signatory, material)
        pdf_signer = PdfSigner(metadata, signer, stamp_style=mark.style(signatory, material))
        session = pdf_signer.init_signing_session(writer, existing_fields_only=True)
        session.system_time = material.time
        document = session.prepare_tbs_document(None, bytes_reserved=RESERVED)
        return document.digest_tbs_document(output=output)[0]

    def _add_validation_data(self, writer: IncrementalPdfFileWriter) -> None:
        """What a verifier needs when the certificates have long expired (level LT)."""
        DocumentSecurityStore.supply_dss_in_writer(
            writer,
            None,
            certs=[*self.authority.certificates, *self.roots],
            crls=self.authority.revocation_lists(),
        )

    def _add_timestamp(self, signature: cms.ContentInfo, certificate: asn1.Certificate) -> None:
        """Have the signature timestamped, while its certificate is valid (level T)."""
        signed = signature["content"]["signer_infos"][0]
        token = self.timestamps.timestamp(signed["signature"].native)
        found = check(token, signed["signature"].native, self._context())
        if not certificate.not_valid_before <= found.timestamp <= certificate.not_valid_after:
            raise TimestampUnavailable("the timestamp authority's clock and ours differ")
        attribute = {"type": "signature_time_stamp_token", "values": [token]}
        signed["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(attribute)])

    def _context(self) -> ValidationContext:
        """Trust in the timestamp authority, by nothing but what is in the file."""
        return ValidationContext(
            trust_roots=self.roots,
            other_certs=self.authority.certificates,
            crls=self.authority.revocation_lists(),
            allow_fetching=False,
            revocation_mode="require",
        )


def add_fields(writer: IncrementalPdfFileWriter, signatories: int) -> None:
    """Add everybody's field to the last page: after the first signature none can be added.

    Each signature locks all fields but those of who is still to sign.
    """
    page = _last_page_box(writer)
    names = [field_name(number) for number in range(1, signatories + 1)]
    for number, name in enumerate(names, start=1):
        lock = FieldMDPSpec(FieldMDPAction.EXCLUDE, names[number:])
        if number == signatories:
            lock = FieldMDPSpec(FieldMDPAction.ALL)
        box = mark.place(page, number)
        append_signature_field(writer, SigFieldSpec(name, on_page=-1, box=box, field_mdp_spec=lock))


def _last_page_box(writer: IncrementalPdfFileWriter) -> mark.Box:
    """What is seen of the last page: its crop box, its own or inherited."""
    reference = writer.find_page_container(-1)
    page = reference[0].get_object()["/Kids"][reference[1]].get_object()
    for name in ("/CropBox", "/MediaBox"):
        node = page
        while node is not None:
            if name in node:
                left, bottom, right, top = (int(float(side)) for side in node[name])
                return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
            node = _parent(node)
    raise NotSignable("the last page has no size")


def _parent(node: DictionaryObject) -> DictionaryObject | None:
    try:
        return node["/Parent"]
    except KeyError:
        return None


def _metadata(signatory: Signatory, material: SignedMaterial) -> PdfSignatureMetadata:
    """What the signature's dictionary says; the first also says what may come after it."""
    alone = material.signatories == 1
    return PdfSignatureMetadata(
        field_name=field_name(material.sequence),
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        name=signatory.name,
        reason=material.as_text(),
        contact_info=signatory.hsa_id,
        certify=material.sequence == 1,
        docmdp_permissions=MDPPerm.NO_CHANGES if alone else MDPPerm.FILL_FORMS,
    )


def _signature(
    signer: SimpleSigner, prepared: PreparedByteRangeDigest, time: datetime
) -> cms.ContentInfo:
    return run(
        signer.async_sign(
            prepared.document_digest,
            DIGEST,
            use_pades=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=time),
        )
    )
