"""Certificate authorities for who has none: a root, signing's own, and one for timestamps.

Made once, kept in a folder of the sandbox. The root's key is not: what it had to sign is signed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sandbox.files import write_private

LIFE = timedelta(days=3650)


@dataclass(frozen=True)
class Authorities:
    """Their files, PEM all of them.

    Args:
        chain: the signing authority's certificate, and the root's.
        lists: the root's revocation list.
        timestamps: the timestamp authority's certificate.
    """

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    @property
    def lists(self) -> Path:
        return self.folder / "root.crl.pem"

    @property
    def chain(self) -> Path:
        return self.folder / "signing.pem"

    @property
    def key(self) -> Path:
        return self.folder / "signing.key.pem"

    @property
    def timestamps(self) -> Path:
        return self.folder / "timestamps.pem"

    @property
    def timestamps_key(self) -> Path:
        return self.folder / "timestamps.key.pem"

    def settings(self) -> dict[str, str]:
        """What the signing service is told of them."""
        return {
            "SIGNING_CA_CHAIN": str(self.chain),
            "SIGNING_CA_KEY": str(self.key),
            "SIGNING_CRLS": str(self.lists),
            "SIGNING_TRUST_ROOTS": str(self.root),
        }

    def make(self) -> "Authorities":
        """Make all of them, unless that has been done."""
        if not self.root.exists():  # written last
            _make(self)
        return self


def _make(files: Authorities) -> None:
    root_key = ec.generate_private_key(ec.SECP256R1())
    signing_key = ec.generate_private_key(ec.SECP256R1())
    timestamps_key = rsa.generate_private_key(65537, 2048)  # pyHanko's authority wants RSA
    root_name = _name("Rampen sandlåda, rotutfärdare")

    def issue(name: x509.Name, key, *extensions: tuple[x509.ExtensionType, bool]) -> str:
        return _certificate(name, key.public_key(), root_name, root_key, extensions)

    root = issue(root_name, root_key, *_authority(None))
    signing = issue(_name("Rampen sandlåda, underskriftsutfärdare"), signing_key, *_authority(0))
    stamps = issue(_name("Rampen sandlåda, tidsstämplar"), timestamps_key, *_timestamping())
    write_private(files.key, _key(signing_key))
    write_private(files.chain, signing + root)
    write_private(files.timestamps_key, _key(timestamps_key))
    write_private(files.timestamps, stamps)
    write_private(files.lists, _empty_list(root_name, root_key))
    write_private(files.root, root)


def _certificate(subject: x509.Name, key, issuer: x509.Name, issuer_key, extensions) -> str:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(_identifier(issuer_key), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def _empty_list(issuer: x509.Name, key) -> str:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer)
        .last_update(now - timedelta(days=1))
        .next_update(now + LIFE)
        .add_extension(_identifier(key), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def _authority(path_length: int | None) -> list[tuple[x509.ExtensionType, bool]]:
    usage = _usage("key_cert_sign", "crl_sign")
    return [(x509.BasicConstraints(ca=True, path_length=path_length), True), (usage, True)]


def _timestamping() -> list[tuple[x509.ExtensionType, bool]]:
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage("digital_signature"), True),
        (purpose, True),
    ]


def _usage(*allowed: str) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in allowed for name in every})


def _identifier(key) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _name(common_name: str) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "SE"),
        (NameOID.ORGANIZATION_NAME, "Rampen"),
        (NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _key(key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
