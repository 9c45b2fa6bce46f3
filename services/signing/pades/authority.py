"""The local certificate authority: certifies a key for one signature, and lists what it revoked."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from asn1crypto import crl as asn1_crl
from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.x509.oid import NameOID

from services.signing.pades.errors import AuthorityUnusable
from services.signing.pades.material import Signatory

LIFE = timedelta(minutes=10)
SKEW = timedelta(minutes=1)  # how far the timestamp authority's clock may be behind ours
LIST_LIFE = timedelta(days=7)
LIST_RENEWED = timedelta(hours=1)
LONGEST_NAME = 64  # bytes of a name's part


@dataclass(frozen=True)
class Authority:
    """A certificate authority whose certificates live for minutes.

    Args:
        chain: its own certificate, and those above it up to the root.
        lists: PEM file with the revocation lists of the authorities above it and of the timestamp
            authority's; read for each signature, so that it may be renewed meanwhile.
    """

    key: EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...]
    lists: Path

    @classmethod
    def read(cls, certificates: Path, key: Path, lists: Path) -> "Authority":
        """Read an authority from PEM files.

        Raises:
            AuthorityUnusable: a file is missing or unreadable, or they do not belong together.
        """
        try:
            chain = tuple(x509.load_pem_x509_certificates(certificates.read_bytes()))
            loaded = serialization.load_pem_private_key(key.read_bytes(), password=None)
        except (OSError, ValueError) as error:
            raise AuthorityUnusable(f"the local CA cannot be read: {error}") from None
        if not isinstance(loaded, EllipticCurvePrivateKey):
            raise AuthorityUnusable("the local CA's key must be one for elliptic curves")
        if loaded.public_key() != chain[0].public_key():
            raise AuthorityUnusable("the local CA's key does not fit its certificate")
        authority = cls(loaded, chain, lists)
        authority.revocation_lists()
        return authority

    @cached_property
    def certificates(self) -> list[asn1.Certificate]:
        """The chain, as pyHanko knows certificates."""
        return [as_asn1(certificate) for certificate in self.chain]

    def certify(self, key: EllipticCurvePrivateKey, signatory: Signatory) -> asn1.Certificate:
        """A certificate for `key`, which says that it is the signatory's for some minutes."""
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_subject(signatory))
            .issuer_name(self.chain[0].subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - SKEW)
            .not_valid_after(now + LIFE)
        )
        for extension, critical in _extensions(key, self.key):
            builder = builder.add_extension(extension, critical)
        return as_asn1(builder.sign(self.key, hashes.SHA256()))

    def revocation_lists(self) -> list[asn1_crl.CertificateList]:
        """All lists that the chains of a signature need, this authority's own among them.

        Raises:
            AuthorityUnusable: those of the others cannot be read.
        """
        try:
            others = [_list(block) for block in pem_blocks(self.lists)]
        except (OSError, ValueError) as error:
            raise AuthorityUnusable(f"the revocation lists cannot be read: {error}") from None
        return [self._own_list(_hour(datetime.now(UTC))), *others]

    def _own_list(self, since: datetime) -> asn1_crl.CertificateList:
        """This authority's list: always empty, as its certificates end before any could be on it.

        Args:
            since: from when on it holds. The same moment gives the same number.
        """
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.chain[0].subject)
            .last_update(since)
            .next_update(since + LIST_LIFE)
            .add_extension(_identifier(self.key), critical=False)
            .add_extension(x509.CRLNumber(int(since.timestamp())), critical=False)
        )
        made = builder.sign(self.key, hashes.SHA256())
        return _list(made.public_bytes(serialization.Encoding.DER))


def _list(content: bytes) -> asn1_crl.CertificateList:
    return asn1_crl.CertificateList.load(content, strict=True)


def pem_blocks(path: Path) -> list[bytes]:
    """What the PEM file at `path` holds, one DER object each."""
    return [content for _, _, content in pem.unarmor(path.read_bytes(), multiple=True)]


def as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _subject(signatory: Signatory) -> x509.Name:
    """Source: the HSA-ID as serialNumber, as SITHS certificates have it."""
    parts = {
        NameOID.COUNTRY_NAME: "SE",
        NameOID.COMMON_NAME: signatory.name,
        NameOID.SURNAME: signatory.family_name,
        NameOID.GIVEN_NAME: signatory.given_name,
        NameOID.SERIAL_NUMBER: signatory.hsa_id,
    }
    return x509.Name(
        [x509.NameAttribute(oid, _cut(value)) for oid, value in parts.items() if value]
    )


def _cut(text: str) -> str:
    return text.encode()[:LONGEST_NAME].decode(errors="ignore")


def _extensions(key, issuer) -> list[tuple[x509.ExtensionType, bool]]:
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(content_commitment=True), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (_identifier(issuer), False),
    ]


def _identifier(key) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _usage(*, content_commitment: bool) -> x509.KeyUsage:
    """For signatures alone (nonRepudiation)."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
