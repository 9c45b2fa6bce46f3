"""The local certificate authority, over the time that a service runs."""

import shutil

import pytest

from services.signing.pades.authority import Authority
from services.signing.pades.errors import AuthorityUnusable
from services.signing.pades.local_signer import LocalSigner
from services.signing.pades.material import Signatory
from services.signing.pades.verification import verify
from tests.integration.signing.people import ASA, material


@pytest.fixture
def lists(authorities, tmp_path):
    return shutil.copy(authorities.lists, tmp_path / "lists.pem")


@pytest.fixture
def own_signer(authorities, signer, lists):
    authority = Authority.read(authorities.chain, authorities.key, lists)
    return LocalSigner(authority, signer.timestamps, signer.roots)


def test_revocation_lists_are_read_for_each_signature(own_signer, lists, pdf, roots):
    right = lists.read_text()
    lists.write_text("nothing of the kind")

    with pytest.raises(AuthorityUnusable, match="revocation lists cannot be read"):
        own_signer.sign(pdf, ASA, material())
    lists.write_text(right)
    assert verify(own_signer.sign(pdf, ASA, material()), roots).holds


def test_a_long_name_of_many_letters_is_certified(signer, pdf, roots):
    signatory = Signatory("SE2120001111-T003", "Þóra-" * 20, "Łękawska)(\\")

    (found,) = verify(signer.sign(pdf, signatory, material()), roots).signatures

    assert found.holds
    assert found.hsa_id == "SE2120001111-T003"
