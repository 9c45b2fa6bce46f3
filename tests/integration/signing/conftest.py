"""A signer with a timestamp authority that answers, and what it signs."""

import pytest

from services.signing.pades.authority import Authority
from services.signing.pades.local_signer import LocalSigner
from services.signing.pades.settings import read_roots
from services.signing.pades.timestamps import TimestampClient
from tests.integration.signing.world import RealSigning
from tests.unit.signing.pades.files import document


@pytest.fixture(scope="session")
def roots(authorities):
    return read_roots(authorities.root, "roots")


@pytest.fixture(scope="session")
def signer_at(authorities, roots):
    """Make signers that ask the timestamp authority at some address."""

    def make(url: str, timeout: float = 60) -> LocalSigner:
        authority = Authority.read(authorities.chain, authorities.key, authorities.lists)
        return LocalSigner(authority, TimestampClient.at(url, timeout), roots)

    return make


@pytest.fixture(scope="session")
def signer(signer_at, timestamp_authority):
    return signer_at(timestamp_authority)


@pytest.fixture(scope="session")
def pdf() -> bytes:
    return document(pages=2)


@pytest.fixture
def world(service_database):
    world = RealSigning(service_database("signing"))
    yield world
    world.engine.dispose()
