"""What signing is told of certificates is checked at start."""

import pytest

from chassis.settings import SettingError
from sandbox.authorities import Authorities
from services.signing.pades import settings


@pytest.fixture
def told(authorities, monkeypatch):
    for name, value in authorities.settings().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SIGNING_TSA_URL", "https://tsa.example.se/")
    return monkeypatch


@pytest.mark.usefixtures("told")
def test_a_signer_is_made_of_what_the_sandbox_makes():
    signer = settings.local_signer()

    assert signer.timestamps.url == "https://tsa.example.se/"
    assert signer.timestamps.timeout == 5
    assert signer.authority.chain[-1].subject == signer.authority.chain[0].issuer


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGNING_TSA_URL", "tsa.example.se"),
        ("SIGNING_TSA_TIMEOUT", "0"),
        ("SIGNING_TSA_TIMEOUT", "soon"),
        ("SIGNING_CA_CHAIN", "/nowhere"),
        ("SIGNING_TRUST_ROOTS", "/nowhere"),
        ("SIGNING_TRUST_ROOTS", __file__),
    ],
)
def test_a_wrong_setting_is_named(told, name, value):
    told.setenv(name, value)

    with pytest.raises(SettingError, match=name):
        settings.local_signer()


def test_a_key_of_another_authority_is_not_taken(told, tmp_path):
    told.setenv("SIGNING_CA_KEY", str(Authorities(tmp_path).make().key))

    with pytest.raises(SettingError, match="does not fit its certificate"):
        settings.local_signer()


def test_a_key_that_others_may_read_is_not_taken(told, authorities, tmp_path):
    open_key = tmp_path / "key.pem"
    open_key.write_text(authorities.key.read_text())
    open_key.chmod(0o644)
    told.setenv("SIGNING_CA_KEY", str(open_key))

    with pytest.raises(SettingError, match="readable by its owner alone"):
        settings.local_signer()
