"""What signing is told of certificates, read from the environment at start.

SIGNING_CA_CHAIN      PEM file: the local CA's certificate, and those above it up to the root
SIGNING_CA_KEY        PEM file: the local CA's key, for elliptic curves; for nobody else to read
SIGNING_CRLS          PEM file: revocation lists of the authorities above the local CA, and of those
                      that the timestamp authority's certificate hangs on
SIGNING_TRUST_ROOTS   PEM file: the roots that signatures and timestamps must lead to
SIGNING_TSA_URL       the timestamp authority (RFC 3161)
SIGNING_TSA_TIMEOUT   seconds after which a timestamp is given up; 5 unless told
"""

from pathlib import Path

from asn1crypto import x509 as asn1

from chassis import settings
from services.signing.pades.authority import Authority, pem_blocks
from services.signing.pades.errors import AuthorityUnusable
from services.signing.pades.local_signer import LocalSigner
from services.signing.pades.timestamps import TimestampClient

PRIVATE = 0o077  # what others may do with the key's file: nothing


def local_signer() -> LocalSigner:
    """The signer that the environment describes."""
    url = settings.read("SIGNING_TSA_URL")
    if not url.startswith(("http://", "https://")):
        raise settings.SettingError("SIGNING_TSA_URL", "must look like https://tsa.example.se/")
    timeout = settings.read("SIGNING_TSA_TIMEOUT", "float", default=5.0)
    if timeout <= 0:
        raise settings.SettingError("SIGNING_TSA_TIMEOUT", "must be more than 0")
    return LocalSigner(_authority(), TimestampClient.at(url, timeout), trust_roots())


def trust_roots() -> tuple[asn1.Certificate, ...]:
    """The roots that the environment names."""
    return read_roots(Path(settings.read("SIGNING_TRUST_ROOTS")), "SIGNING_TRUST_ROOTS")


def read_roots(path: Path, setting: str) -> tuple[asn1.Certificate, ...]:
    """The certificates in a PEM file.

    Args:
        setting: what is wrong when they cannot be read.
    """
    try:
        return tuple(asn1.Certificate.load(block, strict=True) for block in pem_blocks(path))
    except (OSError, ValueError, TypeError):
        raise settings.SettingError(setting, "must name a PEM file with certificates") from None


def _authority() -> Authority:
    key = Path(settings.read("SIGNING_CA_KEY"))
    if key.exists() and key.stat().st_mode & PRIVATE:
        raise settings.SettingError("SIGNING_CA_KEY", "must be readable by its owner alone")
    try:
        return Authority.read(
            Path(settings.read("SIGNING_CA_CHAIN")), key, Path(settings.read("SIGNING_CRLS"))
        )
    except AuthorityUnusable as error:
        raise settings.SettingError("SIGNING_CA_CHAIN", f"cannot be used: {error}") from None
